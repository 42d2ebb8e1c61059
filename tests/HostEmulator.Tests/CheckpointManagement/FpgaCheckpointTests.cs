// The scenario with the targets' memory beside a co-processor, played by the model and by the RTL, and the co-processor pulled or reset at
// any moment of a checkpoint: the target goes on from the last one that was taken whole.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tern.HostEmulator.Tests.CheckpointManagement;

[TestClass]
public sealed partial class FpgaCheckpointTests
{
    private const int Seeds = 300;
    private const int From = 5_050;
    private const int To = 5_450;

    private static readonly BenchCatalog Catalog = new();

    [TestMethod]
    [DataRow(FpgaCoreKind.Model)]
    [DataRow(FpgaCoreKind.Rtl)]
    public void Sheep_continue_on_the_other_board_and_every_copy_is_made_by_the_co_processor(FpgaCoreKind core)
    {
        var ledger = new SheepLedger();
        using var run = new BenchRun(Catalog.Read("checkpoint-management-fpga"), new BenchOptions { FpgaCore = core, Log = ledger });
        BenchResult result = run.Run();
        Assert.IsTrue(result.IsSuccess, string.Join('\n', result.Failures) + "\n" + ledger.Text);
        Assert.AreEqual("", ledger.Discrepancy());
        Assert.HasCount(2, result.Moves);
        Report[] captured = [.. run.Reports.All.Where(report => report.Word == "captured")];
        Assert.IsGreaterThan(9, captured.Length);
        Assert.IsTrue(captured.All(report => report.Value("copier") == "fpga"));
    }

    [TestMethod]
    public void The_RTL_gives_the_log_that_the_model_gives()
    {
        Assert.AreEqual(Log(FpgaCoreKind.Model), Log(FpgaCoreKind.Rtl));

        static string Log(FpgaCoreKind core)
        {
            var ledger = new SheepLedger();
            using var run = new BenchRun(Catalog.Read("checkpoint-management-fpga"), new BenchOptions { Seed = 3, FpgaCore = core, Log = ledger });
            run.Run();
            return ledger.Text;
        }
    }

    [TestMethod]
    public void Many_seeds_never_fail()
    {
        foreach (string bench in new[] { "checkpoint-management-fpga", "fpga-pulled" })
        {
            for (ulong seed = 1; seed <= Seeds; seed++)
            {
                var ledger = new SheepLedger();
                using var run = new BenchRun(Catalog.Read(bench), new BenchOptions { Seed = seed, Log = ledger });
                BenchResult result = run.Run();
                Assert.IsTrue(result.IsSuccess, $"{bench}, seed {seed}: " + string.Join('\n', result.Failures));
                Assert.AreEqual("", ledger.Discrepancy(), $"{bench}, seed {seed}");
            }
        }
    }

    [TestMethod]
    [DataRow("fpga-unplug", FpgaCoreKind.Model, 3)]
    [DataRow("fpga-reset", FpgaCoreKind.Model, 3)]
    [DataRow("fpga-unplug", FpgaCoreKind.Rtl, 40)]
    [DataRow("fpga-reset", FpgaCoreKind.Rtl, 40)]
    public void Pulled_at_any_moment_of_a_checkpoint_no_committed_one_is_lost(string fault, FpgaCoreKind core, int step)
    {
        int caught = 0;
        for (int at = From; at < To; at += step)
        {
            using BenchRun run = Pull(fault, at, core);
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"{fault} at {at} ms: " + string.Join('\n', result.Failures));
            IReadOnlyList<Report> reports = run.Reports.All;
            Report recovered = reports.First(report => report.Word == "recovered");
            long committed = GenerationOfLastCommitted(reports, recovered.Time);
            long first = reports.First(report => report.Word == "verified" && report.Time > recovered.Time).Number("count")!.Value;
            Assert.IsGreaterThan(committed, first, $"{fault} at {at} ms: the target is behind its last committed checkpoint");
            caught += reports.Any(report => report.Word == "captured" && report.Time > at * 1_000_000L && report.Time < recovered.Time) ? 0 : 1;
        }

        Assert.IsGreaterThan(0, caught, "no run was in the middle of a checkpoint");
    }

    /// <summary>What the target had reported when the last image was taken that was stored before a time.</summary>
    private static long GenerationOfLastCommitted(IReadOnlyList<Report> reports, long before)
    {
        Report committed = reports.Last(report => report.Word == "committed" && report.Time < before);
        Report captured = reports.Last(report => report.Word == "captured" && report.Time < committed.Time);
        long begun = captured.Time - captured.Number("whole_ns")!.Value;
        return reports.Last(report => report.Word == "verified" && report.Time < begun).Number("count")!.Value;
    }

    /// <summary>The bench in which the co-processor is pulled, with one fault at a time that a test chooses.</summary>
    private static BenchRun Pull(string fault, int milliseconds, FpgaCoreKind core)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", "fpga-pulled.xml"));
        text = Fault().Replace(text, "");
        text = text[..text.IndexOf("<expect", StringComparison.Ordinal)] + string.Create(CultureInfo.InvariantCulture, $"""
            <fault at-ms="{milliseconds}" kind="{fault}" boards="ecu1"/>
            <expect within-seconds="12" log-errors="ignore">
              <report word="recovered" target="pattern"/>
              <report word="committed" target="pattern" at-least="6"/>
              <report word="verified" from="pattern" at-least="14"/>
              <never word="broken" until="met"/>
            </expect></bench>
            """);
        return new BenchRun(BenchReader.Read(text, "pulled.xml"), new BenchOptions { FpgaCore = core });
    }

    [GeneratedRegex("<fault [^>]*/>")]
    private static partial Regex Fault();
}
