// The end of a run: what moved from where to where and what it cost, and whether all was as expected.
// Invariant: piped, the same run gives the same bytes; on a terminal only colour and borders differ.
using Spectre.Console;

namespace Tern.HostEmulator;

/// <summary>Writes the result of a run.</summary>
public static class ResultTable
{
    private static readonly string[] Header = ["target", "from", "to", "image", "stop time", "downtime", "state, by itself"];
    private static readonly bool[] RightAligned = [false, false, false, true, true, true, false];
    private static readonly string[] SleepHeader = ["board", "will sleep at", "sleeps after", "because", "for"];
    private static readonly bool[] SleepRightAligned = [false, true, true, false, true];

    /// <summary>Writes the result as plain text.</summary>
    public static void Write(TextWriter writer, BenchResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteLine();
        writer.WriteLine(Summary(result));
        if (result.Moves.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, Header, Rows(result), RightAligned);
        }

        if (result.Sleeps.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, SleepHeader, SleepRows(result), SleepRightAligned);
        }

        writer.WriteLine();
        foreach (string failure in result.Failures)
        {
            writer.WriteLine("FAILED: " + failure);
        }

        foreach (string hint in result.Hints)
        {
            writer.WriteLine(hint);
        }

        writer.WriteLine(Verdict(result));
    }

    /// <summary>Writes the result on a terminal.</summary>
    public static void Write(IAnsiConsole terminal, BenchResult result)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        ArgumentNullException.ThrowIfNull(result);
        terminal.WriteLine();
        terminal.WriteLine(Summary(result));
        if (result.Moves.Count > 0)
        {
            terminal.Write(Draw(Header, Rows(result), RightAligned));
        }

        if (result.Sleeps.Count > 0)
        {
            terminal.Write(Draw(SleepHeader, SleepRows(result), SleepRightAligned));
        }

        foreach (string failure in result.Failures)
        {
            terminal.WriteLine("FAILED: " + failure, new Style(Color.Red));
        }

        foreach (string hint in result.Hints)
        {
            terminal.WriteLine(hint, new Style(Color.Yellow));
        }

        terminal.WriteLine(Verdict(result), new Style(result.IsSuccess ? Color.Green : Color.Red, decoration: Decoration.Bold));
    }

    private static Table Draw(string[] header, List<string[]> rows, bool[] rightAligned)
    {
        var table = new Table { Border = TableBorder.Rounded };
        for (int i = 0; i < header.Length; i++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header[i])) { Alignment = rightAligned[i] ? Justify.Right : Justify.Left });
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Summary(BenchResult result) =>
        $"{result.Bench.Name}: {Quantity.Count(result.Moves.Count(move => move.To is not null), "migration")} in {Quantity.Time(result.Nanoseconds)}; "
        + $"seed {result.Seed}; all times {result.FigureLabel}";

    private static string Verdict(BenchResult result)
    {
        string met = $"{Quantity.Count(result.Kept.Count, "expectation")} met";
        return result.IsSuccess
            ? "passed: " + met
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
