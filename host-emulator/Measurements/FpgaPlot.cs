// The measurement's plot: time against size for the processor's copies and the co-processor's, and what those keep the board busy for.
namespace Tern.HostEmulator;

internal static class FpgaPlot
{
    private const double Microsecond = 1e6;

    /// <summary>The plot.</summary>
    internal static LogPlot Of(FpgaFigures figures)
    {
        int[] sizes = [.. figures.Sizes];
        return new LogPlot(
            "A copy by the processor, and by the co-processor",
            "Time against size. The processor's lines rise in proportion; the co-processor's are flat up to some kilobytes and then rise more slowly; "
            + "the time for which they keep the board busy is flat.",
            "bytes copied",
            "time",
            [.. sizes.Where((_, index) => index % 2 == 0).Select(size => new PlotMark(size, Quantity.Size(size)))],
            [new(Microsecond, "1 µs"), new(1e7, "10 µs"), new(1e8, "100 µs"), new(1e9, "1 ms"), new(1e10, "10 ms"), new(1e11, "100 ms")],
            [.. Processors(figures, sizes), .. CoProcessor(figures, sizes)]);
    }

    private static IEnumerable<PlotLine> Processors(FpgaFigures figures, int[] sizes) => figures.Processors.Select((processor, index) =>
        new PlotLine("ESP32, " + processor.Name, index == 0 ? "first" : "second", Points(sizes, size => processor.Picoseconds(size))));

    private static IEnumerable<PlotLine> CoProcessor(FpgaFigures figures, int[] sizes)
    {
        for (int index = 0; index < figures.Rates.Count; index++)
        {
            int rate = figures.Rates[index];
            yield return new PlotLine($"done, SPI {FpgaTables.Rate(rate)}", Shade(index), Points(sizes, size => figures.Copy(size, rate).Known));
        }

        for (int index = 0; index < figures.Rates.Count; index++)
        {
            int rate = figures.Rates[index];
            yield return new PlotLine($"board busy, {FpgaTables.Rate(rate)}", Shade(index) + " dashed", Points(sizes, size => figures.Copy(size, rate).Busy));
        }
    }

    private static (double X, double Y)[] Points(int[] sizes, Func<int, long> time) => [.. sizes.Select(size => ((double)size, (double)time(size)))];

    private static string Shade(int index) => "shade" + Invariant.Of(index + 1);
}
