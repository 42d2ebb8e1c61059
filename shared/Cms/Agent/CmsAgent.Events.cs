// The agent: what it gets from the RTCR's handlers and from its link, and what it does next.
using Tern.Kernel;

namespace Tern.Cms;

public sealed partial class CmsAgent
{
    /// <summary>Takes an event of the network session.</summary>
    /// <returns>Whether it was about one of the agent's flows.</returns>
    public bool OnEvent(ref NicEvent news) => _pool.OnEvent(ref news);

    /// <summary>Takes a signal.</summary>
    /// <returns>Whether it was the agent's.</returns>
    public bool OnSignal(int label)
    {
        bool mine = _timeouts.OnSignal(label);
        Pump();
        return mine;
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>Whether it was the agent's.</returns>
    public bool OnReply(int label, Error error, Message answer)
    {
        bool mine = _link.OnReply(label, error, answer);
        Pump();
        return mine;
    }

    /// <summary>Takes a request.</summary>
    /// <param name="label">The label of the gate.</param>
    /// <param name="request">The request.</param>
    /// <param name="outcome">What the handler is to return.</param>
    /// <returns>Whether it was the agent's.</returns>
    public bool OnRequest(int label, Message request, out Error outcome)
    {
        outcome = Error.UnknownOpcode;
        if (label != _gateLabel)
        {
            return false;
        }

        outcome = _local.Request(request);
        Pump();
        return true;
    }

    /// <summary>Moves bytes. To be called after the events of a signal were handed in.</summary>
    public void Pump() => _pool.Pump();

    /// <summary>Goes on after a pause.</summary>
    void ITimed.OnTimeout() => Work();

    void ILinkOwner.OnLinkReady()
    {
        if (!_wasReady)
        {
            _wasReady = true;
            _owner.OnReady();
        }

        Work();
    }

    void ILinkOwner.OnLinkLost()
    {
        _sending = null;
        if (_config.IsLocal)
        {
            _restorations.DropLocal();
        }

        for (int i = 0; i < SlotTable.Capacity; i++)
        {
            Slot slot = _slots[i];
            slot.Phase = slot.Phase == CommitPhase.None ? CommitPhase.None : CommitPhase.Queued;
            slot.CommitRequest = slot.MigrationRequest = 0;
            if (slot.IsUsed && slot.IsMigrating && slot.IsStopped)
            {
                // It was ended here on the manager's word, so it is the manager's to run it elsewhere.
                Migrated(slot, Error.None);
            }

            Departed(slot, Error.None);
        }
    }

    void ILinkOwner.OnLinkCommitted(Error error)
    {
        Slot? slot = _sending;
        _sending = null;
        if (slot != null && slot.Phase == CommitPhase.Sending)
        {
            if (error == Error.None)
            {
                slot.Phase = CommitPhase.Told;
                slot.CommitRequest = _link.Request(ManagerOperation.NewCheckpoint, in slot.Checkpoint, 0);
                if (slot.CommitRequest != 0)
                {
                    _env.Log("[broker] Notification of new CP sent");
                }
            }
            else
            {
                Committed(slot, error);
            }
        }

        Work();
    }

    void ILinkOwner.OnLinkAnswer(int request, Error status, Checkpoint checkpoint)
    {
        // No request has the number 0, but a slot that awaits nothing.
        for (int i = 0; i < SlotTable.Capacity && request != 0; i++)
        {
            Slot slot = _slots[i];
            if (slot.HasDeparted && slot.DepartureRequest == request)
            {
                Departed(slot, status);
                break;
            }

            if (slot.IsUsed && slot.CommitRequest == request && slot.Phase == CommitPhase.Told)
            {
                CommitAnswered(slot, status, checkpoint.Epoch);
                break;
            }

            if (slot.IsUsed && slot.MigrationRequest == request && slot.IsMigrating)
            {
                slot.MigrationRequest = 0;
                if (status == Error.Busy)
                {
                    _timeouts.Set(_pause, PauseMilliseconds);
                }
                else
                {
                    Migrated(slot, status);
                }

                break;
            }
        }

        if (!_timeouts.IsSet(_pause))
        {
            Work();
        }
    }

    private void CommitAnswered(Slot slot, Error status, int epoch)
    {
        slot.CommitRequest = 0;
        switch (status)
        {
            case Error.Busy:
                slot.Phase = CommitPhase.Queued;
                _timeouts.Set(_pause, PauseMilliseconds);
                break;
            case Error.NotFound:
                // A manager that has begun anew knows neither this board nor its DSM.
                _link.Lose();
                break;
            default:
                status = status == Error.None && epoch == 0 ? Error.BadData : status;
                slot.Checkpoint.Epoch = status == Error.None ? epoch : slot.Checkpoint.Epoch;
                Committed(slot, status);
                break;
        }
    }

    private void Committed(Slot slot, Error error)
    {
        slot.Phase = CommitPhase.None;
        _owner.OnCommitted(slot.Checkpoint.Offset, slot.Checkpoint.Commit, error);
    }

    private void Migrated(Slot slot, Error error)
    {
        slot.IsMigrating = false;
        slot.IsUsed = !slot.IsStopped;
        _owner.OnMigrated(slot.Checkpoint.Offset, error);
    }

    /// <summary>The call of the component that was in a slot before is over.</summary>
    private void Departed(Slot slot, Error error)
    {
        if (slot.HasDeparted)
        {
            slot.HasDeparted = false;
            slot.DepartureRequest = 0;
            _owner.OnMigrated(slot.Checkpoint.Offset, error);
        }
    }

    /// <summary>Asks the manager what is to be asked, and hands over the next commit.</summary>
    private void Work()
    {
        if (_isWorking)
        {
            return;
        }

        _isWorking = true;
        for (int i = 0; i < SlotTable.Capacity && _link.IsReady; i++)
        {
            Slot slot = _slots[i];
            if (slot.HasDeparted && slot.DepartureRequest == 0)
            {
                Departed(slot, Error.None);
            }

            if (slot.IsUsed && slot.IsMigrating && slot.IsStopped && slot.MigrationRequest == 0)
            {
                // It was ended while nobody could be asked: the manager runs it elsewhere, and has no answer for this board.
                Migrated(slot, Error.None);
            }
            else if (slot.IsUsed && slot.IsMigrating && !slot.IsStopped && slot.MigrationRequest == 0)
            {
                slot.MigrationRequest = _link.Request(ManagerOperation.Migrate, in slot.Checkpoint, slot.Destination);
            }
            else if (slot.IsUsed && slot.Phase == CommitPhase.Queued && _sending == null && _link.CanCommit)
            {
                slot.Phase = CommitPhase.Sending;
                _sending = slot;
                _link.Commit(in slot.Checkpoint);
            }
        }

        _isWorking = false;
    }
}
