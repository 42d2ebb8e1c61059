// Restoring and stopping on this board, whoever the manager is and however it asks.
// Invariants (never two): a claim is restored at most once; what was settled as not restored is not restored afterwards,
// even if its image still comes; a component whose checkpoint is claimed is stopped before that is answered.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>The migrate-and-restore interface behind both facades.</summary>
internal sealed class Restorations
{
    /// <summary>Most restorations at once.</summary>
    internal const int Capacity = 4;

    private readonly Env _env;
    private readonly CryptoSession _crypto;
    private readonly SlotTable _slots;
    private readonly ICmsOwner _owner;
    private readonly long _mac;
    private readonly ClaimTable _claims = new ClaimTable();
    private readonly Restoration[] _table = new Restoration[Capacity];
    private readonly Frame _frame = new Frame();
    private Shortage _shortage;

    internal Restorations(Env env, CryptoSession crypto, SlotTable slots, ICmsOwner owner, long mac)
    {
        _env = env;
        _crypto = crypto;
        _slots = slots;
        _owner = owner;
        _mac = mac;
        for (int i = 0; i < Capacity; i++)
        {
            _table[i] = new Restoration();
        }
    }

    internal Restoration this[int index] => _table[index];

    /// <summary>Accepts or refuses a checkpoint.</summary>
    /// <param name="checkpoint">What is offered.</param>
    /// <param name="attempt">Which of the manager's attempts it is.</param>
    /// <param name="index">The restoration's number when it is accepted.</param>
    /// <param name="place">The component's place when it runs here already (Exists).</param>
    internal Error Offer(in Checkpoint checkpoint, int attempt, out int index, out int place)
    {
        index = -1;
        ClaimState state = _claims.Find(in checkpoint, out int last, out place);
        if (state != ClaimState.Unknown && (state != ClaimState.Refused || attempt <= last))
        {
            return state == ClaimState.Restored ? Error.Exists : state == ClaimState.Restoring ? Error.Busy : Error.Stale;
        }

        DropLocal(in checkpoint, attempt);
        for (int i = 0; i < Capacity; i++)
        {
            index = _table[i].IsUsed ? index : i;
        }

        if (index < 0 || checkpoint.Claim == 0 || checkpoint.Size == 0)
        {
            if (index < 0 && _shortage.Begins())
            {
                _env.Log("Warning: " + Capacity + " checkpoints are being restored here, and no more can be at once: another one is refused");
            }

            return index < 0 ? Error.Busy : Error.BadArgument;
        }

        Error error = _owner.OnRestoreBegin(index, checkpoint, out int dataspace);
        if (error != Error.None)
        {
            return error;
        }

        Restoration restoration = _table[index];
        restoration.IsUsed = true;
        restoration.IsWithOwner = false;
        restoration.Checkpoint = checkpoint;
        restoration.Attempt = attempt;
        restoration.Dataspace = dataspace;
        restoration.Address = 0;
        restoration.Channel = null;
        restoration.Token = 0;
        if (_env.SizeOf(dataspace) < checkpoint.Size)
        {
            Drop(index);
            return Error.OutOfRam;
        }

        return Error.None;
    }

    /// <summary>Makes a restoration's dataspace reachable, for an image that comes over a flow.</summary>
    internal Error Attach(int index)
    {
        Restoration restoration = _table[index];
        restoration.Address = _env.Attach(restoration.Dataspace);
        return restoration.Address == 0 ? _env.LastError : Error.None;
    }

    /// <summary>The image is there.</summary>
    /// <returns>None when it runs; Deferred when that will be told later.</returns>
    internal Error Restore(int index, out int place)
    {
        Restoration restoration = _table[index];
        Checkpoint checkpoint = restoration.Checkpoint;
        ClaimState state = _claims.Find(in checkpoint, out int last, out place);
        if (state != ClaimState.Unknown && (state != ClaimState.Refused || restoration.Attempt <= last))
        {
            Drop(index);
            return Error.Stale;
        }

        int crc = _crypto.Crc32(restoration.Dataspace, 0, checkpoint.Size, out Error error);
        error = error == Error.None && crc != checkpoint.Crc ? Error.BadData : error;
        _claims.Set(in checkpoint, restoration.Attempt, ClaimState.Restoring, -1);
        error = error == Error.None ? _owner.OnRestore(index, checkpoint, out place) : error;
        restoration.IsWithOwner = error == Error.Deferred;
        if (error != Error.Deferred)
        {
            Complete(index, error, place);
        }

        return error;
    }

    /// <summary>A restoration came to its end.</summary>
    internal void Complete(int index, Error error, int place)
    {
        Restoration restoration = _table[index];
        bool restored = error == Error.None;
        _claims.Set(in restoration.Checkpoint, restoration.Attempt, restored ? ClaimState.Restored : ClaimState.Refused, place);
        if (restored && place >= 0)
        {
            Adopt(in restoration.Checkpoint, place);
        }

        Drop(index);
    }

