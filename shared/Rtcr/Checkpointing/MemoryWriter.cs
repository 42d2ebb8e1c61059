// The memory contents: the target's RAM, dataspace after dataspace, in the order of their entries. What lives beside a co-processor
// can be left to that.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Copies a target's memory.</summary>
internal sealed class MemoryWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;

    internal MemoryWriter(Env env, ImageWriter image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Copies everything behind what is written so far.</summary>
    /// <param name="target">The target.</param>
    /// <param name="place">Where the image goes.</param>
    /// <param name="plan">Gets what the co-processor is to copy; <c>null</c> when the processor copies that too.</param>
    /// <returns>Full when it does not fit.</returns>
    internal Error Write(Target target, ImagePlace place, CopyPlan? plan)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = 0; entry < storage.Count; entry++)
        {
            int selector = storage.Selector(entry);
            if (storage.Kind(entry) == ObjectKind.Free || !storage.HasContent(entry, _env.TypeOf(selector)))
            {
                continue;
            }

            int at = _image.Position;
            int size = _env.SizeOf(selector);
            _image.Skip(size);
            if (_image.Overflow)
            {
                return Error.Full;
            }

            int from = plan == null || target.Bank == null ? -1 : target.Bank.PlaceOf(target, entry, out int _);
            if (from >= 0)
            {
                plan!.Add(from, at, size);
                continue;
            }

            Error error = _env.CopyDataspace(selector, 0, place.Dataspace, place.Offset + at, size);
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }
}
