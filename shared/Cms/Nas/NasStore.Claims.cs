// The store: who may restore a checkpoint, and what becomes of it then.
// Invariants: a number that a claim has had is never used again for its key; each step may be repeated, the second time
// changes nothing and answers the same; a claim ends by its confirmation or by being given up, never by itself.
using Tern.Kernel;

namespace Tern.Cms;

public sealed partial class NasStore
{
    /// <summary>Claims a checkpoint: raises its epoch, so that its origin can store nothing any longer.</summary>
    /// <param name="checkpoint">MAC, offset, ticket (not 0); the epoch that is superseded (not 0); size: the longest image
    /// that is wanted. Gets what is stored, with the claim's number.</param>
    /// <param name="row">The number to read its image by.</param>
    /// <returns>NotFound; Stale when somebody else has claimed it, or the epoch is not the newest; Full when it is longer than wanted.</returns>
    public Error Claim(ref Checkpoint checkpoint, out int row)
    {
        row = -1;
        if (checkpoint.Ticket == 0 || checkpoint.Epoch == 0)
        {
            return Error.BadArgument;
        }

        row = FindClaimed(checkpoint.Mac, checkpoint.Offset, checkpoint.Ticket);
        bool claimed = row >= 0;
        row = claimed ? row : Newest(checkpoint.Mac, checkpoint.Offset, NasState.Stored);
        if (row < 0)
        {
            return WhyUnclaimable(in checkpoint);
        }

        NasRecord record = _index[row];
        Error error = record.Epoch != checkpoint.Epoch ? Error.Stale : record.Length > checkpoint.Size ? Error.Full : claimed ? Error.None : Claim(in checkpoint, record);
        if (error == Error.None)
        {
            record.Get(ref checkpoint);
        }

        return error;
    }

    /// <summary>Reads a piece of a claimed image: whole blocks, the last one filled with whatever is behind.</summary>
    public Error Read(int row, int claim, int at, int dataspace, int offset, int length)
    {
        NasRecord record = _index[row];
        if (record.State != NasState.Claimed || record.Claim != claim)
        {
            return Error.Stale;
        }

        bool inside = length > 0 && at >= 0 && at % BlockSize == 0 && length <= record.Length - at;
        return inside
            ? _disk.Read(record.Block + (at / BlockSize), Blocks(length), dataspace, offset)
            : Error.BadArgument;
    }

    /// <summary>A claimed checkpoint was restored: it is its new place's checkpoint from now on, and the old one is forgotten.</summary>
    /// <param name="checkpoint">MAC, offset and claim.</param>
    /// <param name="mac">The new place's MAC address; 0 when it has none.</param>
    /// <param name="offset">The new place's offset.</param>
    /// <returns>Stale when this is not the claim; TableFull.</returns>
    public Error Confirm(in Checkpoint checkpoint, long mac, int offset)
    {
        int row = FindClaim(in checkpoint, NasState.Claimed);
        if (row < 0)
        {
            return IsConfirmed(in checkpoint) ? Error.None : Error.Stale;
        }

        NasRecord old = _index[row];
        bool succeeded = FindRestored(mac, offset, old.ClaimTicket) >= 0;
        if (old.IsKey(mac, offset) && !succeeded)
        {
            old.Epoch = HighWater(mac, offset) + 1;
            old.Ticket = old.ClaimTicket;
            old.State = NasState.Stored;
            old.Confirmed = true;
            return _index.Commit();
        }

        Error error = mac == 0 || succeeded ? Error.None : Move(old, mac, offset);
        if (error != Error.None)
        {
            return error;
        }

        Forget(old);
        return _index.Commit();
    }

    /// <summary>Gives a claim up: whoever had the checkpoint has it again.</summary>
    /// <returns>Stale when this is not the claim, or it was confirmed.</returns>
    public Error Abort(in Checkpoint checkpoint)
    {
        int row = FindClaim(in checkpoint, NasState.Claimed);
        if (row < 0)
        {
            int given = FindClaim(in checkpoint, NasState.Stored);
            return given >= 0 && !_index[given].Confirmed ? Error.None : Error.Stale;
        }

        NasRecord record = _index[row];
        record.State = NasState.Stored;
        return _index.Commit();
    }

    private Error Claim(in Checkpoint wanted, NasRecord record)
    {
        record.Claim = HighWater(wanted.Mac, wanted.Offset) + 1;
        record.ClaimTicket = wanted.Ticket;
        record.Confirmed = false;
        record.State = NasState.Claimed;
        return _index.Commit();
    }

    private Error WhyUnclaimable(in Checkpoint wanted)
        => Newest(wanted.Mac, wanted.Offset, NasState.Claimed) >= 0 ? Error.Stale : Error.NotFound;

    /// <summary>Gives an image a second record, under the key of its new place. What else is known by that key stays.</summary>
    private Error Move(NasRecord old, long mac, int offset)
    {
        int row = FindNew(mac, offset);
        if (row < 0)
        {
            return Error.TableFull;
        }

        int epoch = HighWater(mac, offset) + 1;
        NasRecord record = _index[row];
        int claim = record.Claim;
        bool confirmed = record.Confirmed;
        old.CopyTo(record);
        record.SetKey(mac, offset);
        record.Epoch = epoch;
        record.Ticket = old.ClaimTicket;
        record.Claim = claim;
        record.Confirmed = confirmed;
        record.State = NasState.Stored;
        return Error.None;
    }

    /// <summary>Lets an image go. What stays is the high-water mark of its key, once.</summary>
    private void Forget(NasRecord record)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            NasRecord other = _index[row];
            if (other.State == NasState.Forgotten && other.IsKey(record.Mac, record.Offset))
            {
                record.Epoch = other.HighWater > record.Epoch ? other.HighWater : record.Epoch;
                other.Clear();
            }
        }

        record.State = NasState.Forgotten;
        record.Confirmed = true;
        record.Block = 0;
    }

    private bool IsConfirmed(in Checkpoint checkpoint)
    {
        int row = FindClaim(in checkpoint, NasState.Forgotten);
        row = row < 0 ? FindClaim(in checkpoint, NasState.Stored) : row;
        return row >= 0 && _index[row].Confirmed;
    }
}