    /// <summary>Says what became of a claim; not restored means never to be.</summary>
    internal Error Settle(in Checkpoint checkpoint, int attempt, out int place)
    {
        if (checkpoint.Claim == 0)
        {
            place = -1;
            return Error.BadArgument;
        }

        switch (_claims.Find(in checkpoint, out int _, out place))
        {
            case ClaimState.Restored:
                return Error.None;
            case ClaimState.Restoring:
                return Error.Busy;
            default:
                DropLocal(in checkpoint, attempt + 1);
                _claims.Set(in checkpoint, attempt, ClaimState.Refused, -1);
                return Error.NotFound;
        }
    }

    /// <summary>Ends this board's copy of a claimed checkpoint's component, which is the one with exactly its epoch.</summary>
    /// <returns>NotFound when it does not run here; Busy when it may be the one whose epoch is not known yet.</returns>
    internal Error Stop(in Checkpoint checkpoint)
    {
        if (checkpoint.Epoch == 0 || checkpoint.Claim == 0)
        {
            return Error.BadArgument;
        }

        Slot? slot = checkpoint.Mac == _mac ? _slots.Find(checkpoint.Offset) : null;
        if (slot == null || checkpoint.Epoch <= slot.EarlierEpoch)
        {
            return Error.NotFound;
        }

        if (slot.Checkpoint.Epoch != checkpoint.Epoch || slot.IsStopped)
        {
            return slot.Checkpoint.Epoch == 0 ? Error.Busy : slot.IsStopped ? Error.None : Error.NotFound;
        }

        Error error = _owner.OnStop(checkpoint.Offset, checkpoint.Claim);
        if (error == Error.None)
        {
            slot.IsStopped = true;
            slot.Phase = CommitPhase.None;
            slot.IsUsed = slot.IsMigrating;
        }

        return error;
    }

    /// <summary>The restoration that an image belongs to; −1 for none.</summary>
    internal int Find(in Checkpoint checkpoint, int attempt)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_table[i].Is(in checkpoint, attempt) && !_table[i].IsWithOwner)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Ends a restoration. What the owner restores goes on.</summary>
    internal void Drop(int index)
    {
        Restoration restoration = _table[index];
        if (restoration.Address != 0)
        {
            _env.Detach(restoration.Address);
        }

        restoration.IsUsed = restoration.IsWithOwner = false;
        restoration.Address = 0;
        if (_shortage.Ends())
        {
            _env.Log("another checkpoint can be restored here again");
        }

        _owner.OnRestoreEnd(index);
    }

    /// <summary>Ends all restorations that a local manager has offered and not sent.</summary>
    internal void DropLocal()
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_table[i].IsUsed && !_table[i].IsWithOwner && _table[i].Address == 0)
            {
                Drop(i);
            }
        }
    }

    /// <summary>The outcome of a restoration for whoever waits.</summary>
    internal static Frame Outcome(Frame frame, in Checkpoint checkpoint, int place) => checkpoint.Write(frame).Put(place);

    /// <summary>Answers a restoration that the owner kept.</summary>
    internal void Answer(Restoration restoration, Error error, int place)
    {
        Frame frame = _frame.Answer(ServiceId.Migration, MigrationOperation.Image, restoration.Sequence, error);
        Outcome(frame, in restoration.Checkpoint, place);
        if (restoration.Token != 0)
        {
            _env.Reply(restoration.Token, error, _env.Compose(0).AddBytes(frame.Bytes, Frame.HeaderSize, frame.Length));
        }
        else if (restoration.Channel != null && restoration.Channel.Serial == restoration.Serial)
        {
            restoration.Channel.Send(frame);
        }
    }

    /// <summary>Ends what a local manager offered by earlier attempts; over flows their end does that.</summary>
    private void DropLocal(in Checkpoint checkpoint, int attempt)
    {
        for (int i = 0; i < Capacity; i++)
        {
            Restoration restoration = _table[i];
            if (restoration.Address == 0 && !restoration.IsWithOwner && restoration.Attempt < attempt
                && restoration.Is(in checkpoint, restoration.Attempt))
            {
                Drop(i);
            }
        }
    }

    /// <summary>Gives a restored component its slot; the NAS knows it by its ticket until it has an epoch there.</summary>
    private void Adopt(in Checkpoint checkpoint, int place)
    {
        Slot? slot = _slots.FindOrAdd(place);
        if (slot == null)
        {
            _env.Log("Error: no room for the checkpoints of a restored component: this board has " + SlotTable.Capacity
                + " already. It runs, and is not protected");
            return;
        }

        bool isUntold = slot.HasDeparted && slot.IsMigrating;
        slot.Succeed();
        slot.Checkpoint = checkpoint;
        slot.Checkpoint.Mac = _mac;
        slot.Checkpoint.Offset = place;
        slot.Checkpoint.Epoch = slot.Checkpoint.Claim = 0;
        if (isUntold)
        {
            // Two have left this place, and the answer to the first call is still to come: one is awaited at a time.
            _owner.OnMigrated(place, Error.None);
        }
    }
}
