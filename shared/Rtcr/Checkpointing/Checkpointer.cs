// The checkpointer: from a held target and its online storage to an image. Capturing holds the target; sealing does not.
// Order (as in RTCR): pause; capability space; online to offline storage; memory; resume. Each section has its own writer
// here, and its loader in Restoring.
// Invariants: an image is whole or refused; whatever the target can name and RTCR does not know refuses it.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Takes checkpoints by shared memory: the target's contents are copied while it is held.</summary>
internal sealed class Checkpointer
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly IdentityWriter _identity;
    private readonly DomainWriter _domains;
    private readonly EntryWriter _entries;
    private readonly CallWriter _calls;
    private readonly CapabilityWriter _capabilities;
    private readonly RegionWriter _regions;
    private readonly ThreadWriter _threads;
    private readonly RequestWriter _requests;
    private readonly ExportWriter _exports;
    private readonly MemoryWriter _memory;

    /// <param name="env">RTCR's environment.</param>
    /// <param name="limits">The sizes of RTCR's tables.</param>
    /// <param name="serving">What targets have given to the outside.</param>
    internal Checkpointer(Env env, RtcrLimits limits, Serving serving)
    {
        _env = env;
        _image = new ImageWriter(env.Memory);
        _identity = new IdentityWriter(env, _image);
        _domains = new DomainWriter(env, _image);
        _entries = new EntryWriter(env, _image, limits.Objects);
        _calls = new CallWriter(env, _image, serving);
        _capabilities = new CapabilityWriter(env, _image, serving.Late);
        _regions = new RegionWriter(env, _image, serving.Late);
        _threads = new ThreadWriter(env, _image, limits.Threads);
        _requests = new RequestWriter(env, _image, new InboundImage(env, serving));
        _exports = new ExportWriter(_image, serving);
        _memory = new MemoryWriter(env, _image);
    }

    /// <summary>Writes a target's state into a part of a dataspace. The target must be paused.</summary>
    /// <param name="target">The target.</param>
    /// <param name="place">Where the image goes.</param>
    /// <param name="mac">The MAC address of this board.</param>
    /// <param name="plan">Gets what of the memory a co-processor is to copy; <c>null</c> for nothing.</param>
    /// <param name="size">The image's size.</param>
    /// <returns>Full when the image does not fit; BadData when the target names something of unknown origin.</returns>
    internal Error Capture(Target target, ImagePlace place, long mac, CopyPlan? plan, out int size)
    {
        size = 0;
        _image.Begin(place.Address, place.Capacity);
        Error error = WriteSections(target);
        if (error != Error.None || _image.Overflow)
        {
            return error == Error.None ? Error.Full : error;
        }

        _image.Align(_env.Memory.PageSize);
        int memoryAt = _image.Position;
        error = _memory.Write(target, place, plan);
        _image.Skip(ImageFormat.TrailerSize);
        if (error == Error.None && _image.Overflow)
        {
            error = Error.Full;
        }

        if (error == Error.None)
        {
            size = _image.Position;
            WriteHeader(target, mac, memoryAt, size);
        }

        return error;
    }

    private Error WriteSections(Target target)
    {
        Error error = _capabilities.Write(target);
        _identity.Write(target);
        error = error == Error.None ? _domains.Write(target) : error;
        error = error == Error.None ? _entries.Write(target) : error;
        _calls.Write(target);
        error = error == Error.None ? _regions.Write(target) : error;
        error = error == Error.None ? _threads.Write(target) : error;
        error = error == Error.None ? _requests.Write(target) : error;
        _exports.Write(target);
        return error;
    }

    private void WriteHeader(Target target, long mac, int memoryAt, int size)
    {
        _image.SetHeader(0, ImageFormat.Magic);
        _image.SetHeader(ImageFormat.VersionAt, ImageFormat.Version | (ImageFormat.HeaderSize << 16));
        _image.SetHeader(ImageFormat.SizeAt, size);
        _image.SetHeader(ImageFormat.CommitAt, target.Commit);
        _image.SetHeader(ImageFormat.EpochAt, target.Epoch);
        _image.SetHeader(ImageFormat.PageSizeAt, _env.Memory.PageSize);
        _image.SetHeader(ImageFormat.MacAt, (int)mac);
        _image.SetHeader(ImageFormat.MacAt + 4, (int)(mac >> 32));
        _image.SetHeader(ImageFormat.MemoryAt, memoryAt);
    }
}
