// The section of the capability spaces: which selector of which domain names which entry.
// Invariant: a selector that names what RTCR has no entry for refuses the checkpoint.
using System;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes the capability spaces of a target's domains.</summary>
internal sealed class CapabilityWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly byte[] _records = new byte[NativePd.SelectorBytes];
    private readonly LateTable _late;

    internal CapabilityWriter(Env env, ImageWriter image, LateTable late)
    {
        _late = late;
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    /// <returns>BadData when the target names something of unknown origin.</returns>
    internal Error Write(Target target)
    {
        int count = 0;
        Error error = Error.None;
        _image.BeginSection(Section.Capabilities, 0);
        for (int domain = Domains.Own; domain != Domains.End && error == Error.None; domain = Domains.Next(target.Storage, domain))
        {
            error = WriteSpace(target, domain, ref count);
        }

        _image.SetCount(Section.Capabilities, count);
        return error;
    }

    private Error WriteSpace(Target target, int domain, ref int count)
    {
        var native = new NativePd(_env, Domains.Native(target, domain));
        int next = 0;
        Error error;
        do
        {
            next = native.ReadSelectors(next, _records, out int read);
            error = WriteRecords(target, domain, read);
            count += read;
        }
        while (next != 0 && error == Error.None);

        return error;
    }

    private Error WriteRecords(Target target, int domain, int count)
    {
        for (int at = 0; at < 8 * count; at += 8)
        {
            int badge = BitConverter.ToInt32(_records, at + 4);

            // What names nothing now may be waiting for another target.
            int entry = badge == 0
                ? _late.FindSelector(target, domain, BitConverter.ToInt32(_records, at))
                : target.Storage.Find(badge);
            if (entry < 0 && badge != 0)
            {
                return Error.BadData;
            }

            _image.UInt16(domain);
            _image.UInt16(BitConverter.ToInt32(_records, at));
            _image.UInt16(entry);
        }

        return Error.None;
    }
}
