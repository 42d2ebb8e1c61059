// The end of a run: what moved from where to where and what it cost, and whether all was as expected.
// Invariants: piped, the same run gives the same bytes; on a terminal no line is longer than it is wide unless a word is.
using Spectre.Console;

namespace Tern.HostEmulator;

/// <summary>Writes the result of a run.</summary>
public static class ResultTable
{
    /// <summary>What a failure's further rows begin with.</summary>
    private const string Indent = "        ";

    private static readonly string[] Header = ["target", "from", "to", "image", "stop time", "downtime", "state, by itself"];
    private static readonly bool[] RightAligned = [false, false, false, true, true, true, false];
    private static readonly string[] SleepHeader = ["board", "will sleep at", "sleeps after", "because", "for"];
    private static readonly bool[] SleepRightAligned = [false, true, true, false, true];

    /// <summary>Writes the result as plain text, in lines of at most a width where words allow it.</summary>
    public static void Write(TextWriter writer, BenchResult result, int width = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach ((_, string line) in Lines(result, width))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Writes the result on a terminal.</summary>
    public static void Write(IAnsiConsole terminal, BenchResult result)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        foreach ((Style style, string line) in Lines(result, terminal.Profile.Width))
        {
            terminal.WriteLine(line, style);
        }
    }

    private static List<(Style Style, string Line)> Lines(BenchResult result, int width)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<(Style, string)> lines = [(Style.Plain, ""), .. TextTable.Wrap(Summary(result), width).Select(line => (Style.Plain, line))];
        AddTable(lines, Header, Rows(result), RightAligned, width);
        AddTable(lines, SleepHeader, SleepRows(result), SleepRightAligned, width);
        lines.Add((Style.Plain, ""));
        lines.AddRange(result.Failures.SelectMany(failure => ("FAILED: " + failure).Split('\n'))
            .SelectMany(line => TerminalRows.Of(line, width, Indent)).Select(line => (new Style(Color.Red), line)));
        lines.AddRange(result.Hints.SelectMany(hint => TerminalRows.Of(hint, width, Indent)).Select(line => (new Style(Color.Yellow), line)));
        var verdict = new Style(result.IsSuccess ? Color.Green : Color.Red, decoration: Decoration.Bold);
        lines.AddRange(TextTable.Wrap(Verdict(result), width).Select(line => (verdict, line)));
        return lines;
    }

    private static void AddTable(List<(Style, string)> lines, string[] header, List<string[]> rows, bool[] rightAligned, int width)
    {
        if (rows.Count > 0)
        {
            lines.Add((Style.Plain, ""));
            ColumnFit[] fits = [.. rightAligned.Select(isRight => isRight ? ColumnFit.Figure : ColumnFit.Wrap)];
            lines.AddRange(TextTable.Lines(header, rows, fits, width).Select(line => (line.Row < 0 ? new Style(decoration: Decoration.Bold) : Style.Plain, line.Line)));
        }
    }

    private static string Summary(BenchResult result) =>
        $"{result.Bench.Name}: {Quantity.Count(result.Moves.Count(move => move.To is not null), "migration")} in {Quantity.Time(result.Nanoseconds)}; "
        + $"seed {result.Seed}; all times {result.FigureLabel}";

    private static string Verdict(BenchResult result)
    {
        string met = $"{Quantity.Count(result.Kept.Count, "expectation")} met";
        return result.IsSuccess
            ? "passed: " + (result.Kept.Count > 0 ? met : "nothing was expected, and " + (result.Bench.LogErrorsFail ? "no board logged an error" : "errors in logs were to be ignored"))
            : $"failed: {met}, {Quantity.Count(result.Failures.Count, "problem")}; run it again with --seed {result.Seed} --log-level debug";
    }

    private static List<string[]> Rows(BenchResult result)
    {
        bool oneBoard = result.Bench.Boards.Count == 1;
        return [.. result.Moves.Select(move => new[]
        {
            move.Target,
            Name(move.From, oneBoard),
            move.To is null ? "nowhere" : Name(move.To.Value, oneBoard),
            Quantity.Bytes(move.ImageBytes),
            Quantity.Time(move.StopNanoseconds),
            Quantity.Time(move.DowntimeNanoseconds),
            move.State == SelfCheck.None ? "not said" : move.StateText,
        })];
    }

    private static List<string[]> SleepRows(BenchResult result) =>
        [.. result.Sleeps.Select(sleep => new[]
        {
            sleep.Board,
            Quantity.Time(sleep.AnnouncedAt),
            Quantity.Time(sleep.PreparationNanoseconds),
            sleep.AsleepAt is null ? "called off" : sleep.WasReady ? "all were ready" : "its time was over",
            sleep.AwakeAt is null ? "ever" : Quantity.Time(sleep.SleptNanoseconds),
        })];

    private static string Name(Place place, bool oneBoard) => oneBoard ? place.Holder : place.ToString();
}
