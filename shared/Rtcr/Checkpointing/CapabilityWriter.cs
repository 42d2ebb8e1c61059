// The section of the capability space: which selector names which entry.
// Invariant: a selector that names what RTCR has no entry for refuses the checkpoint.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's capability space.</summary>
internal sealed class CapabilityWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;

    internal CapabilityWriter(Env env, ImageWriter image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    /// <returns>BadData when the target names something of unknown origin.</returns>
    internal Error Write(Target target)
    {
        var native = new NativePd(_env, target.Child!.Native);
        int count = 0;
        int size = native.CapabilitySpaceSize();
        _image.BeginSection(Section.Capabilities, 0);
        for (int selector = 0; selector < size; selector++)
        {
            native.ReadSelector(selector, out int badge);
            if (badge == 0 && !native.IsUsed(selector))
            {
                continue;
            }

            int entry = target.Storage.Find(badge);
            if (entry < 0 && badge != 0)
            {
                return Error.BadData;
            }

            _image.UInt16(selector);
            _image.UInt16(entry);
            count++;
        }

        _image.SetCount(Section.Capabilities, count);
        return Error.None;
    }
}
