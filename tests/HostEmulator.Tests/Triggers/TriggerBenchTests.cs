// What starts checkpoints and migrations by configuration, a bench each: every seed ends well, and no sheep is lost or
// counted twice on the way.
using Tern.HostEmulator.Tests.CheckpointManagement;

namespace Tern.HostEmulator.Tests.Triggers;

[TestClass]
public class TriggerBenchTests
{
    private const int Seeds = 60;

    [TestMethod]
    public void A_target_that_does_nothing_is_not_captured_again() => RunSeeds("checkpoint-on-change", run =>
    {
        Assert.AreEqual(1, Count(run, ReportWords.Captured, "sleeper"), "the first checkpoint alone");
        Assert.IsGreaterThan(4, Count(run, ReportWords.Captured, "sheep"));
    });

    [TestMethod]
    public void A_checkpoint_on_change_waits_for_the_shortest_time() => RunSeeds("checkpoint-on-change", run =>
    {
        long[] times = [.. run.Reports.All.Where(report => report.Word == ReportWords.Captured && report.Target == "sheep").Select(report => report.Time)];
        for (int i = 1; i < times.Length; i++)
        {
            Assert.IsGreaterThanOrEqualTo(400_000_000, times[i] - times[i - 1], "min_ms=\"400\"");
        }
    });

    [TestMethod]
    public void Who_is_permitted_has_a_target_checkpointed_and_migrated_and_nobody_else_has() => RunSeeds("checkpoint-on-request", run =>
    {
        Report stored = run.Reports.All.Single(report => report.Word == "stored");
        Report committed = run.Reports.All.Last(report => report.Word == ReportWords.Committed && report.Target == "sheep" && report.Time < stored.Time);
        Assert.AreEqual(committed.Number("commit"), stored.Number("commit"), "answered when it is stored, with its number");
        Assert.AreEqual((long)Kernel.Error.NotPermitted, Refusal(run, "onlooker"));
        Assert.AreEqual((long)Kernel.Error.ServiceDenied, Refusal(run, "watcher"));
        Assert.HasCount(1, run.Moves.Moves);
    });

    [TestMethod]
    public void A_board_with_too_much_to_do_sends_one_target_away_and_it_does_not_come_back() => RunSeeds("migrate-on-overload", run =>
        Assert.AreEqual(1, run.Moves.Moves.Count(move => move.To?.Board != move.From.Board), "no to and fro"));

    [TestMethod]
    public void A_board_sleeps_when_its_targets_have_left_and_all_others_are_ready() => RunSeeds("migrate-before-sleep", run =>
    {
        Sleep sleep = run.Sleeps.Sleeps.Single();
        Assert.IsTrue(sleep.WasReady);
        Assert.IsGreaterThanOrEqualTo(sleep.AnnouncedAt + 500_000_000, sleep.AsleepAt!.Value, "the slowest one needs so long");
        Assert.IsFalse(
            run.Reports.All.Any(report => report.Board == "ecu1" && report.Label.StartsWith("init", StringComparison.Ordinal)
                && report.Time > sleep.AsleepAt && report.Time < sleep.AwakeAt),
            "asleep a board does nothing");
    });

    [TestMethod]
    public void A_target_that_nobody_can_take_is_stored_and_goes_on_after_the_sleep() => RunSeeds("sleep-without-a-place", run =>
    {
        Sleep sleep = run.Sleeps.Sleeps.Single();
        Report committed = run.Reports.All.Last(report => report.Word == ReportWords.Committed && report.Target == "sheep_1" && report.Time < sleep.AsleepAt);
        Report said = run.Reports.All.Last(report => report.Component == "sheep_1" && report.Time < sleep.AsleepAt);
        Assert.IsLessThan(committed.Time, said.Time, "what sleeps is what is stored");
    });

    private static int Count(BenchRun run, string word, string target) =>
        run.Reports.All.Count(report => report.Word == word && report.Target == target);

    private static long? Refusal(BenchRun run, string client) =>
        run.Reports.All.Single(report => report.Word == "refused" && report.Component == client).Number("error");

    private static void RunSeeds(string bench, Action<BenchRun> check)
    {
        Bench read = new BenchCatalog().Read(bench);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var ledger = new SheepLedger();
            using var run = new BenchRun(read, new BenchOptions { Seed = seed, Log = ledger });
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: {string.Join('\n', result.Failures)}\n{ledger.Text}");
            Assert.AreEqual("", ledger.Discrepancy(), $"seed {seed}");
            check(run);
        }
    }
}
