// How targets are protected: their checkpoints' way into the DSM and to the NAS, and what happens when one faults. Beside
// it: migrations.
// Invariants: a target's last image stays as it is until the next one is whole and sealed, whatever becomes of that one: images are made
// beside it; an image is not put in place while its predecessor is on its way; a target that is called for migration is held
// from its last checkpoint on, and runs on here only when the call came to nothing.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Takes checkpoints, commits them, and sees migrations through.</summary>
internal sealed partial class Protection : ITimed
{
    private const int MaxRecoveries = 3;

    private readonly Env _env;
    private readonly RtcrConfig _config;
    private readonly Supervisor _supervisor;
    private readonly RtcrReports _reports;
    private readonly Timeouts _timeouts;
    private readonly TargetPlan[] _plans;
    private readonly int _drainTimeout;

    internal Protection(Env env, RtcrConfig config, Supervisor supervisor, RtcrReports reports, Timeouts timeouts)
    {
        _env = env;
        _config = config;
        _supervisor = supervisor;
        _reports = reports;
        _timeouts = timeouts;
        _drainTimeout = timeouts.Add(this);
        _plans = new TargetPlan[supervisor.Count];
        for (int slot = 0; slot < _plans.Length; slot++)
        {
            _plans[slot] = new TargetPlan();
        }
    }

    /// <summary>The way to the manager; <c>null</c> for none, and then nothing leaves this board.</summary>
    internal CmsAgent? Agent { get; set; }

    /// <summary>Who is told what became of it all.</summary>
    internal IPlanWatcher? Watcher { get; set; }

    /// <summary>The co-processor that makes copies; <c>null</c> for none.</summary>
    internal Copier? Copier { get; set; }

    /// <summary>The DSM: a dataspace, and where it is attached.</summary>
    internal int Dataspace { get; set; }

    internal int Address { get; set; }

    /// <summary>Where the processor makes images, one at a time: memory of RTCR's in which nothing else is made.</summary>
    internal ImagePlace Draft { get; set; }

    /// <summary>The MAC address that images carry.</summary>
    internal long Mac { get; set; }

    /// <summary>How many places for targets there are.</summary>
    internal int Count => _plans.Length;

    /// <summary>What is under way in a place.</summary>
    internal TargetPlan this[int slot] => _plans[slot];

    /// <summary>Where a target's image is in the DSM.</summary>
    internal int OffsetOf(int slot) => slot * _config.ImageSize;

    internal int SlotOf(int offset) => _config.ImageSize == 0 ? -1 : offset / _config.ImageSize;

    /// <summary>Begins with a new or restored target in a place.</summary>
    internal void Begin(int slot) => _plans[slot].Begin(_config.RulesOf(_supervisor.NameOf(slot)), _timeouts.Now);

    /// <summary>The image that a target was restored from is its last one here, until there is another.</summary>
    internal void Keep(int slot, int dataspace, int size)
    {
        bool fits = size <= _config.ImageSize && _env.CopyDataspace(dataspace, 0, Dataspace, OffsetOf(slot), size) == Error.None;
        _plans[slot].ImageBytes = fits ? size : 0;
        _plans[slot].HasCome = true;
    }

    /// <summary>Takes a checkpoint of a target, unless its image is on its way.</summary>
    /// <returns>Busy when it is, or when the target is about to leave; otherwise whether the image could be taken and sent.</returns>
    internal Error Checkpoint(int slot)
        => _supervisor.IsAlive(slot) && _plans[slot].Step == PlanStep.Idle ? Commit(slot, PlanStep.Committing) : Error.Busy;

    /// <summary>Takes a checkpoint of a target as soon as that can be.</summary>
    /// <param name="slot">Its place.</param>
    /// <param name="later">Whether the image before it has to be stored first.</param>
    /// <returns>Busy when the target is about to leave.</returns>
    internal Error CheckpointSoon(int slot, out bool later)
    {
        TargetPlan plan = _plans[slot];
        later = plan.Step == PlanStep.Committing && !plan.MigratesNext;
        plan.ChecksNext |= later;
        return later ? Error.None : Checkpoint(slot);
    }

    /// <summary>An image is stored at the NAS, or is not.</summary>
    internal void Committed(int offset, int commit, Error error)
    {
        int slot = SlotOf(offset);
        TargetPlan plan = _plans[slot];
        if (error == Error.None)
        {
            plan.StoredCommit = commit;
            _reports.Committed(_supervisor.NameOf(slot), commit);
            _supervisor.TraceCommitted(slot, commit);
        }
        else
        {
            _env.Log("Warning: checkpoint " + commit + " of " + _supervisor.NameOf(slot) + " was not stored: " + Errors.Name(error));
        }

        Watcher?.OnStored(slot, commit, error);
        if (plan.Step == PlanStep.CommittingLast)
        {
            plan.IsLastStored = error == Error.None;
            CallOrGiveUp(slot, error);
        }
        else if (plan.Step == PlanStep.Committing)
        {
            plan.Step = PlanStep.Idle;
            GoOn(slot);
        }
    }

