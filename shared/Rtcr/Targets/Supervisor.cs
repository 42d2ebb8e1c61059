// RTCR without its network side: the parent of its targets, who starts, watches, checkpoints, restores and ends them.
// Invariants: a target is paused for no longer than its capture; one restore is under way at a time; a target that fails
// is taken apart, and its budget returns.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Watches targets as their parent.</summary>
public sealed partial class Supervisor
{
    /// <summary>
    /// Gates with this label or a higher one lead to <see cref="OnRequest"/>. It lies above every address, so that no record
    /// of a session that RTCR itself serves is taken for a target's gate.
    /// </summary>
    public const int FirstGateLabel = 1 << 30;

    private readonly Env _env;
    private readonly TimerSession _timer;
    private readonly Target[] _targets;
    private readonly Interceptor _interceptor;
    private readonly Serving _serving;
    private readonly TargetStarter _starter;
    private readonly Checkpointer _checkpointer;
    private readonly Restorer _restorer;
    private readonly Seal _seal;
    private readonly int _firstLabel;
    private readonly int _restoreLabel;

    /// <summary>Makes RTCR's machinery.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="timer">A Timer session, to measure with.</param>
    /// <param name="crypto">A Crypto session, to seal with.</param>
    /// <param name="limits">The sizes of its tables.</param>
    /// <param name="firstLabel">The first of the reply labels that it uses: one for each pending call, and one for restoring.</param>
    /// <param name="watch">A signal context of RTCR's: triggered when a target exits or faults (see <see cref="TakeEnded"/>).</param>
    public Supervisor(Env env, TimerSession timer, CryptoSession crypto, RtcrLimits limits, int firstLabel, int watch)
    {
        _env = env;
        _timer = timer;
        _firstLabel = firstLabel;
        _restoreLabel = firstLabel + limits.PendingCalls;
        _targets = new Target[limits.Targets];
        for (int slot = 0; slot < limits.Targets; slot++)
        {
            _targets[slot] = new Target(slot, limits.Objects, limits.Calls);
        }

        _serving = new Serving(env, _targets, limits);
        var maker = new ObjectMaker(env, _serving);
        _interceptor = new Interceptor(env, _serving, limits, firstLabel, watch);
        _starter = new TargetStarter(env, maker, _serving, watch);
        _checkpointer = new Checkpointer(env, limits, _serving);
        _seal = new Seal(env, crypto);
        _restorer = new Restorer(env, _seal, maker, _starter, _serving, limits.Objects, _restoreLabel);
    }

    /// <summary>Says what targets refuse.</summary>
    public void SetPolicy(ITargetPolicy policy)
    {
        for (int slot = 0; slot < _targets.Length; slot++)
        {
            _targets[slot].Policy = policy;
        }
    }

    /// <summary>Starts a fresh target in a free place.</summary>
    /// <param name="slot">The place.</param>
    /// <param name="name">The target's name.</param>
    /// <param name="binary">Its program.</param>
    /// <param name="ram">Its RAM in bytes.</param>
    /// <param name="caps">Its capabilities.</param>
    /// <param name="priority">Its thread's priority.</param>
    /// <param name="config">Its configuration; empty for none.</param>
    /// <returns>BadArgument when a name is empty or longer than an image holds; Exists when another target has it.</returns>
    public Error Start(int slot, string name, string binary, int ram, int caps, int priority, byte[] config)
    {
        Target target = _targets[slot];
        if (target.State != TargetState.Free)
        {
            return Error.Busy;
        }

        if (!ImageFormat.IsName(name) || !ImageFormat.IsName(binary))
        {
            return Error.BadArgument;
        }

        if (_serving.IsNameTaken(target, name))
        {
            return Error.Exists;
        }

        // Whoever had that name before does not come back.
        _serving.Withdraw(name, false);
        target.Name = name;
        target.Binary = binary;
        target.Ram = ram;
        target.Caps = caps;
        target.Priority = priority;
        target.Commit = 0;
        target.Epoch = 1;
        target.InitialMemorySize = Child.InitialMemoryOn(_env);
        Error error = config.Length > 0 ? _starter.SetConfig(target, config) : Error.None;
        error = error == Error.None ? _starter.Start(target) : error;
        if (error != Error.None)
        {
            _starter.End(target);
        }

        return error;
    }

    /// <summary>Says what becomes of the sessions that a target serves when it is restored where their clients are not, and which services it may have.</summary>
    /// <param name="slot">The target's place.</param>
    /// <param name="closesOrphans">Whether such sessions are closed, rather than kept for clients with the same labels. Its images carry this on.</param>
    /// <param name="route">Which other targets' services it may have; not carried on.</param>
    public void ConfigureServing(int slot, bool closesOrphans, TargetRoute route)
    {
        _targets[slot].ClosesOrphans = closesOrphans;
        _targets[slot].Route = route;
    }

