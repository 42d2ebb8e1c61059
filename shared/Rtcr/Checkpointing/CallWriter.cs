// The section of calls that are issued again on restore: what the target set in its sessions.
// Invariant: of a service that nobody described, a call is there only while somebody has what the call gave away.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's remembered calls.</summary>
internal sealed class CallWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly ExportTable _exports;

    internal CallWriter(Env env, ImageWriter image, Serving serving)
    {
        _env = env;
        _image = image;
        _exports = serving.Exports;
    }

    /// <summary>Writes the section.</summary>
    internal void Write(Target target)
    {
        int count = 0;
        _image.BeginSection(Section.Calls, 0);
        CallRecord[] calls = target.Storage.Calls;
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].Session >= 0 && IsInEffect(target, calls[i]))
            {
                _image.Call(calls[i]);
                count++;
            }
        }

        _image.SetCount(Section.Calls, count);
    }

    private bool IsInEffect(Target target, CallRecord call)
    {
        bool isHeld = !target.Storage.Service(call.Session).IsUnknown;
        for (int i = 0; i < call.ObjectCount && !isHeld; i++)
        {
            isHeld = call.Objects[i] >= 0 && target.Storage.Kind(call.Objects[i]) != ObjectKind.Foreign
                && IsHeld(target, call.Objects[i]);
        }

        return isHeld;
    }

    /// <summary>Whether somebody outside can name an object of the target's, or its wrapper.</summary>
    private bool IsHeld(Target target, int entry)
    {
        int row = _exports.Find(target, entry);
        int wrapper = row < 0 ? Selectors.Invalid : _exports.Wrapper(row);
        Message message = _env.Compose(NativePdOperation.Holders)
            .AddCapability(wrapper == Selectors.Invalid ? target.Storage.Selector(entry) : wrapper);
        return _env.Call(target.Child!.Native, message) == Error.None && message.Word(1) > 0;
    }
}
