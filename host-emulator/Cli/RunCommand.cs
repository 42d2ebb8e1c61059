// tern run: runs a bench, shows its log and its result. With --seeds, runs it many times and shows what failed.
using System.CommandLine;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class RunCommand(Output output, BenchCatalog catalog, Func<IBoard, IMachine>? machineOf, Func<string, Program?>? programs)
{
    private readonly Argument<string> _bench = new("bench")
    {
        Description = "a bench's name (see tern list) or a bench file",
        DefaultValueFactory = _ => CommandLine.MainBench,
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "decides event orders, delays, losses and start times", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _seeds = new("--seeds") { Description = "run so many times, with the seeds from --seed on, and show only what failed", DefaultValueFactory = _ => 1 };

    private readonly Option<string> _logLevel = new("--log-level") { Description = "the least important lines to show", DefaultValueFactory = _ => "info" };

    private readonly Option<string> _time = new("--time") { Description = "virtual: modelled, deterministic, fast; real: measured", DefaultValueFactory = _ => "virtual" };

    private readonly Option<string> _network = new("--network") { Description = "virtual: modelled, with faults; tcp: real sockets on loopback addresses, needs --time real", DefaultValueFactory = _ => "virtual" };

    private readonly Option<long> _within = new("--within-seconds") { Description = "how long the run may take in its own time; 0 for what the bench says" };

    private readonly Option<int> _watchdog = new("--watchdog-seconds")
    {
        Description = "end the run when one handler takes so long in real time; 0 waits for ever",
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<string?> _fpga = FpgaOption.New();

    private readonly Option<string?> _boardLogs = new("--board-log") { Description = "also keep each board's whole log in a file of its own in this directory" };

    private readonly Option<string?> _storage = new("--nas-directory") { Description = "keep the boards' storage devices in files there, so that they outlive the run" };

    private readonly Option<string?> _images = new("--images") { Description = "keep every committed checkpoint as a file there, for tern image" };

    private readonly Option<string?> _capabilities = new("--capability-dumps") { Description = "write each restored target's capability space there, before its checkpoint and after its restore" };

    internal Command NewCommand()
    {
        var command = new Command("run", "Run a bench. It ends by itself, with a table of what moved and an exit status.");
        AddTo(command, withBench: true);
        ExamplesHelp.AddTo(
            command,
            ["tern run", "the main bench, " + CommandLine.MainBench],
            ["tern run checkpoint-management --seed 42 --log-level debug", "one run in detail"],
            ["tern run checkpoint-management --seeds 1000", "a thousand runs, each with other event orders and delays"],
            ["tern run checkpoint-management --time real", "in real time: figures are measured"],
            ["tern run checkpoint-management --time real --network tcp", "over real sockets on this machine"],
            ["tern run my-bench.xml --fpga rtl", "its FPGAs are the RTL itself, once hw/cosim/build has built it"],
            ["tern run my-bench.xml --board-log logs", "a bench of your own, each board's log in a file"],
            ["tern run --images images --capability-dumps caps", "leave something for tern image and tern caps to look at"]);
        return command;
    }

    /// <summary>Makes a command run a bench.</summary>
    internal void AddTo(Command command, bool withBench)
    {
        _logLevel.AcceptOnlyFromAmong("error", "warning", "info", "debug");
        _time.AcceptOnlyFromAmong("virtual", "real");
        _network.AcceptOnlyFromAmong("virtual", "tcp");
        if (withBench)
        {
            command.Validators.Add(result =>
            {
                if (result.GetValue(_network) == "tcp" && result.GetValue(_time) != "real")
                {
                    result.AddError("--network tcp needs --time real: real sockets know no virtual time");
                }
            });
            command.Options.Add(_network);
            command.Arguments.Add(_bench);
            _seeds.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1)
                {
                    result.AddError("--seeds must be at least 1");
                }
            });
            command.Options.Add(_seeds);
            command.Options.Add(_within);
            _watchdog.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is < 0 or > 86_400)
                {
                    result.AddError("--watchdog-seconds must be from 0 to 86400");
                }
            });
            command.Options.Add(_watchdog);
            command.Options.Add(_fpga);
            command.Options.Add(_storage);
            command.Options.Add(_images);
            command.Options.Add(_capabilities);
            command.Validators.Add(result =>
            {
                bool leavesFiles = result.GetValue(_images) is not null || result.GetValue(_capabilities) is not null;
                if (leavesFiles && result.GetValue(_seeds) > 1)
                {
                    result.AddError("--images and --capability-dumps are for one run, not for --seeds");
                }
            });
        }

        command.Options.Add(_seed);
        command.Options.Add(_logLevel);
        command.Options.Add(_time);
        command.Options.Add(_boardLogs);
        command.SetAction(parsed => CommandLine.WithBench(output, catalog, withBench ? parsed.GetValue(_bench)! : CommandLine.MainBench, bench =>
        {
            BenchPrograms.Check(bench, programs ?? Programs.Make);
            return withBench && parsed.GetValue(_seeds) > 1 ? RunMany(bench, parsed) : RunOnce(bench, parsed);
        }));
    }

    private int RunOnce(Bench bench, ParseResult parsed)
    {
        string[] boards = [.. bench.Boards.Select(board => board.Name)];
        LogLevel level = Enum.Parse<LogLevel>(parsed.GetValue(_logLevel)!, ignoreCase: true);
        ILogSink log = output.Terminal is null ? new TextLog(output.Standard, boards, level) : new ColourLog(output.Terminal, boards, level);
        string? directory = parsed.GetValue(_boardLogs);
        using BoardLogFiles? files = directory is null ? null : new BoardLogFiles(directory, log);
        bool logIsElsewhere = output.Terminal is null && output.Progress is not null;
        BenchResult result = Run(bench, parsed, parsed.GetValue(_seed), files ?? log, !logIsElsewhere ? null : time =>
            output.ShowProgress($"{bench.Name}: {Quantity.Time(time)}"));
        if (logIsElsewhere)
        {
            output.ShowProgress("");
        }

        if (output.Terminal is null)
        {
            ResultTable.Write(output.Standard, result);
        }
        else
        {
            ResultTable.Write(output.Terminal, result);
        }

        return result.IsSuccess ? ExitCodes.Success : ExitCodes.Failed;
    }

    private int RunMany(Bench bench, ParseResult parsed)
    {
        ulong first = parsed.GetValue(_seed);
        int count = parsed.GetValue(_seeds);
        int failed = 0;
        for (int i = 0; i < count; i++)
        {
            output.ShowProgress($"{bench.Name}: {i + 1} of {count}, {failed} failed");
            BenchResult result = Run(bench, parsed, first + (ulong)i, null, null);
            output.ShowProgress("");
            failed += result.IsSuccess ? 0 : 1;
            foreach (string failure in result.Failures)
            {
                output.Standard.WriteLine($"seed {result.Seed}: {failure}");
            }

            foreach (string hint in result.IsSuccess ? [] : result.Hints)
            {
                output.Standard.WriteLine($"seed {result.Seed}: {hint}");
            }
        }

        output.Standard.WriteLine($"{bench.Name}: {count - failed} of {Quantity.Count(count, "seed")} passed, from seed {first} on");
        return failed == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private BenchResult Run(Bench bench, ParseResult parsed, ulong seed, ILogSink? log, Action<long>? progress)
    {
        using var run = new BenchRun(bench, new BenchOptions
        {
            Seed = seed,
            RealTime = parsed.GetValue(_time) == "real",
            RealSockets = parsed.GetValue(_network) == "tcp",
            Log = log,
            Watchdog = TimeSpan.FromSeconds(parsed.GetResult(_watchdog) is null ? 30 : parsed.GetValue(_watchdog)),
            WithinNanoseconds = 1_000_000_000 * parsed.GetValue(_within),
            FpgaCore = FpgaOption.Read(parsed, _fpga, bench),
            MachineOf = machineOf,
            Programs = programs,
            StorageDirectory = parsed.GetValue(_storage),
            ImageDirectory = parsed.GetValue(_images),
            CapabilityDirectory = parsed.GetValue(_capabilities),
        });
        return run.Run(progress);
    }
}
