// Work that was done is not lost: what seeds have found is written when it is found, and a run that is interrupted ends with its summary.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Tern.HostEmulator.Tests;

[TestClass]
[DoNotParallelize]      // a signal is the process's, and other tests run benches
public sealed partial class InterruptionTests : CommandFolder
{
    /// <summary>A pipe's buffer: what was not flushed is lost when the process is killed.</summary>
    private sealed class Buffered : StringWriter
    {
        internal string Safe { get; private set; } = "";

        public override void Flush() => Safe = ToString();
    }

    [TestMethod]
    public void What_a_seed_has_found_is_written_before_the_next_one_runs()
    {
        using var pipe = new Buffered { NewLine = "\n" };
        var seen = new List<string>();
        var catalog = new BenchCatalog(_folder);
        var output = new Output(pipe, _error);
        _scripts["ecu2"] = [];
        CommandLine.Run(["run", "pair", "--seeds", "3"], output, catalog, board =>
        {
            seen.Add(pipe.Safe);
            return new ReportingMachine(board, _scripts[board.Profile.Name]);
        });
        Assert.HasCount(6, seen, "two boards a seed");
        Assert.Contains("seed 1: expected target sheep on ecu2", seen[2]);
        Assert.Contains("seed 2: expected target sheep on ecu2", seen[4]);
    }

    [TestMethod]
    public void Seeds_that_are_interrupted_end_with_the_summary_of_what_was_run()
    {
        int boards = 0;
        int status = CommandLine.Run(["run", "pair", "--seeds", "100000"], new Output(_out, _error), new BenchCatalog(_folder), board =>
        {
            if (++boards == 5)
            {
                // The process's own signal: without a handler it would end here.
                Assert.AreEqual(0, Kill(Environment.ProcessId, 15));
            }

            return new ReportingMachine(board, _scripts[board.Profile.Name]);
        });
        Assert.AreEqual(143, status);
        Match summary = Summary().Match(_out.ToString());
        Assert.IsTrue(summary.Success, _out.ToString());
        Assert.AreEqual(100_000, Number(1) + Number(2));

        int Number(int group) => int.Parse(summary.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [TestMethod]
    public void A_run_that_is_interrupted_ends_with_its_result_and_is_no_success()
    {
        Bench bench = new BenchCatalog(_folder).Read("pair");
        using var run = new BenchRun(bench, new BenchOptions { MachineOf = board => new ReportingMachine(board, _scripts[board.Profile.Name]) });
        run.World.At(50_000_000, run.Interrupt);
        BenchResult result = run.Run();
        Assert.Contains("the run was interrupted after 50.00 ms", result.Failures);
        Assert.AreEqual(50_000_000, result.Nanoseconds);
    }

    [GeneratedRegex(@"^pair: \d+ of ([\d,]+) seeds? passed, from seed 1 on; interrupted, ([\d,]+) seeds? not run\n$")]
    private static partial Regex Summary();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
