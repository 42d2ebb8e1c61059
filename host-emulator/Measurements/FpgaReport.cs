// The measurement as text for people and as a page of the documents. The same figures give the same bytes.
namespace Tern.HostEmulator;

internal static class FpgaReport
{
    /// <summary>What is simulated, what modelled and what assumed.</summary>
    internal static IEnumerable<string> Basis(FpgaFigures figures) =>
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

    /// <summary>Writes everything as text.</summary>
    internal static void WriteText(TextWriter writer, FpgaFigures figures)
    {
        foreach (FigureTable table in FpgaTables.All(figures))
        {
            table.WriteText(writer);
            writer.WriteLine();
        }

        writer.WriteLine("What follows");
        writer.WriteLine();
        Prose.WriteList(writer, FpgaConclusions.Of(figures));
        writer.WriteLine();
        Prose.WriteList(writer, Basis(figures).Select(Prose.Plain));
    }

    /// <summary>Writes everything as a page.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="figures">What was measured.</param>
    /// <param name="command">The command line that writes it again.</param>
    /// <param name="picture">The plot's path from the page, or <c>null</c>.</param>
    internal static void WriteMarkdown(TextWriter writer, FpgaFigures figures, string command, string? picture)
    {
        writer.WriteLine("# Where the co-processor pays");
        writer.WriteLine();
        writer.WriteLine("What a copy by the [FPGA co-processor](../../hw/README.md) costs a board, beside a copy by the board's own processor. Written by");
        writer.WriteLine();
        writer.WriteLine("```");
        writer.WriteLine(command);
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine("No board was measured:");
        writer.WriteLine();
        Prose.WriteList(writer, Basis(figures).Select(line => line.Replace("the cost model", "the [cost model](../cost-model.md)", StringComparison.Ordinal)));
        writer.WriteLine();
        writer.WriteLine("## What follows");
        writer.WriteLine();
        Prose.WriteList(writer, FpgaConclusions.Of(figures));
        if (picture is not null)
        {
            writer.WriteLine();
            writer.WriteLine($"![Time against size, both logarithmic: the processor's copies, and the co-processor's at each rate of SPI]({picture})");
        }

        foreach (FigureTable table in FpgaTables.All(figures))
        {
            writer.WriteLine();
            table.WriteMarkdown(writer);
        }
    }
}
