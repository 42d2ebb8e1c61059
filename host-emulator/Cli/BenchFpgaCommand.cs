// tern bench fpga: where having the co-processor copy pays, and where not.
using System.CommandLine;

namespace Tern.HostEmulator;

internal sealed class BenchFpgaCommand(Output output, Func<FpgaCoreKind, int, FpgaTiming, IFpgaCore> coreOf)
{
    private const string Rtl = "rtl";

    private readonly Option<string> _core = new("--core")
    {
        Description = "who is measured: rtl, the hardware description itself; model, in C#",
        DefaultValueFactory = _ => Rtl,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "text: for people; json or csv: for programs, times in picoseconds",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<string?> _markdown = new("--markdown") { Description = "also write a page, as docs/results/fpga.md" };

    private readonly Option<string?> _plot = new("--plot") { Description = "also draw time against size, as an SVG file" };

    internal Command NewCommand()
    {
        var command = new Command("fpga", "Copies by the co-processor, beside an ESP32's own: clocks, times, what stays for computing, from which size on it pays.");
        _core.AcceptOnlyFromAmong(BenchFpga.CoreWords);
        _format.AcceptOnlyFromAmong("text", "json", "csv");
        foreach (Option option in new Option[] { _core, _format, _markdown, _plot })
        {
            command.Options.Add(option);
        }

        ExamplesHelp.AddTo(
            ExitCodes.MeasureHelp,
            command,
            ["tern bench fpga", "all tables and what follows from them; hw/cosim/build makes the RTL a library first"],
            ["tern bench fpga --core model", "the same of the model, without a native library"],
            ["tern bench fpga --format csv > fpga.csv", "a line for each size and rate of SPI"],
            ["tern bench fpga --markdown docs/results/fpga.md --plot docs/images/fpga.svg", "the documents of this project"]);
        command.SetAction(parsed => CommandLine.WithFiles(output, () => Run(parsed)));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        FpgaFigures figures;
        try
        {
            figures = Measure(parsed.GetValue(_core)!);
        }
        catch (MeasurementException e)
        {
            output.Error.WriteLine("error: " + e.Message);
            return ExitCodes.Failed;
        }

        Write(parsed.GetValue(_format)!, figures);
        string? plot = parsed.GetValue(_plot);
        if (plot is not null)
        {
            File.WriteAllText(plot, FpgaPlot.Of(figures).ToSvg());
        }

        if (parsed.GetValue(_markdown) is { } page)
        {
            using var writer = new StreamWriter(page) { NewLine = "\n" };
            FpgaReport.WriteMarkdown(writer, figures, CommandLineOf(figures.Core, page, plot), plot is null ? null : RelativePath(page, plot));
        }

        return ExitCodes.Success;
    }

    private FpgaFigures Measure(string core)
    {
        try
        {
            var kind = (FpgaCoreKind)Array.IndexOf(BenchFpga.CoreWords, core);
            return new FpgaMeasurement(core, (memory, timing) => coreOf(kind, memory, timing)).Run(text => output.ShowProgress(text));
        }
        finally
        {
            output.ShowProgress("");
        }
    }

    private void Write(string format, FpgaFigures figures)
    {
        switch (format)
        {
            case "json":
                FpgaRecords.WriteJson(output.Standard, figures);
                break;
            case "csv":
                FpgaRecords.WriteCsv(output.Standard, figures);
                break;
            default:
                FpgaReport.WriteText(output.Standard, figures);
                break;
        }
    }

    /// <summary>The command line that gives a page again.</summary>
    private static string CommandLineOf(string core, string page, string? plot) =>
        "dotnet run --project host-emulator -- bench fpga" + (core == Rtl ? "" : " --core " + core) + " --markdown " + page + (plot is null ? "" : " --plot " + plot);

    private static string RelativePath(string page, string file) =>
        Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, Path.GetFullPath(file)).Replace('\\', '/');
}
