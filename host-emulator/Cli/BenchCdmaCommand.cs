// tern bench cdma: what a checkpoint beside the co-processor costs and gains, measured on RTCR itself.
using System.CommandLine;

namespace Tern.HostEmulator;

internal sealed class BenchCdmaCommand(Output output, Func<FpgaCoreKind, int, IFpgaCore> coreOf)
{
    private const string Rtl = "rtl";

    private readonly Option<string> _core = new("--core")
    {
        Description = "who plays the co-processor: rtl, the hardware description itself; model, in C#",
        DefaultValueFactory = _ => Rtl,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "text: for people; json or csv: for programs, times in nanoseconds",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<string?> _markdown = new("--markdown") { Description = "also write a page, as docs/results/cdma.md" };

    private readonly Option<string?> _plot = new("--plot") { Description = "also draw stop time against size, as an SVG file" };

    internal Command NewCommand()
    {
        var command = new Command("cdma", "Checkpoints by RTCR, copied by the processor and by the co-processor: stop time, work, memory, and where it pays.");
        _core.AcceptOnlyFromAmong(BenchFpga.CoreWords);
        _format.AcceptOnlyFromAmong("text", "json", "csv");
        foreach (Option option in new Option[] { _core, _format, _markdown, _plot })
        {
            command.Options.Add(option);
        }

        ExamplesHelp.AddTo(
            ExitCodes.MeasureHelp,
            command,
            ["tern bench cdma", "all tables and what follows from them; hw/cosim/build makes the RTL a library first"],
            ["tern bench cdma --core model", "the same of the model: seconds instead of minutes"],
            ["tern bench cdma --core model --format csv > cdma.csv", "a line for each case and copier"],
            ["tern bench cdma --core model --markdown docs/results/cdma.md --plot docs/images/cdma-stop.svg", "the documents of this project"]);
        command.SetAction(parsed => CommandLine.WithFiles(output, () => Run(parsed)));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        CdmaFigures figures;
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
            File.WriteAllText(plot, CdmaPlot.Of(figures).ToSvg());
        }

        if (parsed.GetValue(_markdown) is { } page)
        {
            using var writer = new StreamWriter(page) { NewLine = "\n" };
            CdmaReport.WriteMarkdown(writer, figures, CommandLineOf(figures.Core, page, plot), plot is null ? null : RelativePath(page, plot));
        }

        return ExitCodes.Success;
    }

    private CdmaFigures Measure(string core)
    {
        try
        {
            var kind = (FpgaCoreKind)Array.IndexOf(BenchFpga.CoreWords, core);
            return new CdmaMeasurement(core, memory => coreOf(kind, memory)).Run(text => output.ShowProgress(text));
        }
        finally
        {
            output.ShowProgress("");
        }
    }

    private void Write(string format, CdmaFigures figures)
    {
        switch (format)
        {
            case "json":
                CdmaRecords.WriteJson(output.Standard, figures);
                break;
            case "csv":
                CdmaRecords.WriteCsv(output.Standard, figures);
                break;
            default:
                CdmaReport.WriteText(output.Standard, figures);
                break;
        }
    }

    /// <summary>The command line that gives a page again.</summary>
    private static string CommandLineOf(string core, string page, string? plot) =>
        "dotnet run --project host-emulator -- bench cdma" + (core == Rtl ? "" : " --core " + core) + " --markdown " + page + (plot is null ? "" : " --plot " + plot);

    private static string RelativePath(string page, string file) =>
        Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, Path.GetFullPath(file)).Replace('\\', '/');
}
