// The engine's work without its clocks: moves bytes between memory, pattern, payload, dirty map, reply, CRC-32 and comparison.
// Invariants: a transfer touches nothing beyond the memory and ends with an error there, as the bus's answer would have it; writes go
// through the interceptor, a burst at a time, in ascending order. Which of two errors in one transfer is told is the bus's affair and so
// not promised; here the source's comes first. How much a copy has written when its source ends is the bus's affair too.
using Tern.Fpga;

namespace Tern.HostEmulator;

internal sealed class FpgaEngine(byte[] memory, FpgaInterceptor interceptor, FpgaDirtyMap map)
{
    private const int WordBytes = 8;

    private readonly byte[] _reply = new byte[FpgaLimits.Payload];

    /// <summary>What the last transfer to the reply has left.</summary>
    internal ReadOnlySpan<byte> Reply => _reply;

    /// <summary>How many bytes a transfer comes to until an error, a difference or its end.</summary>
    internal uint Extent(FpgaTransfer transfer)
    {
        if (transfer.From == FpgaSource.Map)
        {
            return transfer.Length;
        }

        uint extent = transfer.Length;
        if (transfer.From == FpgaSource.Memory)
        {
            extent = Math.Min(extent, Room(transfer.Source));
        }

        if (transfer.To is FpgaSink.Memory or FpgaSink.Comparison)
        {
            extent = Math.Min(extent, Room(transfer.Destination));
        }

        return transfer.To == FpgaSink.Comparison ? (uint)CommonPrefix(transfer, (int)extent) : extent;
    }

    /// <summary>Does a transfer, or as much of it as so many bytes are.</summary>
    /// <param name="transfer">What to do; lengths and the map's bounds were checked by the decoder.</param>
    /// <param name="payload">The payload's buffer.</param>
    /// <param name="most">Bytes after which it is stopped.</param>
    internal FpgaOutcome Do(FpgaTransfer transfer, ReadOnlySpan<byte> payload, long most)
    {
        FpgaOutcome outcome = transfer.To switch
        {
            FpgaSink.Memory => Write(transfer, payload, most),
            FpgaSink.Comparison => Compare(transfer),
            FpgaSink.Crc => Checksum(transfer),
            _ => transfer.From == FpgaSource.Map ? ReadMap(transfer, most) : Read(transfer),
        };
        return most < transfer.Length && outcome.Status == FpgaStatus.Ok ? new FpgaOutcome(FpgaStatus.Aborted, 0) : outcome;
    }

    private FpgaOutcome Write(FpgaTransfer transfer, ReadOnlySpan<byte> payload, long most)
    {
        Span<byte> burst = stackalloc byte[FpgaLimits.WriteBurst];
        uint left;
        for (uint done = 0; done < transfer.Length; done += left)
        {
            uint at = transfer.Destination + done;
            left = Math.Min(transfer.Length - done, FpgaLimits.WriteBurst - (at % FpgaLimits.WriteBurst));
            if (done + left > most)
            {
                break;
            }

            Span<byte> data = burst[..(int)left];
            if (!Fetch(transfer, payload, done, data))
            {
                return ReadError(transfer.Source);
            }

            if (!interceptor.Write(at, data))
            {
                return new FpgaOutcome(FpgaStatus.WriteError, at & ~(WordBytes - 1u));
            }
        }

        return new FpgaOutcome(FpgaStatus.Ok, 0);
    }

    /// <summary>A burst's bytes from where they come.</summary>
    /// <returns>Whether the memory has them all.</returns>
    private bool Fetch(FpgaTransfer transfer, ReadOnlySpan<byte> payload, uint done, Span<byte> data)
    {
        switch (transfer.From)
        {
            case FpgaSource.Memory:
                uint source = transfer.Source + done;
                if (Room(source) < data.Length)
                {
                    return false;
                }

                memory.AsSpan((int)source, data.Length).CopyTo(data);
                return true;
            case FpgaSource.Pattern:
                for (int index = 0; index < data.Length; index++)
                {
                    data[index] = (byte)(transfer.Source >> (int)(8 * ((done + (uint)index) % 4)));
                }

                return true;
            default:
                payload.Slice((int)done, data.Length).CopyTo(data);
                return true;
        }
    }

    private FpgaOutcome Read(FpgaTransfer transfer)
    {
        if (Room(transfer.Source) < transfer.Length)
        {
            return ReadError(transfer.Source);
        }

        memory.AsSpan((int)transfer.Source, (int)transfer.Length).CopyTo(_reply);
        return new FpgaOutcome(FpgaStatus.Ok, 0);
    }

    private FpgaOutcome Checksum(FpgaTransfer transfer)
    {
        if (transfer.Length > 0 && Room(transfer.Source) < transfer.Length)
        {
            return ReadError(transfer.Source);
        }

        return new FpgaOutcome(FpgaStatus.Ok, transfer.Length == 0 ? 0 : Crc32.Continue(0, memory.AsSpan((int)transfer.Source, (int)transfer.Length)));
    }

    private FpgaOutcome Compare(FpgaTransfer transfer)
    {
        uint extent = Extent(transfer);
        if (extent == transfer.Length)
        {
            return new FpgaOutcome(FpgaStatus.Ok, 0);
        }

        if (Room(transfer.Source) == extent)
        {
            return ReadError(transfer.Source);
        }

        return Room(transfer.Destination) == extent
            ? ReadError(transfer.Destination)
            : new FpgaOutcome(FpgaStatus.Mismatch, transfer.Destination + extent);
    }

    private FpgaOutcome ReadMap(FpgaTransfer transfer, long most)
    {
        int first = (int)transfer.Source, bytes = (int)Math.Min(transfer.Length, most);
        if (transfer.To == FpgaSink.Reply)
        {
            map.Bits.Slice(first / 8, bytes).CopyTo(_reply);
        }

        if ((transfer.Destination & 1) != 0)
        {
            map.Clear(first, bytes);
        }

        return new FpgaOutcome(FpgaStatus.Ok, 0);
    }

    /// <summary>How many bytes the memory has from an address on.</summary>
    private uint Room(uint address) => address < memory.Length ? (uint)memory.Length - address : 0;

    private int CommonPrefix(FpgaTransfer transfer, int extent) => extent == 0 ? 0
        : memory.AsSpan((int)transfer.Source, extent).CommonPrefixLength(memory.AsSpan((int)transfer.Destination, extent));

    /// <summary>The first word that the memory refuses.</summary>
    private FpgaOutcome ReadError(uint address) => new(FpgaStatus.ReadError, Math.Max(address & ~(WordBytes - 1u), (uint)memory.Length));
}
