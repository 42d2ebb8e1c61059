// The memory contents, back into the dataspaces that were made again.
// Invariant: a dataspace has the size that the image tells, or nothing is copied into it.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads a target's memory.</summary>
internal sealed class MemoryLoader
{
    private readonly Env _env;
    private readonly OfflineStorage _offline;

    internal MemoryLoader(Env env, OfflineStorage offline)
    {
        _env = env;
        _offline = offline;
    }

    /// <summary>Copies everything.</summary>
    /// <param name="target">The target.</param>
    /// <param name="place">Where the image is.</param>
    /// <param name="memoryAt">Where in the image the memory contents begin.</param>
    internal Error Load(Target target, ImagePlace place, int memoryAt)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = 0; entry < storage.Count; entry++)
        {
            if (storage.Kind(entry) == ObjectKind.Free || _offline.MemoryOf(entry) < 0)
            {
                continue;
            }

            int selector = storage.Selector(entry);
            if (_env.SizeOf(selector) != _offline.SizeOf(entry))
            {
                return Error.BadData;
            }

            Error error = _env.CopyDataspace(
                place.Dataspace, place.Offset + memoryAt + _offline.MemoryOf(entry), selector, 0, _offline.SizeOf(entry));
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }
}
