// A member of tern bench: the options, the run and what is written of it, which are the same whatever is measured of the co-processor.
// Figures of anything but what was asked for are never written: a measurement that fails has an error and no output.
using System.CommandLine;
using System.Text.Json;

namespace Tern.HostEmulator;

/// <summary>What a person reads of a measurement's command.</summary>
/// <param name="Name">The command's name, and its page's.</param>
/// <param name="Description">What it measures.</param>
/// <param name="Core">What the core does in it.</param>
/// <param name="Unit">Of times in what is written for programs.</param>
/// <param name="Plot">What the plot shows.</param>
/// <param name="Examples">Command lines, and what they do.</param>
internal sealed record MeasurementTexts(string Name, string Description, string Core, string Unit, string Plot, Example[] Examples);

/// <summary>The command.</summary>
/// <typeparam name="TFigures">What is measured.</typeparam>
internal abstract class MeasurementCommand<TFigures>(Output output, MeasurementTexts texts)
{
    private const string Rtl = "rtl";

    private readonly Option<string?> _core =
        Values.Choice("--core", texts.Core + ": rtl, the hardware description itself; model, in C#", BenchFpga.CoreWords, Rtl);

    private readonly Option<string?> _format =
        Values.Choice("--format", "text: for people; json or csv: for programs, times in " + texts.Unit, ["text", "json", "csv"], "text");

    private readonly Option<string?> _markdown = Values.Path("--markdown", $"also write a page, as docs/results/{texts.Name}.md", "file");

    private readonly Option<string?> _plot = Values.Path("--plot", $"also draw {texts.Plot}, as an SVG file", "file");

    internal Command NewCommand()
    {
        var command = new Command(texts.Name, texts.Description);
        foreach (Option option in new Option[] { _core, _format, _markdown, _plot })
        {
            command.Options.Add(option);
        }

        ExamplesHelp.AddTo(ExitCodes.MeasureHelp, command, texts.Examples);
        command.SetAction(parsed => CommandLine.WithFiles(output, () => Run(parsed)));
        return command;
    }

    /// <summary>Measures.</summary>
    /// <param name="kind">Who plays the co-processor.</param>
    /// <param name="name">What the command line calls it.</param>
    /// <param name="progress">Is told what is measured.</param>
    /// <exception cref="MeasurementException">There is nothing to be measured: the co-processor does not do its work.</exception>
    protected abstract TFigures Measure(FpgaCoreKind kind, string name, Action<string> progress);

    /// <summary>The figures for people.</summary>
    protected abstract MeasurementReport ReportOf(TFigures figures);

    /// <summary>The figures for programs, as lines.</summary>
    protected abstract void WriteCsv(TextWriter writer, TFigures figures);

    /// <summary>The figures for programs, as the members of one document.</summary>
    protected abstract void WriteJson(Utf8JsonWriter json, TFigures figures);

    /// <summary>The figures as a picture.</summary>
    protected abstract LogPlot PlotOf(TFigures figures);

    private int Run(ParseResult parsed)
    {
        string core = parsed.GetValue(_core)!;
        foreach (Option<string?> option in new[] { _markdown, _plot })
        {
            CheckTarget(option.Name, parsed.GetValue(option));
        }

        TFigures figures;
        try
        {
            figures = Measure(core);
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
            WholeFile.WriteText(plot, writer => writer.Write(PlotOf(figures).ToSvg()));
        }

        if (parsed.GetValue(_markdown) is { } page)
        {
            WholeFile.WriteText(page, writer =>
                ReportOf(figures).WriteMarkdown(writer, CommandLineOf(core, page, plot), plot is null ? null : RelativePath(page, plot)));
        }

        return ExitCodes.Success;
    }

    /// <summary>Where a file is to go is looked at before minutes of work, not after.</summary>
    private static void CheckTarget(string option, string? path)
    {
        if (path is not null && (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
        {
            throw new UsageException($"{option} is \"{Values.Shown(path)}\", where no file can be written; name a file in a directory that is there");
        }
    }

    private TFigures Measure(string core)
    {
        try
        {
            return Measure((FpgaCoreKind)Array.IndexOf(BenchFpga.CoreWords, core), core, output.ShowProgress);
        }
        finally
        {
            output.ShowProgress("");
        }
    }

    private void Write(string format, TFigures figures)
    {
        switch (format)
        {
            case "json":
                RecordWriter.WriteJson(output.Standard, json => WriteJson(json, figures));
                break;
            case "csv":
                WriteCsv(output.Standard, figures);
                break;
            default:
                ReportOf(figures).WriteText(output.Standard);
                break;
        }
    }

    /// <summary>The command line that gives a page again.</summary>
    private string CommandLineOf(string core, string page, string? plot) =>
        $"dotnet run --project host-emulator -- bench {texts.Name}" + (core == Rtl ? "" : " --core " + core) + " --markdown " + page
        + (plot is null ? "" : " --plot " + plot);

    private static string RelativePath(string page, string file) =>
        Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, Path.GetFullPath(file)).Replace('\\', '/');
}
