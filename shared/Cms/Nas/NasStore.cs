// The store: checkpoints by key, each with an epoch; a claim raises it. This file: storing; beside it: claims and searching.
// Invariants: an image is durable before its record names it; a checkpoint is forgotten only in the same atomic step that
// names its successor; an extent that a record names is never written. Whoever holds an old epoch gets Stale.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>A NAS's checkpoints on one disk.</summary>
public sealed partial class NasStore
{
    /// <summary>Most images that may be on their way to the disk at once.</summary>
    public const int MaxPending = 8;

    private readonly BlockSession _disk;
    private readonly CryptoSession _crypto;
    private readonly NasIndex _index;
    private readonly PendingImage[] _pending = new PendingImage[MaxPending];

    /// <summary>A store that is not open yet.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="disk">Where it is.</param>
    /// <param name="crypto">For checksums.</param>
    public NasStore(Env env, BlockSession disk, CryptoSession crypto)
    {
        _disk = disk;
        _crypto = crypto;
        _index = new NasIndex(env, disk, crypto);
        for (int i = 0; i < MaxPending; i++)
        {
            _pending[i] = new PendingImage();
        }
    }

    /// <summary>Bytes a block; pieces of images are written and read in multiples of it.</summary>
    public int BlockSize => _index.BlockSize;

    /// <summary>How the store came to its index when it was opened last, or why it has none.</summary>
    public NasOpening Opening => _index.Opening;

    /// <summary>Names what was refused (see <see cref="Open"/>); empty when nothing was.</summary>
    public string Fingerprint => _index.Fingerprint;

    /// <summary>Blocks that both copies of the index take.</summary>
    public int IndexBlocks => 2 * _index.AreaBlocks;

    /// <summary>Blocks of the disk.</summary>
    public int BlockCount => _index.BlockCount;

    /// <summary>Whether the last change is on the disk twice.</summary>
    public bool IsMirrored => _index.IsMirrored;

    /// <summary>Reads the index, or makes one on a blank disk.</summary>
    /// <param name="given">The <see cref="Fingerprint"/> of a refused disk whose content is given up; empty for none. It names those bytes
    /// alone: left in a configuration, it gives up nothing else.</param>
    /// <returns>BadData when the index is refused; Full when the disk is too small; DeviceFailed; NoDevice.</returns>
    public Error Open(string given)
    {
        for (int i = 0; i < MaxPending; i++)
        {
            _pending[i].IsUsed = false;
        }

        return _index.Open(given);
    }

    /// <summary>Takes room for an image.</summary>
    /// <param name="checkpoint">What is to be stored; gets the epoch that it will have.</param>
    /// <param name="image">The number to write it by.</param>
    /// <returns>Exists when exactly this is stored already; Stale when somebody has claimed it since; Full; Busy; TableFull.</returns>
    public Error Begin(ref Checkpoint checkpoint, out int image)
    {
        Checkpoint asked = checkpoint;
        image = FindPending();
        Error error = checkpoint.Size == 0 || checkpoint.Mac == 0 ? Error.BadArgument : image < 0 || IsPending(in checkpoint) ? Error.Busy : Error.None;
        error = error == Error.None ? Place(ref checkpoint, out int _) : error;
        error = error == Error.None ? _index.Settle() : error;
        if (error != Error.None)
        {
            return error;
        }

        int block = FindExtent(Blocks(checkpoint.Size));
        if (block == 0)
        {
            return Error.Full;
        }

        PendingImage pending = _pending[image];
        pending.IsUsed = true;
        pending.Checkpoint = asked;
        pending.Block = block;
        pending.Written = 0;
        pending.Crc = 0;
        return Error.None;
    }

    /// <summary>Writes the next piece of an image: whole blocks, but for the last piece, behind which there must be room for the rest of its block.</summary>
    public Error Write(int image, int dataspace, int offset, int length)
    {
        PendingImage pending = _pending[image];
        bool last = pending.Written + length == pending.Checkpoint.Size;
        if (length <= 0 || length > pending.Checkpoint.Size - pending.Written || (!last && length % BlockSize != 0))
        {
            return Error.BadArgument;
        }

        pending.Crc = _crypto.Crc32(dataspace, offset, length, pending.Crc, out Error error);
        error = error == Error.None
            ? _disk.Write(pending.Block + (pending.Written / BlockSize), Blocks(length), dataspace, offset)
            : error;
        pending.Written += length;
        return error;
    }

    /// <summary>Makes an image the checkpoint of its key, in the place of the one before. It is no longer pending afterwards.</summary>
    /// <param name="image">The number from <see cref="Begin"/>.</param>
    /// <param name="checkpoint">Gets what is stored, with its epoch.</param>
    /// <returns>None when it is durable; BadData when it is not what was announced; Stale when it was claimed meanwhile;
    /// DeviceFailed when this commit or the one before it is, and which is not known until the next one.</returns>
    public Error Commit(int image, ref Checkpoint checkpoint)
    {
        PendingImage pending = _pending[image];
        pending.IsUsed = false;
        checkpoint = pending.Checkpoint;
        if (pending.Written != checkpoint.Size || pending.Crc != checkpoint.Crc)
        {
            return Error.BadData;
        }

        int row = -1;
        Error error = _disk.Flush();
        error = error == Error.None ? Place(ref checkpoint, out row) : error;
        if (error != Error.None)
        {
            return error;
        }

        NasRecord record = _index[row];
        record.Set(in checkpoint);
        record.State = NasState.Stored;
        record.Block = pending.Block;
        return _index.Commit();
    }

    /// <summary>Gives an image's room back.</summary>
    public void Cancel(int image) => _pending[image].IsUsed = false;

    /// <summary>Finds the record that a checkpoint will have, and the epoch in it.</summary>
    private Error Place(ref Checkpoint checkpoint, out int row)
    {
        long mac = checkpoint.Mac;
        int offset = checkpoint.Offset;
        if (checkpoint.Epoch != 0)
        {
            row = FindHeld(mac, offset, checkpoint.Epoch);
            return row < 0 ? Error.Stale : JudgeSuccessor(in checkpoint, _index[row]);
        }

        if (checkpoint.Ticket != 0)
        {
            row = FindRestored(mac, offset, checkpoint.Ticket);
            if (row >= 0)
            {
                checkpoint.Epoch = _index[row].Epoch;
                return JudgeSuccessor(in checkpoint, _index[row]);
            }

            // Restored, but that is not confirmed yet: welcome. Restored, and claimed away since: too late.
            if (!IsBeingRestored(checkpoint.Ticket))
            {
                return Error.Stale;
            }
        }

        checkpoint.Epoch = HighWater(mac, offset) + 1;
        row = checkpoint.Ticket == 0 ? Newest(mac, offset, NasState.Stored) : -1;
        row = row < 0 ? FindNew(mac, offset) : row;
        return row < 0 ? Error.TableFull : Error.None;
    }

    private static Error JudgeSuccessor(in Checkpoint checkpoint, NasRecord record)
    {
        if (checkpoint.Commit > record.Commit)
        {
            return Error.None;
        }

        bool same = checkpoint.Commit == record.Commit && checkpoint.Size == record.Length && checkpoint.Crc == record.Crc;
        return same ? Error.Exists : Error.Stale;
    }
}
