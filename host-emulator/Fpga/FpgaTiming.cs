// How many clocks the engine takes for a transfer, as a formula. Its numbers were read off the RTL, and a test compares the two.
//
// With W words of eight bytes at the destination, L clocks of read latency and M of write latency, a transfer takes
//   fill, write    7 + W + B + M        copy      9 + W + B + L + M    read    6 + W + L
//   CRC-32         7 + 2 W + L          compare   1 + 2 W + (7 + 2 L) for each 512 words that were begun
//   dirty map      4 + 66 W             nothing   1
// where B is the words of the longest burst of writes, which is begun when all its words are there,
// and one more if the source begins at a higher byte of its word than the destination. A job adds a clock, and each entry of a list two.
// It holds for latencies up to 128 and a memory without back-pressure; a transfer that ends early is counted up to where it ends, a
// comparison up to the last word that it had asked for.
namespace Tern.HostEmulator;

/// <summary>How long the memory makes the engine wait, and so how long a job takes.</summary>
/// <param name="ReadLatency">Clocks from a read's address to its first data, 0 to 128.</param>
/// <param name="WriteLatency">Clocks from a write's last data to its answer, 0 to 128.</param>
public sealed record FpgaTiming(int ReadLatency, int WriteLatency)
{
    /// <summary>What both cores assume unless told otherwise: figures for a Zynq's DDR through an HP port at 100 MHz, not measured on one.</summary>
    public static FpgaTiming Default { get; } = new(32, 8);

    /// <summary>Clocks from a frame's end until its job stands in the queue.</summary>
    internal const int Decoding = 2;

    private const int WordBytes = 8;
    private const int ReadWords = FpgaLimits.ReadBurst / WordBytes;
    private const int WrittenWords = FpgaLimits.WriteBurst / WordBytes;
    private const int ComparedWords = 512;

    /// <summary>Clocks from the engine's stop until the bus is quiet.</summary>
    internal long Stopping => 8 + ReadLatency + WriteLatency;

    /// <summary>Clocks of a whole job, from when it stands first in the queue.</summary>
    internal long Clocks(in FpgaJob job, ReadOnlySpan<byte> payload, FpgaEngine engine)
    {
        long clocks = 1;
        for (int index = 0; index < job.Count; index++)
        {
            FpgaTransfer transfer = job.Transfer(index, payload);
            uint extent = engine.Extent(transfer);
            clocks += Clocks(transfer, extent) + (job.IsList ? 2 : 0);
            if (extent < transfer.Length)
            {
                break;
            }
        }

        return clocks;
    }

    /// <summary>Clocks of a transfer that comes to so many bytes.</summary>
    internal long Clocks(FpgaTransfer transfer, uint extent)
    {
        if (transfer.Length == 0)
        {
            return 1;
        }

        uint sourceLane = transfer.From == FpgaSource.Memory ? transfer.Source % WordBytes : 0;
        uint lane = transfer.To is FpgaSink.Memory or FpgaSink.Comparison ? transfer.Destination % WordBytes : 0;
        long words = (lane + (long)extent + WordBytes - 1) / WordBytes;
        long all = (lane + (long)transfer.Length + WordBytes - 1) / WordBytes;
        long skipped = sourceLane > lane ? 1 : 0;
        return skipped + transfer switch
        {
            { From: FpgaSource.Map } => 4 + (66 * words),
            { To: FpgaSink.Reply } => 6 + words + ReadLatency,
            { To: FpgaSink.Crc } => 7 + (2 * words) + ReadLatency,
            { To: FpgaSink.Comparison } => Comparison(Math.Min(((lane + extent) / WordBytes) + 1, all), all),
            { From: FpgaSource.Memory } => 9 + words + LongestBurst(transfer.Destination, words) + ReadLatency + WriteLatency,
            _ => 7 + words + LongestBurst(transfer.Destination, words) + WriteLatency,
        };
    }

    /// <summary>Words of the longest burst in which so many are written.</summary>
    private static long LongestBurst(uint destination, long words)
    {
        long first = Math.Min(words, WrittenWords - (destination / WordBytes % WrittenWords));
        return Math.Max(first, Math.Min(words - first, WrittenWords));
    }

    /// <summary>
    /// The source's words are read as far as the FIFO holds them, then the destination's; and so on. When a difference is found, what was asked
    /// for, a burst a clock, still comes.
    /// </summary>
    private long Comparison(long words, long all)
    {
        long rounds = Math.Max(0, words - 1) / ComparedWords;
        long before = rounds * ComparedWords;
        long sources = Math.Min(ComparedWords, all - before);
        long destinations = Math.Min(sources, ReadWords * (words - before + ReadLatency + 1));
        return 1 + (2 * before) + sources + destinations + ((rounds + 1) * (7 + (2 * ReadLatency)));
    }
}
