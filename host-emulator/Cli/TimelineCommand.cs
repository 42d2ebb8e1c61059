// tern timeline: runs a bench with its trace switched on, and shows what happened when.
using System.CommandLine;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class TimelineCommand(Output output, BenchCatalog catalog, Func<IBoard, IMachine>? machineOf)
{
    private readonly Argument<string> _bench = Values.Bench();

    private readonly Option<ulong> _seed = Values.Seed();

    private readonly Option<string?> _board = Values.Word("--board", "only this board");

    private readonly Option<string?> _component = Values.Word("--component", "only this component: its own name, or its whole label");

    private readonly Option<long?> _from = Values.Time("--from", "the first moment to show, as 2.5s, 300ms or 40us");

    private readonly Option<long?> _to = Values.Time("--to", "the last moment to show");

    private readonly Option<string?> _show =
        Values.Choice("--show", "phases: checkpoints, migrations, faults; handlers: each handler too", ["phases", "handlers"], "phases");

    private readonly Option<string?> _format =
        Values.Choice("--format", "text: for people; json: Chrome trace events, for Perfetto", ["text", "json"], "text");

    private readonly Option<long> _within = Values.Within();

    private readonly Option<string?> _fpga = FpgaOption.New();

    internal Command NewCommand()
    {
        var command = new Command("timeline", "Run a bench and show its trace as a timeline.") { _bench };
        foreach (Option option in new Option[] { _board, _component, _from, _to, _show, _format, _seed, _within, _fpga })
        {
            command.Options.Add(option);
        }

        ExamplesHelp.AddTo(
            command,
            new("tern timeline wheel-speed", "who worked when, all checkpoints and migrations"),
            new("tern timeline wheel-speed --board ecu1 --show handlers --from 2.5s --to 2.6s", "a tenth of a second in detail"),
            new("tern timeline checkpoint-management --format json > trace.json", "for https://ui.perfetto.dev"));
        command.SetAction(parsed => CommandLine.WithBench(output, catalog, parsed.GetValue(_bench)!, bench => Run(bench, parsed)));
        return command;
    }

    private int Run(Bench bench, ParseResult parsed)
    {
        long from = parsed.GetValue(_from) ?? 0;
        long to = parsed.GetValue(_to) ?? long.MaxValue;
        if (to < from)
        {
            throw new UsageException($"--to, {Quantity.Time(to)}, is before --from, {Quantity.Time(from)}: there is nothing between them");
        }

        BenchPrograms.Check(bench, Programs.Make);
        string? board = parsed.GetValue(_board);
        string[] boards = [.. bench.Boards.Select(candidate => candidate.Name)];
        if (board is not null && !boards.Contains(board))
        {
            output.Complain($"error: no board is called \"{board}\"{Spelling.DidYouMean(board, boards)}");
            return ExitCodes.Usage;
        }

        var log = new TraceLog();
        using var run = new BenchRun(bench, new BenchOptions
        {
            Seed = parsed.GetValue(_seed),
            WithinNanoseconds = 1_000_000_000 * parsed.GetValue(_within),
            FpgaCore = FpgaOption.Read(parsed, _fpga, bench),
            MachineOf = machineOf,
            Trace = log,
        });
        BenchResult result = run.Run(output.Progress is null ? null : time => output.ShowProgress($"{bench.Name}: {Quantity.Time(time)}"));
        output.ShowProgress("");

        string? component = parsed.GetValue(_component);
        string[] components = [.. log.Records.Select(record => record.Subject.Component).Distinct()];
        if (component is not null && !log.Records.Any(record => record.Subject.IsCalled(component)))
        {
            output.Complain($"error: no component is called \"{component}\"{Spelling.DidYouMean(component, components)}");
            return ExitCodes.Usage;
        }

        if (from > result.Nanoseconds)
        {
            throw new UsageException($"the run was over after {Quantity.Time(result.Nanoseconds)}, before --from, {Quantity.Time(from)}");
        }

        var view = new TimelineView(board, component, from, to);
        if (component is not null && !log.Records.Any(record => view.Has(record.Subject)))
        {
            throw new UsageException($"component \"{component}\" was never on board \"{board}\"");
        }

        Write(parsed, log, view);
        if (log.Dropped > 0)
        {
            output.Error.WriteLine($"warning: {Quantity.Count(log.Dropped, "record")} left out; show less of the run with --within-seconds");
        }

        foreach (string failure in result.Failures)
        {
            output.Error.WriteLine("FAILED: " + failure);
        }

        return result.IsSuccess ? ExitCodes.Success : ExitCodes.Failed;
    }

    private void Write(ParseResult parsed, TraceLog log, TimelineView view)
    {
        if (parsed.GetValue(_format) == "json")
        {
            using var text = new MemoryStream();
            TimelineJson.Write(text, log, view);
            output.Standard.WriteLine(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
            return;
        }

        var timeline = new TimelineText(log, view, parsed.GetValue(_show) == "handlers");
        if (output.Terminal is null)
        {
            timeline.Write(output.Standard);
        }
        else
        {
            timeline.Write(output.Terminal);
        }
    }
}
