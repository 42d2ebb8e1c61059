// The section of regions: what stands where in each region map, the address space among them.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes the layouts of a target's region maps.</summary>
internal sealed class RegionWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private Region _region;

    internal RegionWriter(Env env, ImageWriter image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    /// <returns>BadData when a map shows something of unknown origin.</returns>
    internal Error Write(Target target)
    {
        OnlineStorage storage = target.Storage;
        int count = 0;
        _image.BeginSection(Section.Regions, 0);
        for (int entry = 0; entry < storage.Count; entry++)
        {
            int map = storage.Kind(entry) == ObjectKind.Free ? Selectors.Invalid : storage.Selector(entry);
            for (int i = 0; _env.ReadRegion(map, i, ref _region); i++)
            {
                int shown = storage.Find(_region.Badge);
                if (shown < 0)
                {
                    return Error.BadData;
                }

                _image.UInt16(entry);
                _image.UInt16(shown);
                _image.Int32(_region.Start);
                _image.Int32(_region.Size);
                _image.Int32(_region.Offset);
                _image.Byte((int)_region.Rights);
                count++;
            }
        }

        _image.SetCount(Section.Regions, count);
        return Error.None;
    }
}