    /// <summary>A target has exited or faulted. After a fault it goes on from its last image, a few times; as often as need be when a
    /// co-processor is to blame.</summary>
    /// <returns>Whether that is to blame, and there is no image yet: the target may begin anew.</returns>
    internal bool Ended(int slot, Error fault, int exitValue)
    {
        string name = _supervisor.NameOf(slot);
        TargetPlan plan = _plans[slot];
        int epoch = _supervisor.EpochOf(slot);
        bool isBlameless = fault != Error.None && _supervisor.HasLostMemory(slot);
        GiveUpCopy(slot);
        bool recovers = fault != Error.None && plan.ImageBytes > 0 && plan.Step <= PlanStep.Committing
            && (isBlameless || plan.Recoveries < MaxRecoveries);
        _env.Log(fault == Error.None
            ? "target \"" + name + "\" exited with exit value " + exitValue
            : "Error: target \"" + name + "\" faulted: " + Errors.Name(fault)
                + (recovers ? "; restoring its last checkpoint" : "; stopped"));
        _supervisor.Stop(slot, recovers ? TargetEnd.Returns : TargetEnd.Stops);
        if (!recovers)
        {
            Watcher?.OnEnded(slot);
            bool beginsAnew = isBlameless && plan.ImageBytes == 0 && !plan.HasCome;
            if (Agent != null && !beginsAnew)
            {
                Agent.Remove(OffsetOf(slot));
            }

            return beginsAnew;
        }

        int recoveries = plan.Recoveries + (isBlameless ? 0 : 1);
        Error error = _supervisor.Restore(slot, Dataspace, Address, OffsetOf(slot), plan.ImageBytes, epoch);
        plan.Recoveries = recoveries;
        if (error == Error.None || error == Error.Deferred)
        {
            _reports.Recovered(name, plan.ImageBytes);
        }
        else
        {
            _env.Log("Error: target \"" + name + "\" cannot be restored: " + Errors.Name(error));
            _supervisor.Withdraw(name, false);
        }

        // A bank in place of one that shows nothing any more can be asked for.
        Copier?.Link.Pump();
        return false;
    }

    /// <summary>What was asked for while an image was on its way.</summary>
    private void GoOn(int slot)
    {
        TargetPlan plan = _plans[slot];
        bool checks = plan.ChecksNext;
        plan.ChecksNext = false;
        if (!_supervisor.IsAlive(slot))
        {
            return;
        }

        if (checks)
        {
            Watcher?.OnNext(slot);
            Error error = Commit(slot, PlanStep.Committing);
            if (error == Error.None)
            {
                return;
            }

            Watcher?.OnStored(slot, 0, error);
        }

        if (plan.MigratesNext)
        {
            Migrate(slot, plan.Destination);
        }
    }

    private Error Commit(int slot, PlanStep step)
    {
        TargetPlan plan = _plans[slot];
        plan.TakenAt = _timeouts.Now;
        if (step != PlanStep.Idle && Copier != null && Copier.Covers(slot) && Copier.Take(slot) == Error.None)
        {
            plan.TakenEntries = _supervisor.EntriesOf(slot);
            plan.IsCopying = true;
            plan.Step = step;
            return Error.None;
        }

        Error error = TakeByProcessor(slot, out int size);
        plan.TakenEntries = error == Error.None ? _supervisor.EntriesOf(slot) : plan.TakenEntries;
        return Taken(slot, step, error, size, "processor");
    }

    /// <summary>An image has been taken, or could not be: it goes its way.</summary>
    private Error Taken(int slot, PlanStep step, Error error, int size, string copier)
    {
        TargetPlan plan = _plans[slot];
        string name = _supervisor.NameOf(slot);
        if (error == Error.None)
        {
            plan.ImageBytes = size;
            _reports.Captured(name, size, _supervisor.StopNanoseconds, _timeouts.Now - plan.TakenAt, copier);
            _reports.Sealed(name, _supervisor.SealNanoseconds);
            plan.Step = step;
            if (Agent != null)
            {
                error = SendCommit(slot, size);
            }
            else
            {
                plan.Step = PlanStep.Idle;
            }
        }

        if (error != Error.None)
        {
            _env.Log("Error: no checkpoint of \"" + name + "\": " + Errors.Name(error));
            plan.Step = PlanStep.Idle;
        }

        return error;
    }

    private Error SendCommit(int slot, int size)
    {
        var quota = default(Quota);
        Error error = _supervisor.ReadQuota(slot, ref quota);
        return error == Error.None
            ? Agent!.Commit(OffsetOf(slot), size, quota.RamQuota, quota.CapQuota)
            : error;
    }
}
