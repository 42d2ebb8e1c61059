// Checkpoints with and without the co-processor as text for people and as a page of the documents. The same figures give the same bytes.
namespace Tern.HostEmulator;

internal static class CdmaReport
{
    /// <summary>What is run, what modelled and what assumed.</summary>
    internal static IEnumerable<string> Basis(CdmaFigures figures) =>
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

    /// <summary>Writes everything as text.</summary>
    internal static void WriteText(TextWriter writer, CdmaFigures figures)
    {
        foreach (FigureTable table in CdmaTables.All(figures))
        {
            table.WriteText(writer);
            writer.WriteLine();
        }

        writer.WriteLine("What follows");
        writer.WriteLine();
        Prose.WriteList(writer, CdmaConclusions.Of(figures));
        writer.WriteLine();
        Prose.WriteList(writer, Basis(figures).Select(Prose.Plain));
    }

    /// <summary>Writes everything as a page.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="figures">What was measured.</param>
    /// <param name="command">The command line that writes it again.</param>
    /// <param name="picture">The plot's path from the page, or <c>null</c>.</param>
    internal static void WriteMarkdown(TextWriter writer, CdmaFigures figures, string command, string? picture)
    {
        writer.WriteLine("# What a checkpoint beside the co-processor costs");
        writer.WriteLine();
        writer.WriteLine("RTCR's module [`cdma`](../rtcr.md) beside checkpoints that the processor copies. What a single copy costs stands in "
            + "[fpga.md](fpga.md). Written by");
        writer.WriteLine();
        writer.WriteLine("```");
        writer.WriteLine(command);
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine("No board was measured:");
        writer.WriteLine();
        Prose.WriteList(writer, Basis(figures).Select(line => line.Replace("the cost model", "the [cost "
            + "model](../cost-model.md)", StringComparison.Ordinal)));
        writer.WriteLine();
        writer.WriteLine("## What follows");
        writer.WriteLine();
        Prose.WriteList(writer, CdmaConclusions.Of(figures));
        if (picture is not null)
        {
            writer.WriteLine();
            writer.WriteLine("![Stop time against the size of the ring, both logarithmic: for each number of changed pages the processor's "
                + $"and the co-processor's]({picture})");
        }

        foreach (FigureTable table in CdmaTables.All(figures))
        {
            writer.WriteLine();
            table.WriteMarkdown(writer);
        }
    }
}
