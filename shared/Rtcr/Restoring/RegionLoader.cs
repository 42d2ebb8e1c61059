// The section of regions, attached again: at the same addresses, with the same rights.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads the layouts of a target's region maps.</summary>
internal sealed class RegionLoader
{
    private const int MostRegions = 4096;

    private readonly Env _env;
    private readonly ImageReader _image;
    private readonly LateTable _late;

    internal RegionLoader(Env env, ImageReader image, LateTable late)
    {
        _late = late;
        _env = env;
        _image = image;
    }

    /// <summary>Names the gates that faults go to; what the maps show comes with <see cref="Load"/>.</summary>
    internal Error LoadHandlers(Target target, OfflineStorage offline)
    {
        OnlineStorage storage = target.Storage;
        Error error = Error.None;
        for (int entry = 0; entry < storage.Count && error == Error.None; entry++)
        {
            int handler = storage.Has(entry) ? offline.HandlerOf(entry) : -1;
            if (handler >= 0)
            {
                bool isRight = _env.TypeOf(storage.Selector(entry)) == ObjectType.RegionMap
                    && _env.TypeOf(storage.Selector(handler)) == ObjectType.Gate;
                error = isRight ? _env.SetFaultHandler(storage.Selector(entry), storage.Selector(handler)) : Error.BadData;
            }
        }

        return error;
    }

    /// <summary>Loads the section.</summary>
    internal Error Load(Target target)
    {
        _image.BeginSection(Section.Regions, MostRegions);
        int count = _image.Count;
        for (int i = 0; i < count; i++)
        {
            int map = _image.Entry();
            int shown = _image.Entry();
            int start = _image.Int32();
            int size = _image.Int32();
            int offset = _image.Int32();
            var rights = (Rights)_image.Byte();
            _image.Check(target.Storage.Has(map) && target.Storage.Has(shown) && start >= 0 && size > 0);
            if (_image.IsBad)
            {
                break;
            }

            if (target.Storage.Kind(shown) == ObjectKind.Foreign && target.Storage.Selector(shown) == Selectors.Invalid)
            {
                // Another target's, who is not here yet.
                var region = new Region { Start = start, Size = size, Offset = offset, Rights = rights };
                if (target.Storage.Name(shown).Length > 0 && !_late.AddRegion(target, shown, map, region))
                {
                    return Error.TableFull;
                }

                continue;
            }

            _env.AttachAt(target.Storage.Selector(map), target.Storage.Selector(shown), offset, size, start, rights);
            if (_env.LastError != Error.None)
            {
                return _env.LastError;
            }
        }

        return _image.Verdict;
    }
}
