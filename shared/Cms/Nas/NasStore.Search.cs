// The store: finding records and free blocks. The index is small and walked whole; only records know what is used.
namespace Tern.Cms;

public sealed partial class NasStore
{
    /// <summary>Reads the index, record by record.</summary>
    /// <param name="row">Where to begin; gets the next record's number.</param>
    /// <param name="checkpoint">Gets what is known of it.</param>
    /// <returns>Its state; Free at the end.</returns>
    public NasState Next(ref int row, ref Checkpoint checkpoint)
    {
        for (int i = row < 0 ? 0 : row; i < _index.Rows; i++)
        {
            NasRecord record = _index[i];
            if (record.State != NasState.Free)
            {
                record.Get(ref checkpoint);
                row = i + 1;
                return record.State;
            }
        }

        return NasState.Free;
    }

    private int Blocks(int bytes) => ((bytes - 1) / BlockSize) + 1;

    /// <summary>What a component has stored that holds an epoch.</summary>
    private int FindHeld(long mac, int offset, int epoch)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            if (_index[row].State == NasState.Stored && _index[row].IsKey(mac, offset) && _index[row].Epoch == epoch)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>What is stored of a component that came from a restoration.</summary>
    private int FindRestored(long mac, int offset, int ticket)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            if (_index[row].State == NasState.Stored && _index[row].IsKey(mac, offset) && _index[row].Ticket == ticket)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>What a manager has claimed already.</summary>
    private int FindClaimed(long mac, int offset, int ticket)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            if (_index[row].State == NasState.Claimed && _index[row].IsKey(mac, offset) && _index[row].ClaimTicket == ticket)
            {
                return row;
            }
        }

        return -1;
    }

    private int FindForgotten(long mac, int offset)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            if (_index[row].State == NasState.Forgotten && _index[row].IsKey(mac, offset))
            {
                return row;
            }
        }

        return -1;
    }

    private int Newest(long mac, int offset, NasState state)
    {
        int newest = -1;
        for (int row = 0; row < _index.Rows; row++)
        {
            NasRecord record = _index[row];
            if (record.State == state && record.IsKey(mac, offset) && (newest < 0 || record.Epoch > _index[newest].Epoch))
            {
                newest = row;
            }
        }

        return newest;
    }

    private int FindClaim(in Checkpoint checkpoint, NasState state)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            NasRecord record = _index[row];
            if (record.State == state && record.Claim == checkpoint.Claim && checkpoint.Claim != 0
                && record.IsKey(checkpoint.Mac, checkpoint.Offset))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>A record for a component that is new under a key: that which remembers the last one, or a free one.</summary>
    private int FindNew(long mac, int offset)
    {
        int row = FindForgotten(mac, offset);
        for (int i = 0; i < _index.Rows && row < 0; i++)
        {
            row = _index[i].State == NasState.Free ? i : -1;
        }

        return row < 0 ? _index.TakeRow() : row;
    }

    private int HighWater(long mac, int offset)
    {
        int high = 0;
        for (int row = 0; row < _index.Rows; row++)
        {
            NasRecord record = _index[row];
            if (record.IsKey(mac, offset) && record.HighWater > high)
            {
                high = record.HighWater;
            }
        }

        return high;
    }

    private bool IsBeingRestored(int ticket)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            NasRecord record = _index[row];
            if (record.State == NasState.Claimed && record.ClaimTicket == ticket)
            {
                return true;
            }
        }

        return false;
    }

    private int FindPending()
    {
        for (int i = 0; i < MaxPending; i++)
        {
            if (!_pending[i].IsUsed)
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsPending(in Checkpoint checkpoint)
    {
        for (int i = 0; i < MaxPending; i++)
        {
            if (_pending[i].IsUsed && _pending[i].Checkpoint.Is(checkpoint.Mac, checkpoint.Offset))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first free extent that is large enough; 0 for none.</summary>
    private int FindExtent(int blocks)
    {
        int at = 2 * _index.AreaBlocks;
        for (int end = EndOfOverlap(at, blocks); end != 0; end = EndOfOverlap(at, blocks))
        {
            at = end;
        }

        return at <= _index.BlockCount - blocks ? at : 0;
    }

    private int EndOfOverlap(int at, int blocks)
    {
        for (int row = 0; row < _index.Rows; row++)
        {
            NasRecord record = _index[row];
            int end = record.HasImage ? record.Block + Blocks(record.Length) : 0;
            if (end > at && record.Block < at + blocks)
            {
                return end;
            }
        }

        for (int i = 0; i < MaxPending; i++)
        {
            PendingImage pending = _pending[i];
            int end = pending.IsUsed ? pending.Block + Blocks(pending.Checkpoint.Size) : 0;
            if (end > at && pending.Block < at + blocks)
            {
                return end;
            }
        }

        return 0;
    }
}
