// The frame checker: takes a selection's bytes and says at its end whether they were a command frame in order.
// Invariants: a frame is good only if its length fits, every byte came and its CRC-32 matches; bytes after its end are ignored. A payload that
// began while the payload's buffer belonged to a job is refused.
using System.Buffers.Binary;
using Tern.Fpga;

namespace Tern.HostEmulator;

internal sealed class FpgaFrameReceiver
{
    private const int CrcBytes = 4;

    private readonly byte[] _frame = new byte[FpgaRequest.Payload + FpgaLimits.Payload + CrcBytes];
    private int _count;

    /// <summary>The payload of the frame that came last was not stored, because the buffer belonged to a job.</summary>
    internal bool PayloadRefused { get; private set; }

    internal byte Command => _frame[FpgaRequest.Command];

    internal byte Sequence => _frame[FpgaRequest.Sequence];

    internal uint Argument0 => Word(FpgaRequest.Argument0);

    internal uint Argument1 => Word(FpgaRequest.Argument1);

    internal uint Argument2 => Word(FpgaRequest.Argument2);

    internal int Length => BinaryPrimitives.ReadUInt16LittleEndian(_frame.AsSpan(FpgaRequest.Length));

    internal ReadOnlySpan<byte> Payload => _frame.AsSpan(FpgaRequest.Payload, Length);

    /// <summary>CS falls.</summary>
    internal void Begin()
    {
        _count = 0;
        PayloadRefused = false;
    }

    /// <summary>One byte came in.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="bufferBusy">Whether the payload's buffer belongs to a job now.</param>
    internal void Take(byte value, bool bufferBusy)
    {
        if (_count == FpgaRequest.Payload && Length > 0)
        {
            PayloadRefused = bufferBusy;
        }

        if (_count < _frame.Length)
        {
            _frame[_count] = value;
        }

        _count++;
    }

    /// <summary>CS rises.</summary>
    /// <returns><see cref="FpgaLink.Taken"/> for a good frame, otherwise what was wrong.</returns>
    internal byte End()
    {
        if (_count < FpgaRequest.Payload)
        {
            return FpgaLink.Truncated;
        }

        if (Length > FpgaLimits.Payload)
        {
            return FpgaLink.BadLength;
        }

        int covered = FpgaRequest.Payload + Length;
        if (_count < covered + CrcBytes)
        {
            return FpgaLink.Truncated;
        }

        return Crc32.Continue(0, _frame.AsSpan(0, covered)) == Word(covered) ? FpgaLink.Taken : FpgaLink.BadCrc;
    }

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_frame.AsSpan(at));
}
