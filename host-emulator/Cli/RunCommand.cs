// tern run: runs a bench, shows its log and its result. With --seeds, runs it many times and shows what failed.
using System.CommandLine;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class RunCommand(Output output, BenchCatalog catalog, Func<IBoard, IMachine>? machineOf, Func<string, Program?>? programs)
{
    private const int MostSeeds = 1_000_000_000;

    private readonly Argument<string> _bench = Values.Bench();

    private readonly Option<ulong> _seed = Values.Seed();

    private readonly Option<int> _seeds = Values.Number("--seeds", "run so many times, with the seeds from --seed on, and show only what failed", 1, MostSeeds, 1);

    private readonly Option<string?> _logLevel = Values.Choice("--log-level", "the least important lines to show", ["error", "warning", "info", "debug"], "info");

    private readonly Option<string?> _time = Values.Choice("--time", "virtual: modelled, deterministic, fast; real: measured", ["virtual", "real"], "virtual");

    private readonly Option<string?> _network =
        Values.Choice("--network", "virtual: modelled, with faults; tcp: real sockets on loopback addresses, needs --time real", ["virtual", "tcp"], "virtual");

    private readonly Option<long> _within = Values.Within();

    private readonly Option<int> _watchdog =
        Values.Number("--watchdog-seconds", "end the run when one handler takes so long in real time; 0 waits for ever", 0, 86_400, 30);

    private readonly Option<string?> _fpga = FpgaOption.New();

    private readonly Option<string?> _boardLogs = Values.Path("--board-log", "also keep each board's whole log in a file of its own in this directory");

    private readonly Option<string?> _storage = Values.Path("--nas-directory", "keep the boards' storage devices in files there, so that they outlive the run");

    private readonly Option<string?> _images = Values.Path("--images", "keep every committed checkpoint as a file there, for tern image");

    private readonly Option<string?> _capabilities =
        Values.Path("--capability-dumps", "write each restored target's capability space there, before its checkpoint and after its restore");

    internal Command NewCommand()
    {
        var command = new Command("run", "Run a bench. It ends by itself, with a table of what moved and an exit status.");
        AddTo(command, withBench: true);
        ExamplesHelp.AddTo(
            ExitCodes.RunHelp,
            command,
            new("tern run", "the main bench, " + CommandLine.MainBench),
            new("tern run checkpoint-management --seed 42 --log-level debug", "one run in detail"),
            new("tern run checkpoint-management --seeds 1000", "a thousand runs, each with other event orders and delays"),
            new("tern run checkpoint-management --time real", "in real time: figures are measured"),
            new("tern run checkpoint-management --time real --network tcp", "over real sockets on this machine"),
            new("tern run my-bench.xml --fpga rtl", "its FPGAs are the RTL itself, once hw/cosim/build has built it"),
            new("tern run my-bench.xml --board-log logs", "a bench of your own, each board's log in a file"),
            new("tern run --images images --capability-dumps caps", "leave something for tern image and tern caps to look at"));
        return command;
    }

    /// <summary>Makes a command run a bench.</summary>
    internal void AddTo(Command command, bool withBench)
    {
        if (withBench)
        {
            command.Options.Add(_network);
            command.Arguments.Add(_bench);
            command.Options.Add(_seeds);
            command.Options.Add(_within);
            command.Options.Add(_watchdog);
            command.Options.Add(_fpga);
            command.Options.Add(_storage);
            command.Options.Add(_images);
            command.Options.Add(_capabilities);
        }

        command.Options.Add(_seed);
        command.Options.Add(_logLevel);
        command.Options.Add(_time);
        command.Options.Add(_boardLogs);
        command.SetAction(parsed =>
        {
            Check(parsed);
            string name = withBench ? parsed.GetValue(_bench)! : CommandLine.MainBench;
            return CommandLine.WithBench(output, catalog, name, bench =>
            {
                BenchPrograms.Check(bench, programs ?? Programs.Make);
                return withBench && parsed.GetValue(_seeds) > 1 ? RunMany(bench, parsed) : RunOnce(bench, parsed);
            });
        });
    }

    /// <summary>Refuses what does not go together.</summary>
    private void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_network) == "tcp" && parsed.GetValue(_time) != "real")
        {
            throw new UsageException("--network tcp needs --time real: real sockets know no virtual time");
        }

        int seeds = parsed.GetValue(_seeds);
        Option<string?>? ofOneRun = Array.Find([_images, _capabilities, _boardLogs, _storage], option => parsed.GetValue(option) is not null);
        if (seeds > 1 && ofOneRun is not null)
        {
            throw new UsageException($"{ofOneRun.Name} is for one run, not for --seeds; run the seed that failed again with --seed");
        }

        if (seeds > 1 && parsed.GetValue(_seed) > ulong.MaxValue - (ulong)(seeds - 1))
        {
            throw new UsageException($"--seed {parsed.GetValue(_seed)} and --seeds {seeds}: there are no seeds beyond {ulong.MaxValue}");
        }
    }

    private int RunOnce(Bench bench, ParseResult parsed)
    {
        string[] boards = [.. bench.Boards.Select(board => board.Name)];
        LogLevel level = Enum.Parse<LogLevel>(parsed.GetValue(_logLevel)!, ignoreCase: true);
        ILogSink log = output.Terminal is null ? new TextLog(output.Standard, boards, level) : new ColourLog(output.Terminal, boards, level);
        string? directory = parsed.GetValue(_boardLogs);
        using BoardLogFiles? files = directory is null ? null : new BoardLogFiles(directory, log);
        bool logIsElsewhere = output.Terminal is null && output.Progress is not null;
        using var interruption = new Interruption();
        BenchResult result = Run(
            bench, parsed, parsed.GetValue(_seed), files ?? log, !logIsElsewhere ? null : time => output.ShowProgress($"{bench.Name}: {Quantity.Time(time)}"), interruption);
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

        return interruption.IsAsked ? interruption.Status : result.IsSuccess ? ExitCodes.Success : ExitCodes.Failed;
    }

    private int RunMany(Bench bench, ParseResult parsed)
    {
        ulong first = parsed.GetValue(_seed);
        int count = parsed.GetValue(_seeds);
        (int done, int failed) = (0, 0);
        using var interruption = new Interruption();
        for (; done < count && !interruption.IsAsked; done++)
        {
            output.ShowProgress($"{bench.Name}: {done + 1} of {count}, {failed} failed");
            BenchResult result = Run(bench, parsed, first + (ulong)done, null, null, interruption);
            output.ShowProgress("");
            if (interruption.IsAsked)
            {
                break;          // a run that was cut off says nothing
            }

            failed += result.IsSuccess ? 0 : 1;
            foreach (string failure in result.Failures)
            {
                output.Standard.WriteLine($"seed {result.Seed}: {failure}");
            }

            foreach (string hint in result.IsSuccess ? [] : result.Hints)
            {
                output.Standard.WriteLine($"seed {result.Seed}: {hint}");
            }

            // What was found is not lost when the process is.
            output.Standard.Flush();
        }

        string cut = interruption.IsAsked ? $"; interrupted, {Quantity.Count(count - done, "seed")} not run" : "";
        output.Standard.WriteLine($"{bench.Name}: {done - failed} of {Quantity.Count(done, "seed")} passed, from seed {first} on{cut}");
        return interruption.IsAsked ? interruption.Status : failed == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private BenchResult Run(Bench bench, ParseResult parsed, ulong seed, ILogSink? log, Action<long>? progress, Interruption interruption)
    {
        using var run = new BenchRun(bench, new BenchOptions
        {
            Seed = seed,
            RealTime = parsed.GetValue(_time) == "real",
            RealSockets = parsed.GetValue(_network) == "tcp",
            Log = log,
            WatchdogInterrupts = true,
            Watchdog = TimeSpan.FromSeconds(parsed.GetResult(_watchdog) is null ? 30 : parsed.GetValue(_watchdog)),
            WithinNanoseconds = 1_000_000_000 * parsed.GetValue(_within),
            FpgaCore = FpgaOption.Read(parsed, _fpga, bench),
            MachineOf = machineOf,
            Programs = programs,
            StorageDirectory = parsed.GetValue(_storage),
            ImageDirectory = parsed.GetValue(_images),
            CapabilityDirectory = parsed.GetValue(_capabilities),
        });
        interruption.Ends(run.Interrupt);
        BenchResult result = run.Run(progress);
        interruption.Ends(null);
        return result;
    }
}
