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

    [TestMethod]
    public void A_target_that_refuses_other_modules_stays_and_one_that_takes_them_over_goes() => RunSeeds("rom-changed", run =>
    {
        Assert.AreEqual("ecu2", run.Moves.PlaceOf("flexible")?.Board);
        Assert.AreEqual("ecu1", run.Moves.PlaceOf("exact")?.Board);
    });

    [TestMethod]
    public void Records_over_a_stream_all_arrive_in_order_though_their_sender_migrates() => RunSeeds("migrate-open-flows", run =>
    {
        Report[] links = [.. run.Reports.All.Where(report => report.Word == "link" && report.Board == "ecu2")];
        Assert.AreEqual("no", links[0].Value("up"), "the link goes down");
        Assert.AreEqual("yes", links[1].Value("up"), "and up");
        Report last = run.Reports.All.Last(report => report.Component == "receiver");
        Assert.AreEqual(2, last.Number("streams"), "one from each board");
        int left = run.Reports.All.Count(report => report.Component == "telemetry" && report.Word == ReportWords.Verified && report.Board == "ecu1");
        Assert.IsGreaterThan(5, left, "the stream was in use before");
    });

    [TestMethod]
    public void A_target_that_refuses_to_lose_flows_is_not_checkpointed_while_it_has_any()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Benches", "migrate-open-flows.xml");
        Bench bench = BenchReader.Read(
            File.ReadAllText(path).Replace("open=\"reconnect\"", "open=\"refuse\"", StringComparison.Ordinal), path);
        var ledger = new SheepLedger();
        using var run = new BenchRun(bench, new BenchOptions { Seed = 1, Log = ledger, WithinNanoseconds = 8_000_000_000 });
        run.Run();
        Assert.Contains("no checkpoint of \"telemetry\": " + Kernel.Errors.Name(Kernel.Error.FlowsOpen), ledger.Text);
        Assert.AreEqual("ecu1", run.Moves.PlaceOf("telemetry")?.Board ?? "ecu1");
        Assert.IsFalse(run.Reports.All.Any(report => report.Word == ReportWords.Started && report.Target == "telemetry" && report.Board == "ecu2"));
        Assert.IsGreaterThan(60, run.Reports.All.Count(report => report.Component == "telemetry" && report.Word == ReportWords.Verified), "it works on");
    }

    [TestMethod]
    public void Whenever_a_board_sleeps_and_however_little_time_it_gives_each_target_runs_once_and_goes_on()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Benches", "migrate-before-sleep.xml");
        string text = File.ReadAllText(path);
        int expect = text.IndexOf("<expect", StringComparison.Ordinal);
        text = text[..expect] + "</bench>";
        var seen = new HashSet<string>();
        foreach (int grace in new[] { 0, 150, 900, 2500 })
        {
            for (int at = 400; at <= 4400; at += 250)
            {
                string changed = text.Replace("at-ms=\"3000\" grace-ms=\"10000\"", $"at-ms=\"{at}\" grace-ms=\"{grace}\"", StringComparison.Ordinal)
                    .Replace("<wake boards=\"ecu1\" at-ms=\"18000\"/>", $"<wake boards=\"ecu1\" at-ms=\"{at + 4000}\"/>", StringComparison.Ordinal);
                string what = $"announced at {at} ms with {grace} ms left";
                var ledger = new SheepLedger();
                using var run = new BenchRun(BenchReader.Read(changed, path), new BenchOptions { Seed = (ulong)at, Log = ledger, WithinNanoseconds = 30_000_000_000 });
                run.Run();
                seen.UnionWith(run.Reports.All.Select(report => report.Word));
                Assert.AreEqual("", ledger.Discrepancy(), what);
                foreach (string target in new[] { "sheep_1", "sheep_2", "sheep_3" })
                {
                    Report? last = run.Reports.All.LastOrDefault(report => report.Component == target);
                    Assert.IsTrue(last?.Time > 28_000_000_000, $"{target} has stopped, {what}\n{ledger.Text}");
                }
            }
        }

        Assert.Contains(ReportWords.Asleep, seen, "some had time enough");
        Assert.Contains(ReportWords.PutToSleep, seen, "some had not");
    }

    [TestMethod]
    [DataRow("target=\"sheep\" after_ms=\"2000\"", "target=\"nobody\" after_ms=\"2000\"", Kernel.Error.NotFound)]
    [DataRow("<checkpoint on_request=\"yes\"/>", "", Kernel.Error.NotPermitted)]
    [DataRow("target=\"sheep\" checkpoint", "target=\"other\" checkpoint", Kernel.Error.NotPermitted)]
    [DataRow(" manager_ip=\"10.0.0.2\">", ">", Kernel.Error.Unreachable)]
    [DataRow("checkpoint=\"yes\"/>", "checkpoint=\"yes\" timeout_ms=\"5\"/>", Kernel.Error.Unreachable)]
    public void A_request_that_comes_to_nothing_is_answered_with_the_reason(string right, string wrong, Kernel.Error expected)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Benches", "checkpoint-on-request.xml");
        string text = File.ReadAllText(path);
        Assert.Contains(right, text);
        var ledger = new SheepLedger();
        using var run = new BenchRun(
            BenchReader.Read(text.Replace(right, wrong, StringComparison.Ordinal), path),
            new BenchOptions { Seed = 3, Log = ledger, WithinNanoseconds = 6_000_000_000 });
        run.Run();
        Assert.AreEqual((long)expected, Refusal(run, "operator"), ledger.Text);
        Assert.AreEqual("", ledger.Discrepancy(), "whatever became of it, the sheep are counted on");
    }

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
