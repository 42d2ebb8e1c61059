// What checkpoints with and without the co-processor are reported as: what the figures rest on, and the words around them.
namespace Tern.HostEmulator;

internal static class CdmaReport
{
    /// <summary>The report of these figures.</summary>
    internal static MeasurementReport Of(CdmaFigures figures) => new()
    {
        Title = "What a checkpoint beside the co-processor costs",
        Subject = "RTCR's module [`cdma`](../rtcr.md) beside checkpoints that the processor copies. What a single copy costs stands in [fpga.md](fpga.md).",
        Picture = "Stop time against the size of the ring, both logarithmic: for each number of changed pages the processor's and the co-processor's",
        Basis = Basis(figures),
        Conclusions = [.. CdmaConclusions.Of(figures)],
        Tables = [.. CdmaTables.All(figures)],
    };

    /// <summary>What is run, what modelled and what assumed.</summary>
    private static string[] Basis(CdmaFigures figures) =>
    [
        $"*Run*: RTCR, the driver and a flight recorder as its target, as they are, on one virtual board of the kind {CdmaBoard.Kind}, "
        + "without a manager. The recorder writes a record to "
        + $"each of so many pages every {Invariant.Of(CdmaBoard.TickMilliseconds)} ms and verifies what it overwrites; a checkpoint is taken "
        + $"every {Invariant.Of(CdmaBoard.PeriodMilliseconds)} ms. "
        + "Beside these pages the one with its own state changes. "
        + "RTCR is more urgent than the driver, which has "
        + $"{Invariant.Of(CdmaBoard.Frames)} frames of {Quantity.Bytes(CdmaBoard.Page)}, and than the target. Medians of three, after a first one. "
        + "In every run the target finds its ring whole, and all checkpoints are made by who should make them.",
        "*Modelled*: the board's time, by the cost model's prices: accesses, crossings, dispatches, page faults, bytes copied and checked. "
        + "So the driver's work for each frame is counted "
        + "as far as it goes through the kernel.",
        $"*Simulated*: the co-processor ({(figures.Core == "rtl" ? "its RTL, made a native library by Verilator" : "its model in C#, not the RTL")}) at 100 MHz, on SPI at "
        + $"{FpgaTables.Rate(CdmaBoard.ClockHz)}. *Assumed*: transfers keep the processor waiting, and "
        + $"{FpgaTables.Time(SpiBus.GapPicoseconds)} after each until it goes on.",
    ];
}
