// Serving: what RTCR does for targets that serve. Clients, be they outside or other targets, get wrappers: gates of RTCR's
// that lead to whatever life of the target there is. This file joins the parts.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Targets' services, sessions and RPC objects, seen from their clients' side.</summary>
internal sealed class Serving : IStorageWatcher
{
    private readonly Env _env;
    private readonly Target[] _targets;
    private readonly Requests _requests;
    private readonly SessionDesk _sessions;
    private readonly Comeback _comeback;
    private readonly ForeignSweep _sweep;
    private readonly LateBinder _late;

    internal Serving(Env env, Target[] targets, RtcrLimits limits)
    {
        _env = env;
        _targets = targets;
        for (int slot = 0; slot < targets.Length; slot++)
        {
            targets[slot].Storage.Watcher = this;
        }

        Exports = new ExportTable(env, limits.Exports);
        Foreign = new ForeignTable(env, limits.Foreign);
        Inbound = new InboundTable(limits.Inbound);
        References = new References(env, targets, Exports, Foreign);
        Late = new LateTable(limits.Late);
        _late = new LateBinder(env, targets, Exports, References, Late);
        _sweep = new ForeignSweep(env, Foreign, Late);
        _requests = new Requests(env, targets, Exports, Inbound, References, _sweep);
        _sessions = new SessionDesk(env, Exports, _requests);
        _comeback = new Comeback(env, Exports, Inbound, Foreign, _requests, _sweep, _late);
    }

    internal ExportTable Exports { get; }

    internal ForeignTable Foreign { get; }

    internal InboundTable Inbound { get; }

    internal References References { get; }

    internal LateTable Late { get; }

    /// <summary>Whether a capability is a wrapper.</summary>
    internal bool IsWrapper(int selector) => Exports.RowOf(_env.LabelOf(selector)) >= 0;

    /// <summary>A target announces a service.</summary>
    internal Error Announce(Target target, Message request)
    {
        string service = request.Text;
        int entry = target.Storage.Find(_env.Badge(request.Capability(0)));
        if (entry < 0 || !target.Storage.IsOwnGate(entry, _env.TypeOf(target.Storage.Selector(entry))))
        {
            return Error.InvalidCapability;
        }

        if (!ImageFormat.IsName(service) || Exports.FindService(target.Name, service) >= 0)
        {
            return Exports.FindService(target.Name, service) >= 0 ? Error.Exists : Error.BadArgument;
        }

        Error error = AddService(target.Name, service, out int row);
        if (error == Error.None)
        {
            Exports.Number[row] = target.NextNumber++;
            Exports.Bind(row, target, entry);
            _comeback.Announce(row);
            _requests.Pump();
        }

        return error;
    }

    /// <summary>Takes the row of a service; the root of one that nobody serves any more serves again.</summary>
    internal Error AddService(string owner, string service, out int row)
    {
        row = Exports.FindService("", service);
        Error error = Error.None;
        row = row >= 0 ? row : Exports.Add(ExportKind.Service, "", 0, out error);
        if (row >= 0)
        {
            Exports.Owner[row] = owner;
            Exports.Service[row] = service;
        }

        return error;
    }

    /// <summary>A client asks through a wrapper.</summary>
    internal Error Request(int label, Message request)
    {
        int row = Exports.RowOf(label);
        if (row < 0)
        {
            return Error.InvalidCapability;
        }

        return Exports.Kind(row) == ExportKind.Service ? _sessions.Request(row, request) : _requests.Take(row, -1, request);
    }

    /// <summary>A target's answer to what was sent on.</summary>
    internal void Answer(int ticket, Error error, Message answer) => _requests.Answer(ticket, error, answer);

    /// <inheritdoc/>
    void IStorageWatcher.OnRemoved(OnlineStorage storage, int entry)
    {
        int slot = 0;
        while (_targets[slot].Storage != storage)
        {
            slot++;
        }

        int row = Exports.Find(_targets[slot], entry);
        if (row >= 0 && Exports.Kind(row) == ExportKind.Service)
        {
            _comeback.Abandon(row);
        }
        else if (row >= 0)
        {
            _requests.End(row);
        }
    }

    /// <summary>The root of the service that a session request of a target is for, if another target here serves it.</summary>
    /// <returns>A wrapper; invalid when the parent is to be asked.</returns>
    internal int RootFor(Target target, CallRecord call)
    {
        if (call.Opcode != ParentOperation.Session || target.Storage.Kind(call.Session) != ObjectKind.Parent)
        {
            return Selectors.Invalid;
        }

        string service = Forwarding.ServiceOf(call);
        for (int row = 0; row < Exports.Capacity; row++)
        {
            bool serves = Exports.Kind(row) == ExportKind.Service && Exports.Service[row] == service
                && Exports.Owner[row].Length > 0 && Exports.Owner[row] != target.Name;
            if (serves && target.Route.Allows(service, Exports.Owner[row]))
            {
                return Exports.Wrapper(row);
            }
        }

        return Selectors.Invalid;
    }

    /// <summary>A target that is restored gets a session of another's service again.</summary>
    internal Error Promise(Target target, CallRecord call, out int session)
        => _sessions.Promise(call, Forwarding.LabelFor(target, call), out session);

    /// <summary>A target closes a session, or goes itself.</summary>
    /// <param name="session">RTCR's selector for the real session.</param>
    /// <param name="returns">Whether it may come back and want it again.</param>
    internal void Close(int session, bool returns)
    {
        int row = Exports.RowOf(_env.LabelOf(session));
        if (row < 0)
        {
            _env.Close(session);
        }
        else if (Exports.Kind(row) == ExportKind.Session)
        {
            _sessions.Leave(row, returns);
        }
    }

    /// <summary>A target ends, before anything of it does.</summary>
    internal void End(Target target, TargetEnd end)
    {
        Late.RemoveAll(target);
        if (end == TargetEnd.Returns)
        {
            _comeback.Down(target);
        }
        else
        {
            Withdraw(target.Name, false);
        }
    }

    /// <summary>Finds, when a target is restored, an object of somebody else's; one that is not here stays without.</summary>
    internal Error MakeForeign(Target target, int entry)
    {
        if (target.Storage.Name(entry).Length > 0)
        {
            return _late.Make(target, entry);
        }

        int row = Foreign.Find(target.Name, target.Storage.Number(entry));
        if (row >= 0)
        {
            target.Storage.Bind(_env, entry, Foreign.Selector(row), Foreign.Selector(row));
        }

        return Error.None;
    }

    /// <summary>A target that ends has no more use for an object of another one's.</summary>
    internal void LetGo(Target target, int entry)
    {
        int row = _late.FindUnowned(target, entry);
        if (row >= 0)
        {
            _requests.End(row);
        }
    }

    /// <summary>A target is gone for good: clients' requests are answered, their capabilities end.</summary>
    internal void Withdraw(string name, bool isElsewhere)
    {
        if (isElsewhere)
        {
            _late.Down(name, false);
        }

        _comeback.Withdraw(name);
    }

    /// <summary>A restored target is whole and about to run.</summary>
    internal void Resume(Target target) => _comeback.Resume(target);

    /// <summary>Forgets what a target was given and has given up.</summary>
    internal void Sweep(Target target) => _sweep.Run(target);

    /// <summary>Whether another target of a name lives.</summary>
    internal bool IsNameTaken(Target? target, string name)
    {
        bool isTaken = false;
        for (int slot = 0; slot < _targets.Length; slot++)
        {
            isTaken |= _targets[slot] != target && _targets[slot].State != TargetState.Free && _targets[slot].Name == name;
        }

        return isTaken;
    }
}
