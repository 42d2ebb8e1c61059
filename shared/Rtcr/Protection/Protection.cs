// How targets are protected: their checkpoints' way into the DSM and to the NAS, their migration, and what happens when
// one faults.
// Invariants: an image is not written while its predecessor is on its way; a target that is called for migration is held
// from its last checkpoint on, and runs on here only when the call came to nothing.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Takes checkpoints when they are due, commits them, and sees migrations through.</summary>
internal sealed class Protection
{
    private const int DrainPollMilliseconds = 10;
    private const int MaxRecoveries = 3;

    private readonly Env _env;
    private readonly RtcrConfig _config;
    private readonly Supervisor _supervisor;
    private readonly RtcrReports _reports;
    private readonly TargetPlan[] _plans;

    internal Protection(Env env, RtcrConfig config, Supervisor supervisor, RtcrReports reports)
    {
        _env = env;
        _config = config;
        _supervisor = supervisor;
        _reports = reports;
        _plans = new TargetPlan[supervisor.Count];
        for (int slot = 0; slot < _plans.Length; slot++)
        {
            _plans[slot] = new TargetPlan();
        }
    }

    /// <summary>The way to the manager; <c>null</c> for none, and then nothing leaves this board.</summary>
    internal CmsAgent? Agent { get; set; }

    /// <summary>The DSM: a dataspace, and where it is attached.</summary>
    internal int Dataspace { get; set; }

    internal int Address { get; set; }

    /// <summary>The MAC address that images carry.</summary>
    internal long Mac { get; set; }

    /// <summary>Where a target's image is in the DSM.</summary>
    internal int OffsetOf(int slot) => slot * _config.ImageSize;

    internal int SlotOf(int offset) => _config.ImageSize == 0 ? -1 : offset / _config.ImageSize;

    /// <summary>Begins with a new or restored target in a place.</summary>
    internal void Begin(int slot) => _plans[slot].Clear();

    /// <summary>Takes a checkpoint of every target whose image is not on its way.</summary>
    internal void CheckpointAll()
    {
        for (int slot = 0; slot < _plans.Length; slot++)
        {
            if (_supervisor.IsAlive(slot) && _plans[slot].Step == PlanStep.Idle)
            {
                Commit(slot, PlanStep.Committing);
            }
        }
    }

    /// <summary>Migrates a target: holds it, and after its last checkpoint is stored asks the manager.</summary>
    internal void Migrate(int slot, long now)
    {
        TargetPlan plan = _plans[slot];
        if (plan.Step == PlanStep.Committing)
        {
            plan.MigratesNext = true;
            return;
        }

        if (plan.Step != PlanStep.Idle || _supervisor.Hold(slot) != Error.None)
        {
            return;
        }

        _reports.Paused(_supervisor.NameOf(slot), "migration");
        plan.MigratesNext = false;
        plan.Step = PlanStep.Draining;
        plan.DrainUntil = now + (_config.DrainMicroseconds * 1000);
        Drain(slot, now);
    }

    /// <summary>Goes on with migrations that wait for answers.</summary>
    /// <returns>In how many milliseconds to call again; 0 for not at all.</returns>
    internal int Poll(long now)
    {
        int again = 0;
        for (int slot = 0; slot < _plans.Length; slot++)
        {
            if (_plans[slot].Step == PlanStep.Draining)
            {
                Drain(slot, now);
                again = _plans[slot].Step == PlanStep.Draining ? DrainPollMilliseconds : again;
            }
        }

        return again;
    }

    /// <summary>An image is stored at the NAS, or is not.</summary>
    internal void Committed(int offset, int commit, Error error, long now)
    {
        int slot = SlotOf(offset);
        TargetPlan plan = _plans[slot];
        if (error == Error.None)
        {
            _reports.Committed(_supervisor.NameOf(slot), commit);
            _supervisor.TraceCommitted(slot, commit);
        }
        else
        {
            _env.Log("Warning: checkpoint " + commit + " of " + _supervisor.NameOf(slot) + " was not stored: " + Errors.Name(error));
        }

        if (plan.Step == PlanStep.CommittingLast)
        {
            CallOrGiveUp(slot, error);
        }
        else if (plan.Step == PlanStep.Committing)
        {
            plan.Step = PlanStep.Idle;
            if (plan.MigratesNext && _supervisor.IsAlive(slot))
            {
                Migrate(slot, now);
            }
        }
    }

