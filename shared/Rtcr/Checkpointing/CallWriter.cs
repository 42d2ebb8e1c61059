// The section of calls that are issued again on restore: what the target set in its sessions.
namespace Tern.Rtcr;

/// <summary>Writes a target's remembered calls.</summary>
internal sealed class CallWriter
{
    private readonly ImageWriter _image;

    internal CallWriter(ImageWriter image)
    {
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    internal void Write(Target target)
    {
        int count = 0;
        _image.BeginSection(Section.Calls, 0);
        CallRecord[] calls = target.Storage.Calls;
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].Session >= 0)
            {
                _image.Call(calls[i]);
                count++;
            }
        }

        _image.SetCount(Section.Calls, count);
    }
}