    /// <summary>Holds a target until <see cref="Release"/> or its end: the first step of its migration.</summary>
    public Error Hold(int slot)
    {
        Target target = _targets[slot];
        if (target.State != TargetState.Running)
        {
            return Error.Busy;
        }

        target.State = TargetState.Held;
        TargetThreads.Pause(_env, target);
        Trace(TracePoint.TargetHeld, target, 0);
        return Error.None;
    }

    /// <summary>Lets a held target go on.</summary>
    public Error Release(int slot)
    {
        Target target = _targets[slot];
        if (target.State != TargetState.Held)
        {
            return Error.Busy;
        }

        target.State = TargetState.Running;
        TargetThreads.Resume(_env, target);
        Trace(TracePoint.TargetReleased, target, 0);
        return Error.None;
    }

    /// <summary>Ends a target for good, or gives up restoring it; its budget returns to RTCR.</summary>
    public void Stop(int slot) => Stop(slot, TargetEnd.Stops);

    /// <summary>Ends a target, or gives up restoring it; its budget returns to RTCR.</summary>
    /// <param name="slot">The target's place.</param>
    /// <param name="end">Whether it is to go on. If that is not here, say so with <see cref="Withdraw"/>.</param>
    public void Stop(int slot, TargetEnd end)
    {
        if (_targets[slot].State == TargetState.Restoring)
        {
            _restorer.Cancel();
        }

        if (IsAlive(slot))
        {
            Trace(TracePoint.TargetStopped, _targets[slot], 0);
            _starter.End(_targets[slot], end);
        }
    }

    /// <summary>A target that was to be restored will not be here: its clients are told. One that is here is left alone.</summary>
    /// <param name="name">The target's name.</param>
    /// <param name="isElsewhere">Whether it goes on elsewhere, where other targets of this RTCR may follow it.</param>
    public void Withdraw(string name, bool isElsewhere)
    {
        if (name.Length > 0 && !_serving.IsNameTaken(null, name))
        {
            _serving.Withdraw(name, isElsewhere);
        }
    }

    /// <summary>Begins to restore an image into a free place.</summary>
    /// <param name="slot">The place.</param>
    /// <param name="dataspace">Where the image is, attached in RTCR's address space.</param>
    /// <param name="address">Where it is attached.</param>
    /// <param name="offset">Where in the dataspace it begins.</param>
    /// <param name="size">Its size.</param>
    /// <param name="epoch">The epoch under which this board shall hold the target.</param>
    /// <returns>None when the target runs; Deferred when <see cref="OnReply"/> will tell; BadData when the image is not whole and sealed.</returns>
    public Error Restore(int slot, int dataspace, int address, int offset, int size, int epoch)
    {
        return _restorer.Begin(_targets[slot], new ImagePlace(dataspace, address, offset, size), epoch);
    }

    /// <summary>A request through one of the gates that RTCR gave to targets.</summary>
    public Error OnRequest(int label, Message request)
    {
        if (label >= ExportTable.FirstLabel)
        {
            return _serving.Request(label, request);
        }

        int slot = Target.SlotOf(label);
        Target? target = (uint)slot < (uint)_targets.Length ? _targets[slot] : null;
        int entry = Target.EntryOf(label);
        return target == null || target.State == TargetState.Free || entry >= target.Storage.Count
            ? Error.InvalidCapability
            : _interceptor.Request(target, entry, request);
    }

    /// <summary>An answer with one of the labels that RTCR's machinery uses.</summary>
    /// <param name="label">The label.</param>
    /// <param name="error">The outcome.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="restored">The outcome of a restore that this answer completed; Deferred when it completed none.</param>
    /// <returns>Whether the label was one of them.</returns>
    public bool OnReply(int label, Error error, Message answer, out Error restored)
    {
        restored = Error.Deferred;
        if (label >= InboundTable.FirstTicket)
        {
            _serving.Answer(label, error, answer);
            return true;
        }

        if (label < _firstLabel || label > _restoreLabel)
        {
            return false;
        }

        if (label < _restoreLabel)
        {
            _interceptor.Answer(label - _firstLabel, error, answer);
        }
        else
        {
            restored = _restorer.Continue(error, answer);
        }

        return true;
    }

    /// <summary>A target's checkpoint is stored off the board: for whoever traces.</summary>
    public void TraceCommitted(int slot, int commit)
    {
        if (IsAlive(slot))
        {
            Trace(TracePoint.CheckpointCommitted, _targets[slot], commit);
        }
    }

    private void Trace(int point, Target target, int value)
        => _env.Trace(point, target.Child == null ? 0 : _env.Badge(target.Child.Thread), value);
}
