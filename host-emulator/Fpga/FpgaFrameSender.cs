// Sends the reply of the last command while the next one comes in: lead, header, payload and CRC-32, then zeroes.
// Invariants: whether the reply is there, and its length, are held from the selection's beginning to its end; the header's other bytes are as
// things stand when each is fetched, one byte before it is needed, so that flags and counts are never older than that.
using System.Buffers.Binary;
using Tern.Fpga;

namespace Tern.HostEmulator;

internal sealed class FpgaFrameSender(FpgaCommandDecoder decoder, FpgaEngine engine)
{
    internal const int IdentityBytes = 16;

    private const int CrcBytes = 4;

    private readonly byte[] _identity = MakeIdentity();
    private readonly byte[] _covered = new byte[FpgaReply.Payload + FpgaLimits.Payload + CrcBytes];
    private bool _pending;
    private int _length;

    /// <summary>CS falls.</summary>
    internal void Begin()
    {
        _pending = decoder.IsPending;
        _length = _pending ? 0 : decoder.Length;
    }

    /// <summary>The byte at a place of the frame, asked for in their order.</summary>
    internal byte At(int index)
    {
        if (index >= FpgaReply.Payload + _length + CrcBytes)
        {
            return 0;
        }

        if (index < FpgaReply.Payload)
        {
            _covered[index] = Header(index);
        }
        else if (index == FpgaReply.Payload)
        {
            Finish();
        }

        return _covered[index];
    }

    private byte Header(int index) => index switch
    {
        FpgaReply.Lead => FpgaLead.First,
        FpgaReply.Lead + 1 => FpgaLead.Second,
        FpgaReply.Sequence => decoder.Sequence,
        FpgaReply.Status => _pending ? FpgaStatus.Pending : decoder.Status,
        FpgaReply.Length => (byte)_length,
        FpgaReply.Length + 1 => (byte)(_length >> 8),
        FpgaReply.Link => decoder.Link,
        FpgaReply.Flags => decoder.Flags,
        >= FpgaReply.Value and < FpgaReply.Value + 4 => (byte)(decoder.Value >> (8 * (index - FpgaReply.Value))),
        FpgaReply.FinishedJob => decoder.FinishedJob,
        FpgaReply.FreeJobs => decoder.FreeJobs,
        FpgaReply.Interrupts => decoder.Interrupts,
        _ => decoder.BadFrames,
    };

    /// <summary>The header has gone: the payload stands, and so does the CRC-32.</summary>
    private void Finish()
    {
        ReadOnlySpan<byte> payload = decoder.IsIdentity ? _identity : engine.Reply;
        payload[.._length].CopyTo(_covered.AsSpan(FpgaReply.Payload));
        int end = FpgaReply.Payload + _length;
        uint crc = Crc32.Continue(0, _covered.AsSpan(FpgaReply.Sequence, end - FpgaReply.Sequence));
        BinaryPrimitives.WriteUInt32LittleEndian(_covered.AsSpan(end), crc);
    }

    private static byte[] MakeIdentity()
    {
        byte[] identity = new byte[IdentityBytes];
        "TERN"u8.CopyTo(identity.AsSpan(FpgaIdentity.Magic));
        identity[FpgaIdentity.Major] = FpgaVersion.Major;
        identity[FpgaIdentity.Minor] = FpgaVersion.Minor;
        identity[FpgaIdentity.Jobs] = FpgaLimits.Jobs;
        identity[FpgaIdentity.Regions] = FpgaLimits.Regions;
        identity[FpgaIdentity.PayloadBits] = FpgaLimits.PayloadBits;
        identity[FpgaIdentity.MapBits] = FpgaLimits.MapBits;
        identity[FpgaIdentity.WindowBits] = FpgaLimits.WindowBits;
        return identity;
    }
}
