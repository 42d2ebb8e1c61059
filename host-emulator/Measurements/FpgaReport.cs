// What copies by the co-processor are reported as: what the figures rest on, and the words around them.
namespace Tern.HostEmulator;

internal static class FpgaReport
{
    /// <summary>The report of these figures.</summary>
    internal static MeasurementReport Of(FpgaFigures figures) => new()
    {
        Title = "Where the co-processor pays",
        Subject = "What a copy by the [FPGA co-processor](../../hw/README.md) costs a board, beside a copy by the board's own processor.",
        Picture = "Time against size, both logarithmic: the processor's copies, and the co-processor's at each rate of SPI",
        Basis = Basis(figures),
        Conclusions = [.. FpgaConclusions.Of(figures)],
        Tables = [.. FpgaTables.All(figures)],
    };

    /// <summary>What is simulated, what modelled and what assumed.</summary>
    private static string[] Basis(FpgaFigures figures) =>
    [
        $"*Simulated*: the co-processor ({(figures.Core == "rtl" ? "its RTL, made a native library by Verilator" : "its model in C#, not the RTL")}) at 100 MHz, "
        + $"with a memory that answers reads after {Invariant.Of(figures.Timing.ReadLatency)} clocks and writes after {Invariant.Of(figures.Timing.WriteLatency)} "
        + "unless said otherwise, and is never busy with anybody else. Clocks are exact. The memory of a Zynq board is slower if its bus is 16 bits wide: do not count on more than 700 MB/s of copying there.",
        "*Simulated*: the frames that the driver sends, each answered and checked, and the bytes compared after each copy.",
        $"*Assumed*: SPI transfers keep the processor waiting, and {FpgaTables.Time(SpiBus.GapPicoseconds)} after each until it goes on; "
        + "an interrupt is served at once; but for the last table, what the driver computes takes no time.",
        $"*Assumed*: an ESP32 copies at {FpgaTables.Listed(figures.Processors.Select(Price))} (prices of the cost model; what its smaller memory cannot hold is what the price would give).",
    ];

    private static string Price(ProcessorCopy processor) => $"{FpgaTables.Time(processor.PicosecondsPerByte)}/B in {processor.Name}";
}
