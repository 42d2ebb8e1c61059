// A reply as it came over the wire, taken apart.
using System.Buffers.Binary;
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

/// <param name="Wire">All bytes of the selection in which it came.</param>
internal sealed record FpgaAnswer(byte[] Wire)
{
    internal byte Sequence => Wire[FpgaReply.Sequence];

    internal byte Status => Wire[FpgaReply.Status];

    internal int Length => BinaryPrimitives.ReadUInt16LittleEndian(Wire.AsSpan(FpgaReply.Length));

    internal byte Link => Wire[FpgaReply.Link];

    internal byte Flags => Wire[FpgaReply.Flags];

    internal uint Value => BinaryPrimitives.ReadUInt32LittleEndian(Wire.AsSpan(FpgaReply.Value));

    internal byte FinishedJob => Wire[FpgaReply.FinishedJob];

    internal byte FreeJobs => Wire[FpgaReply.FreeJobs];

    internal byte Interrupts => Wire[FpgaReply.Interrupts];

    internal byte BadFrames => Wire[FpgaReply.BadFrames];

    internal byte[] Payload => Wire[FpgaReply.Payload..(FpgaReply.Payload + Length)];

    /// <summary>Lead, length and CRC-32 are in order.</summary>
    internal bool IsWhole => Wire[0] == FpgaLead.First && Wire[1] == FpgaLead.Second && Wire.Length >= FpgaFrames.Bare + Length
        && Crc32.Continue(0, Wire.AsSpan(FpgaReply.Sequence, FpgaReply.Payload - FpgaReply.Sequence + Length))
            == BinaryPrimitives.ReadUInt32LittleEndian(Wire.AsSpan(FpgaReply.Payload + Length));
}
