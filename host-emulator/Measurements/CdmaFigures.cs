// What checkpoints cost with and without the co-processor, before anybody words or draws it. Times are nanoseconds of virtual time.
namespace Tern.HostEmulator;

/// <summary>A target, and its driver.</summary>
/// <param name="Bytes">How large its ring is.</param>
/// <param name="Pages">How many pages of it change between two checkpoints.</param>
/// <param name="Frames">How many pages of it the driver has on the board at a time.</param>
internal sealed record CdmaCase(int Bytes, int Pages, int Frames = CdmaBoard.Frames);

/// <summary>What one periodic checkpoint costs: medians over several.</summary>
/// <param name="Stop">For how long the target is held.</param>
/// <param name="Whole">From the checkpoint's begin until its image is complete and sealed.</param>
/// <param name="Work">Of that, for how long the processor is at work for it, the target's own handlers not counted.</param>
/// <param name="LongestHandler">What the longest handler of RTCR or the driver takes: for so long nobody else runs.</param>
/// <param name="ImageBytes">The image's size.</param>
/// <param name="Tick">What one of the target's ticks takes, on average.</param>
/// <param name="LongestTick">What the longest takes.</param>
internal sealed record CheckpointCost(long Stop, long Whole, long Work, long LongestHandler, long ImageBytes, long Tick, long LongestTick)
{
    /// <summary>For how long the processor is free meanwhile: for the target, or for nothing.</summary>
    internal long Free => Whole - Work;
}

/// <summary>A case with both copiers.</summary>
/// <param name="Case">The target.</param>
/// <param name="Processor">The processor copies, and the target's memory is the board's.</param>
/// <param name="Coprocessor">The co-processor copies, and the target's memory is beside it.</param>
internal sealed record CdmaPair(CdmaCase Case, CheckpointCost Processor, CheckpointCost Coprocessor);

/// <summary>A case with a number of frames; the co-processor copies.</summary>
internal sealed record FrameFigure(CdmaCase Case, CheckpointCost Cost);

/// <summary>All of a measurement.</summary>
internal sealed class CdmaFigures
{
    /// <summary>Who played the co-processor, as the command line calls it.</summary>
    internal required string Core { get; init; }

    /// <summary>By pages, then by size.</summary>
    internal required IReadOnlyList<CdmaPair> Pairs { get; init; }

    /// <summary>One target with more and fewer frames, the most first.</summary>
    internal required IReadOnlyList<FrameFigure> Frames { get; init; }

    /// <summary>The sizes of the ring, ascending.</summary>
    internal int[] Sizes => [.. Pairs.Select(pair => pair.Case.Bytes).Distinct().Order()];

    /// <summary>The numbers of pages that change, ascending.</summary>
    internal int[] Pages => [.. Pairs.Select(pair => pair.Case.Pages).Distinct().Order()];

    /// <summary>The figures of a case; <c>null</c> when the ring has not as many pages.</summary>
    internal CdmaPair? Find(int bytes, int pages) => Pairs.FirstOrDefault(pair => pair.Case.Bytes == bytes && pair.Case.Pages == pages);

    /// <summary>The cases of a number of pages, by size.</summary>
    internal CdmaPair[] Of(int pages) => [.. Pairs.Where(pair => pair.Case.Pages == pages).OrderBy(pair => pair.Case.Bytes)];
}
