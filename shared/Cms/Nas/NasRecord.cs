// A record of the index: 64 bytes, the same in memory and on the disk.
//   0 state   1 whether the last claim was confirmed   4 offset   8 MAC   16 size   20 commit   24 epoch   28 last claim
//  32 ticket   36 ticket of the last claim   40 CRC-32   44 capabilities needed   48 RAM needed   56 first block   60 zero
namespace Tern.Cms;

/// <summary>A view on a record.</summary>
internal readonly struct NasRecord(Kernel.Memory memory, int at)
{
    internal const int Size = NasFormat.RecordSize;

    internal int Address => at;

    internal NasState State { get => (NasState)memory.ReadByte(at); set => memory.WriteByte(at, (byte)value); }

    internal bool Confirmed { get => memory.ReadByte(at + 1) != 0; set => memory.WriteByte(at + 1, value ? (byte)1 : (byte)0); }

    internal int Offset => memory.ReadInt32(at + NasFormat.OffsetAt);

    internal long Mac => memory.ReadInt64(at + NasFormat.MacAt);

    internal int Length => memory.ReadInt32(at + NasFormat.LengthAt);

    internal int Commit => memory.ReadInt32(at + NasFormat.CommitAt);

    internal int Epoch { get => memory.ReadInt32(at + NasFormat.EpochAt); set => memory.WriteInt32(at + NasFormat.EpochAt, value); }

    /// <summary>The number of the last claim, also after it ended.</summary>
    internal int Claim { get => memory.ReadInt32(at + 28); set => memory.WriteInt32(at + 28, value); }

    /// <summary>Which restoration the component came from; 0 when it was new.</summary>
    internal int Ticket { get => memory.ReadInt32(at + 32); set => memory.WriteInt32(at + 32, value); }

    internal int ClaimTicket { get => memory.ReadInt32(at + 36); set => memory.WriteInt32(at + 36, value); }

    internal int Crc => memory.ReadInt32(at + 40);

    internal int Block { get => memory.ReadInt32(at + NasFormat.BlockAt); set => memory.WriteInt32(at + NasFormat.BlockAt, value); }

    /// <summary>The highest number that an epoch or a claim of this record's key has had.</summary>
    internal int HighWater => Epoch > Claim ? Epoch : Claim;

    internal bool HasImage => State is NasState.Stored or NasState.Claimed;

    /// <summary>Whether a store can have written it: numbers that it gives out, and an image that lies behind the index and on the disk.</summary>
    internal bool IsPossible(int firstBlock, int blockCount, int blockSize)
    {
        if (State == NasState.Free)
        {
            return true;
        }

        bool numbers = State <= NasState.Forgotten && Mac >= 0 && Mac <= Checkpoint.MaxMac && (Offset | Length | Commit | Claim) >= 0
            && Epoch > 0 && (State != NasState.Claimed || (Claim > 0 && ClaimTicket != 0))
            && memory.ReadInt32(at + 44) >= 0 && memory.ReadInt64(at + 48) >= 0;
        return numbers && (!HasImage || (Length > 0 && Block >= firstBlock && Block < blockCount && (Length - 1) / blockSize < blockCount - Block));
    }

    internal bool IsKey(long mac, int offset) => State != NasState.Free && Offset == offset && Mac == mac;

    internal void Clear() => memory.Clear(at, Size);

    internal void CopyTo(NasRecord other) => memory.Copy(at, other.Address, Size);

    internal void SetKey(long mac, int offset)
    {
        memory.WriteInt32(at + NasFormat.OffsetAt, offset);
        memory.WriteInt64(at + NasFormat.MacAt, mac);
    }

    /// <summary>Takes what is known of an image; state, claims and place stay.</summary>
    internal void Set(in Checkpoint checkpoint)
    {
        SetKey(checkpoint.Mac, checkpoint.Offset);
        memory.WriteInt32(at + NasFormat.LengthAt, checkpoint.Size);
        memory.WriteInt32(at + NasFormat.CommitAt, checkpoint.Commit);
        Epoch = checkpoint.Epoch;
        Ticket = checkpoint.Ticket;
        memory.WriteInt32(at + 40, checkpoint.Crc);
        memory.WriteInt32(at + 44, checkpoint.NeedCaps);
        memory.WriteInt64(at + 48, checkpoint.NeedRam);
    }

    internal void Get(ref Checkpoint checkpoint)
    {
        checkpoint.Mac = Mac;
        checkpoint.Ip = 0;
        checkpoint.Offset = Offset;
        checkpoint.Size = Length;
        checkpoint.Commit = Commit;
        checkpoint.Epoch = Epoch;
        checkpoint.Claim = State == NasState.Claimed ? Claim : 0;
        checkpoint.Ticket = State == NasState.Claimed ? ClaimTicket : Ticket;
        checkpoint.Crc = Crc;
        checkpoint.NeedCaps = memory.ReadInt32(at + 44);
        checkpoint.NeedRam = memory.ReadInt64(at + 48);
    }
}
