// The header of a reply as it came over the wire, taken apart. What is here is only believed once the frame's checksum was compared.
// Invariant: whatever the bytes are, Length is 0 to MostPayload and the whole frame lies within what was received, or Read answers false.
using System;
using Tern.Fpga;

namespace Tern.Os;

/// <summary>A reply of the co-processor; reused, so that a reply costs no memory.</summary>
internal sealed class ReplyFrame
{
    /// <summary>Bytes of the header.</summary>
    internal const int Header = FpgaReply.Payload;

    /// <summary>Bytes of a reply without a payload.</summary>
    internal const int Empty = Header + CrcSize;

    /// <summary>Most bytes of a payload, either way.</summary>
    internal const int MostPayload = 4096;

    internal const int CrcSize = 4;

    /// <summary>The header's bytes, to be filled before <see cref="Read"/>.</summary>
    internal byte[] Bytes { get; } = new byte[Header];

    /// <summary>Of the command that this answers.</summary>
    internal byte Sequence => Bytes[FpgaReply.Sequence];

    /// <summary>See <see cref="FpgaStatus"/>.</summary>
    internal byte Status => Bytes[FpgaReply.Status];

    /// <summary>Bytes of payload.</summary>
    internal int Length { get; private set; }

    /// <summary>The payload that the frame would have if more of it had been received; 0 when it is no frame at all, or whole.</summary>
    internal int Cut { get; private set; }

    /// <summary>What became of the last frame; see <see cref="Fpga.FpgaLink"/>.</summary>
    internal byte Link => Bytes[FpgaReply.Link];

    /// <summary>The number of the queued job, or the asked job's value.</summary>
    internal int Value => BitConverter.ToInt32(Bytes, FpgaReply.Value);

    /// <summary>The job that ended last.</summary>
    internal byte FinishedJob => Bytes[FpgaReply.FinishedJob];

    /// <summary>Pending causes; see <see cref="FpgaInterrupt"/>.</summary>
    internal byte Interrupts => Bytes[FpgaReply.Interrupts];

    /// <summary>Whether the interrupt line is high.</summary>
    internal bool HasInterrupt => (Bytes[FpgaReply.Flags] & FpgaFlag.Interrupt) != 0;

    /// <summary>Whether the co-processor was identified since it was reset.</summary>
    internal bool IsIntroduced => (Bytes[FpgaReply.Flags] & FpgaFlag.Introduced) != 0;

    /// <summary>Forgets what was read.</summary>
    internal void Clear()
    {
        Length = 0;
        Cut = 0;
    }

    /// <summary>Takes the header apart.</summary>
    /// <param name="received">How many bytes of the frame came in, the header included.</param>
    /// <returns>Whether this can be a whole reply: then its checksum covers <see cref="Covered"/> bytes from <see cref="FpgaReply.Sequence"/> on and stands behind them.</returns>
    internal bool Read(int received)
    {
        Clear();
        if (received < Empty || Bytes[FpgaReply.Lead] != FpgaLead.First || Bytes[FpgaReply.Lead + 1] != FpgaLead.Second)
        {
            return false;
        }

        int length = Bytes[FpgaReply.Length] | (Bytes[FpgaReply.Length + 1] << 8);
        if (length > MostPayload || length > received - Empty)
        {
            Cut = length <= MostPayload ? length : 0;
            return false;
        }

        Length = length;
        return true;
    }

    /// <summary>How many bytes the checksum covers.</summary>
    internal int Covered => Header - FpgaReply.Sequence + Length;
}
