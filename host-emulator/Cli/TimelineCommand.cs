// tern timeline: runs a bench with its trace switched on, and shows what happened when.
using System.CommandLine;
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class TimelineCommand(Output output, BenchCatalog catalog, Func<IBoard, IMachine>? machineOf)
{
    private readonly Argument<string> _bench = new("bench")
    {
        Description = "a bench's name (see tern list) or a bench file",
        DefaultValueFactory = _ => CommandLine.MainBench,
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "decides event orders, delays, losses and start times", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _board = new("--board") { Description = "only this board" };

    private readonly Option<string?> _component = new("--component") { Description = "only this component: its own name, or its whole label" };

    private readonly Option<string?> _from = new("--from") { Description = "the first moment to show, as 2.5s, 300ms or 40us" };

    private readonly Option<string?> _to = new("--to") { Description = "the last moment to show" };

    private readonly Option<string> _show = new("--show") { Description = "phases: checkpoints, migrations, faults; handlers: each handler too", DefaultValueFactory = _ => "phases" };

    private readonly Option<string> _format = new("--format") { Description = "text: for people; json: Chrome trace events, for Perfetto", DefaultValueFactory = _ => "text" };

    private readonly Option<long> _within = new("--within-seconds") { Description = "how long the run may take in its own time; 0 for what the bench says" };

    private readonly Option<string?> _fpga = FpgaOption.New();

    internal Command NewCommand()
    {
        var command = new Command("timeline", "Run a bench and show its trace as a timeline.") { _bench };
        _show.AcceptOnlyFromAmong("phases", "handlers");
        _format.AcceptOnlyFromAmong("text", "json");
        foreach (Option option in new Option[] { _board, _component, _from, _to, _show, _format, _seed, _within, _fpga })
        {
            command.Options.Add(option);
        }

        Check(_from);
        Check(_to);
        ExamplesHelp.AddTo(
            command,
            ExitCodes.Help,
            ["tern timeline wheel-speed", "who worked when, all checkpoints and migrations"],
            ["tern timeline wheel-speed --board ecu1 --show handlers --from 2.5s --to 2.6s", "a tenth of a second in detail"],
            ["tern timeline checkpoint-management --format json > trace.json", "for https://ui.perfetto.dev"]);
        command.SetAction(parsed => CommandLine.WithBench(output, catalog, parsed.GetValue(_bench)!, bench => Run(bench, parsed)));
        return command;
    }

    private static void Check(Option<string?> option) => option.Validators.Add(result =>
    {
        if (!TryTime(result.GetValueOrDefault<string>(), out _))
        {
            result.AddError($"{option.Name} is \"{result.GetValueOrDefault<string>()}\"; write a time such as 2.5s, 300ms or 40us");
        }
    });

    /// <summary>Reads a time with its unit; seconds when it has none.</summary>
    private static bool TryTime(string? text, out long nanoseconds)
    {
        string number = text ?? "";
        (string Unit, decimal Nanoseconds)[] units = [("us", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("", 1e9m)];
        (string unit, decimal scale) = units.First(candidate => number.EndsWith(candidate.Unit, StringComparison.Ordinal));
        bool isTime = decimal.TryParse(number[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && value < 1e6m;
        nanoseconds = isTime ? (long)(value * scale) : 0;
        return isTime;
    }

    private int Run(Bench bench, ParseResult parsed)
    {
        string? board = parsed.GetValue(_board);
        string[] boards = [.. bench.Boards.Select(candidate => candidate.Name)];
        if (board is not null && !boards.Contains(board))
        {
            output.Error.WriteLine($"error: no board is called \"{board}\"{Spelling.DidYouMean(board, boards)}");
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
            output.Error.WriteLine($"error: no component is called \"{component}\"{Spelling.DidYouMean(component, components)}");
            return ExitCodes.Usage;
        }

        var view = new TimelineView(
            board, component, TryTime(parsed.GetValue(_from), out long from) ? from : 0, TryTime(parsed.GetValue(_to), out long to) ? to : long.MaxValue);
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