    /// <summary>The manager wants this board's copy ended: it goes elsewhere.</summary>
    internal Error Stop(int offset)
    {
        int slot = SlotOf(offset);
        if (_supervisor.IsAlive(slot))
        {
            string name = _supervisor.NameOf(slot);
            _supervisor.Stop(slot);
            _reports.Stopped(name);
        }

        return Error.None;
    }

    /// <summary>A call for migration is over.</summary>
    internal void Migrated(int offset, Error error)
    {
        int slot = SlotOf(offset);
        if (error == Error.None)
        {
            _plans[slot].Clear();
        }
        else
        {
            GiveUp(slot, error);
        }
    }

    /// <summary>A target has exited or faulted. After a fault it goes on from its last image, a few times.</summary>
    internal void Ended(int slot, Error fault, int exitValue)
    {
        string name = _supervisor.NameOf(slot);
        TargetPlan plan = _plans[slot];
        int epoch = _supervisor.EpochOf(slot);
        bool recovers = fault != Error.None && plan.ImageBytes > 0 && plan.Step <= PlanStep.Committing
            && plan.Recoveries < MaxRecoveries;
        _env.Log(fault == Error.None
            ? "target \"" + name + "\" exited with exit value " + exitValue
            : "Error: target \"" + name + "\" faulted: " + Errors.Name(fault)
                + (recovers ? "; restoring its last checkpoint" : "; stopped"));
        _supervisor.Stop(slot);
        if (!recovers)
        {
            if (Agent != null)
            {
                Agent.Remove(OffsetOf(slot));
            }

            return;
        }

        int recoveries = plan.Recoveries + 1;
        Error error = _supervisor.Restore(slot, Dataspace, Address, OffsetOf(slot), plan.ImageBytes, epoch);
        plan.Recoveries = recoveries;
        if (error != Error.None && error != Error.Deferred)
        {
            _env.Log("Error: target \"" + name + "\" cannot be restored: " + Errors.Name(error));
        }
    }

    private void Drain(int slot, long now)
    {
        if (_supervisor.WaitingOf(slot) == 0 || now >= _plans[slot].DrainUntil)
        {
            Commit(slot, PlanStep.CommittingLast);
        }
    }

    private void Commit(int slot, PlanStep step)
    {
        TargetPlan plan = _plans[slot];
        string name = _supervisor.NameOf(slot);
        Error error = _supervisor.Checkpoint(
            slot, Dataspace, Address, OffsetOf(slot), _config.ImageSize, Mac, out int size);
        if (error == Error.None)
        {
            plan.ImageBytes = size;
            _reports.Captured(name, size, _supervisor.StopNanoseconds);
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

        if (error == Error.None)
        {
            return;
        }

        _env.Log("Error: no checkpoint of \"" + name + "\": " + Errors.Name(error));
        plan.Step = PlanStep.Idle;
        if (step == PlanStep.CommittingLast)
        {
            GiveUp(slot, error);
        }
    }

    private Error SendCommit(int slot, int size)
    {
        var quota = default(Quota);
        Error error = _supervisor.ReadQuota(slot, ref quota);
        return error == Error.None
            ? Agent!.Commit(OffsetOf(slot), size, quota.RamQuota, quota.CapQuota)
            : error;
    }

    private void CallOrGiveUp(int slot, Error committed)
    {
        Error error = committed == Error.None ? Agent!.CallForMigration(OffsetOf(slot)) : committed;
        if (error == Error.None)
        {
            _plans[slot].Step = PlanStep.Calling;
        }
        else
        {
            GiveUp(slot, error);
        }
    }

    /// <summary>The migration came to nothing: a target that is still here goes on here.</summary>
    private void GiveUp(int slot, Error error)
    {
        _env.Log("Warning: " + _supervisor.NameOf(slot) + " was not migrated: " + Errors.Name(error));
        _plans[slot].Step = PlanStep.Idle;
        if (_supervisor.Release(slot) == Error.None)
        {
            _reports.Started(_supervisor.NameOf(slot));
        }
    }
}
