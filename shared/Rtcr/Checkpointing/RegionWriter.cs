// The section of regions: what stands where in each region map, the address space among them.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes the layouts of a target's region maps.</summary>
internal sealed class RegionWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly LateTable _late;
    private Region _region;

    internal RegionWriter(Env env, ImageWriter image, LateTable late)
    {
        _late = late;
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

                Write(entry, shown, _region);
                count++;
            }
        }

        for (int row = 0; row < _late.Capacity; row++)
        {
            if (_late.TargetOf(row) == target && _late.Selector(row) < 0)
            {
                Write(_late.Map(row), _late.Entry(row), _late.RegionAt(row));
                count++;
            }
        }

        _image.SetCount(Section.Regions, count);
        return Error.None;
    }

    private void Write(int map, int shown, Region region)
    {
        _image.UInt16(map);
        _image.UInt16(shown);
        _image.Int32(region.Start);
        _image.Int32(region.Size);
        _image.Int32(region.Offset);
        _image.Byte((int)region.Rights);
    }
}
