// How a target leaves: it is held, its last image is stored, the manager is asked, and this board's copy ends on the
// manager's word. A target whose board will sleep leaves in the same way; if nobody takes it, it is held until the board
// has slept, so what is stored is what sleeps.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

internal sealed partial class Protection
{
    private const int DrainPollMilliseconds = 10;

    /// <summary>Migrates a target: holds it, and after its last checkpoint is stored asks the manager.</summary>
    /// <param name="slot">Its place.</param>
    /// <param name="destination">Where it may go (see <see cref="ManagerOperation.Migrate"/>).</param>
    /// <returns>None when that is under way or follows the image that is; Busy when it leaves already; Unreachable without a manager.</returns>
    internal Error Migrate(int slot, int destination)
    {
        TargetPlan plan = _plans[slot];
        if (Agent == null)
        {
            return Error.Unreachable;
        }

        if (plan.Step == PlanStep.Committing)
        {
            plan.MigratesNext = true;
            plan.Destination = destination;
            return Error.None;
        }

        if (plan.Step != PlanStep.Idle || _supervisor.Hold(slot) != Error.None)
        {
            return Error.Busy;
        }

        _reports.Paused(_supervisor.NameOf(slot), "migration");
        plan.MigratesNext = plan.IsLastStored = false;
        plan.Destination = destination;
        plan.Step = PlanStep.Draining;
        plan.DrainUntil = _timeouts.Now + (_config.Migration.DrainMilliseconds * 1_000_000L);
        Drain(slot);
        return Error.None;
    }

    /// <summary>The board will sleep: the target goes, or is stored and held. To be called again until it is settled.</summary>
    /// <returns>Whether the place is settled: nobody runs there.</returns>
    internal bool Sleep(int slot)
    {
        TargetPlan plan = _plans[slot];
        if (_supervisor.IsFree(slot) || plan.Step == PlanStep.Sleeping)
        {
            return true;
        }

        if (_supervisor.IsAlive(slot) && Agent == null)
        {
            // Nowhere to go, and nowhere to be stored but here.
            GiveUpCopy(slot);
            Commit(slot, PlanStep.Idle);
            bool held = _supervisor.Hold(slot) == Error.None;
            plan.Step = held ? PlanStep.Sleeping : plan.Step;
            return held;
        }

        if (_supervisor.IsAlive(slot))
        {
            plan.Sleeps = true;
            if (plan.Step <= PlanStep.Committing && !plan.MigratesNext)
            {
                Migrate(slot, ManagerOperation.AnyOtherBoard);
            }
        }

        return false;
    }

    /// <summary>The board is awake again, or stays so: what is held goes on.</summary>
    internal void WakeUp()
    {
        for (int slot = 0; slot < _plans.Length; slot++)
        {
            _plans[slot].Sleeps = false;
            if (_plans[slot].Step == PlanStep.Sleeping)
            {
                GoOnHere(slot);
            }
        }
    }

    /// <summary>Goes on with migrations that wait for answers.</summary>
    void ITimed.OnTimeout()
    {
        for (int slot = 0; slot < _plans.Length; slot++)
        {
            if (_plans[slot].Step == PlanStep.Draining)
            {
                Drain(slot);
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
            GiveUpCopy(slot);
            _supervisor.Stop(slot, TargetEnd.Returns);
            _supervisor.Withdraw(_plans[slot].Leaving, true);
            _plans[slot].Leaving = name;
            _reports.Stopped(name);
        }

        return Error.None;
    }

    /// <summary>A call for migration is over.</summary>
    internal void Migrated(int offset, Error error)
    {
        int slot = SlotOf(offset);
        _supervisor.Withdraw(_plans[slot].Leaving, error == Error.None);
        _plans[slot].Leaving = "";
        if (error == Error.None)
        {
            // Somebody else may have come to its place already.
            if (_supervisor.IsFree(slot))
            {
                _plans[slot].Clear();
            }

            Watcher?.OnMoved(slot, Error.None);
        }
        else
        {
            GiveUp(slot, error);
        }
    }

    private void Drain(int slot)
    {
        if (_supervisor.WaitingOf(slot) != 0 && _timeouts.Now < _plans[slot].DrainUntil)
        {
            _timeouts.Set(_drainTimeout, DrainPollMilliseconds);
            return;
        }

        Error error = Commit(slot, PlanStep.CommittingLast);
        if (error != Error.None)
        {
            GiveUp(slot, error);
        }
    }

    private void CallOrGiveUp(int slot, Error committed)
    {
        TargetPlan plan = _plans[slot];
        bool stays = plan.Sleeps && !_config.Migration.LeavesOnSleep;
        Error error = committed != Error.None ? committed : stays ? Error.NotPermitted
            : Agent!.CallForMigration(OffsetOf(slot), plan.Destination);
        if (error == Error.None)
        {
            plan.Step = PlanStep.Calling;
        }
        else
        {
            GiveUp(slot, error);
        }
    }

    /// <summary>The migration came to nothing: a target that is still here goes on here, or sleeps with its board.</summary>
    private void GiveUp(int slot, Error error)
    {
        TargetPlan plan = _plans[slot];
        _env.Log("Warning: " + _supervisor.NameOf(slot) + " was not migrated: " + Errors.Name(error));
        if (plan.Sleeps && plan.IsLastStored && _supervisor.IsAlive(slot))
        {
            plan.Step = PlanStep.Sleeping;
            _reports.Slept(_supervisor.NameOf(slot));
        }
        else
        {
            GoOnHere(slot);
        }

        Watcher?.OnMoved(slot, error);
    }

    private void GoOnHere(int slot)
    {
        _plans[slot].Step = PlanStep.Idle;
        if (_supervisor.Release(slot) == Error.None)
        {
            _reports.Started(_supervisor.NameOf(slot));
        }
    }
}
