// What was measured, before anybody words or draws it.
namespace Tern.HostEmulator;

/// <summary>Clocks of a copy at a latency of the memory.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="ReadLatency">Clocks from a read's address to its first data.</param>
/// <param name="Clocks">From the command's end to the interrupt.</param>
internal sealed record JobFigure(int Bytes, int ReadLatency, long Clocks);

/// <summary>From which size on it pays to have the co-processor copy.</summary>
/// <param name="ClockHz">The rate of the bits on the bus.</param>
/// <param name="Processor">Compared with whom.</param>
/// <param name="Known">The size from which on the copy is known to be done sooner; <c>null</c> for none that was measured.</param>
/// <param name="Busy">The size from which on the processor is kept busy for less.</param>
internal sealed record PayFigure(int ClockHz, ProcessorCopy Processor, int? Known, int? Busy);

/// <summary>What interception adds to a write.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Clocks">Of the write alone, from the command's end to the interrupt.</param>
/// <param name="MirroredClocks">Of one that is mirrored and marked.</param>
/// <param name="BoardTime">Picoseconds that the board knows later of it, at the rate at which that is most.</param>
internal sealed record MirrorFigure(int Bytes, long Clocks, long MirroredClocks, long BoardTime);

/// <summary>All of a measurement.</summary>
internal sealed class FpgaFigures
{
    /// <summary>Who was measured, as the command line calls it.</summary>
    internal required string Core { get; init; }

    /// <summary>The latency at which everything but <see cref="Jobs"/> was measured.</summary>
    internal required FpgaTiming Timing { get; init; }

    /// <summary>The rates of the bus.</summary>
    internal required IReadOnlyList<int> Rates { get; init; }

    /// <summary>Who copies otherwise.</summary>
    internal required IReadOnlyList<ProcessorCopy> Processors { get; init; }

    /// <summary>The job alone, by size and latency.</summary>
    internal required IReadOnlyList<JobFigure> Jobs { get; init; }

    /// <summary>Copies of what is beside the co-processor, by size and rate.</summary>
    internal required IReadOnlyList<OffloadedCopy> Copies { get; init; }

    /// <summary>Copies of what is on the board, by size and rate.</summary>
    internal required IReadOnlyList<OffloadedCopy> Writes { get; init; }

    /// <summary>By rate and processor.</summary>
    internal required IReadOnlyList<PayFigure> Pays { get; init; }

    /// <summary>By size.</summary>
    internal required IReadOnlyList<MirrorFigure> Mirrors { get; init; }

    /// <summary>By processor and depth.</summary>
    internal required IReadOnlyList<DriverFigure> Drivers { get; init; }

    /// <summary>The rate at which the driver was measured: the usual one.</summary>
    internal required int DriverRate { get; init; }

    /// <summary>The sizes of the copies.</summary>
    internal IEnumerable<int> Sizes => Copies.Select(copy => copy.Bytes).Distinct();

    internal OffloadedCopy Copy(int bytes, int rate) => Copies.Single(copy => copy.Bytes == bytes && copy.ClockHz == rate);

    internal OffloadedCopy Write(int bytes, int rate) => Writes.Single(write => write.Bytes == bytes && write.ClockHz == rate);

    internal PayFigure Pay(int rate, ProcessorCopy processor) => Pays.Single(pay => pay.ClockHz == rate && pay.Processor == processor);
}
