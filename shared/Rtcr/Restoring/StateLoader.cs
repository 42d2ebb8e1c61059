// The last steps of a restore, when all objects are there: memory, regions, capabilities, the capability map, calls,
// session states, signals and requests, what belongs to domains, threads. Each section has its own loader here, and its writer in Checkpointing.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Brings the state of a target's objects back.</summary>
internal sealed class StateLoader
{
    private readonly ImageReader _image;
    private readonly OfflineStorage _offline;
    private readonly MemoryLoader _memory;
    private readonly RegionLoader _regions;
    private readonly CapabilityLoader _capabilities;
    private readonly MapRebadger _map;
    private readonly SessionLoader _sessions;
    private readonly RequestLoader _requests;
    private readonly DomainLoader _domains;
    private readonly ThreadLoader _threads;

    internal StateLoader(Env env, ImageReader image, OfflineStorage offline, Serving serving, ExportLoader exports)
    {
        _image = image;
        _offline = offline;
        _memory = new MemoryLoader(env, offline);
        _regions = new RegionLoader(env, image, serving.Late);
        _capabilities = new CapabilityLoader(env, image, serving.Late);
        _map = new MapRebadger(env);
        _sessions = new SessionLoader(env, offline, serving);
        _requests = new RequestLoader(env, image, new InboundImage(env, serving), exports);
        _domains = new DomainLoader(env, image);
        _threads = new ThreadLoader(env, image);
    }

    /// <summary>Loads everything; when the handler has ended, the target runs.</summary>
    internal Error Load(Target target, ImagePlace place)
    {
        _image.Begin(place.Address, place.Capacity - ImageFormat.TrailerSize);
        Error error = _memory.Load(target, place, _image.Header(ImageFormat.MemoryAt));
        error = error == Error.None ? _regions.Load(target) : error;
        error = error == Error.None ? _regions.LoadHandlers(target, _offline) : error;
        error = error == Error.None ? _capabilities.Load(target) : error;
        error = error == Error.None ? _map.Rebadge(target) : error;
        _capabilities.EndTheEnded();
        error = error == Error.None ? _sessions.IssueCalls(target) : error;
        error = error == Error.None ? _sessions.LoadStates(target) : error;
        error = error == Error.None ? _requests.Load(target) : error;
        error = error == Error.None ? _domains.Load(target) : error;
        return error == Error.None ? _threads.Load(target) : error;
    }
}
