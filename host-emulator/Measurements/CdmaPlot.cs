// The plot of checkpoints with and without the co-processor: for how long the target is held, against its size.
namespace Tern.HostEmulator;

internal static class CdmaPlot
{
    private const long Millisecond = 1_000_000;

    private static readonly long[] Marks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
    private static readonly string[] Shades = ["shade1", "shade3", "shade4"];
    private static readonly string[] Warm = ["first", "first dashed", "second dashed"];

    /// <summary>The plot.</summary>
    internal static LogPlot Of(CdmaFigures figures)
    {
        long least = figures.Pairs.Min(pair => Math.Min(pair.Processor.Stop, pair.Coprocessor.Stop));
        long most = figures.Pairs.Max(pair => Math.Max(pair.Processor.Stop, pair.Coprocessor.Stop));
        int first = Math.Max(0, Array.FindLastIndex(Marks, mark => mark * Millisecond <= least));
        int last = Array.FindIndex(Marks, mark => mark * Millisecond >= most);
        return new LogPlot(
            "For how long a checkpoint holds its target",
            "Stop time against the size of the target's ring. The processor's rises with the size, whatever has changed; the co-processor's "
            + "rises with the pages that have changed, whatever the size.",
            "bytes of the ring",
            "stop time",
            [.. figures.Sizes.Select(size => new PlotMark(size, Quantity.Size(size)))],
            [.. Marks[first..((last < 0 ? Marks.Length - 1 : last) + 1)].Select(mark => new PlotMark(mark * Millisecond, Invariant.Of(mark) + " ms"))],
            [.. Lines(figures, "processor", Warm, pair => pair.Processor.Stop), .. Lines(figures, "co-processor", Shades, pair => pair.Coprocessor.Stop)]);
    }

    private static IEnumerable<PlotLine> Lines(CdmaFigures figures, string copier, string[] styles, Func<CdmaPair, long> stop) =>
        figures.Pages.Select((pages, index) => new PlotLine(
            $"{copier}, {Quantity.Count(pages, "page")}",
            styles[index % styles.Length],
            [.. figures.Of(pages).Select(pair => ((double)pair.Case.Bytes, (double)stop(pair)))]));
}
