// A component that stands still is told of, by its board's own time.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

[TestClass]
public sealed class WaitTests
{
    private const string Long = "<expect within-seconds=\"60\" log-errors=\"ignore\"/>";

    [TestMethod]
    public void A_request_that_is_never_answered_is_told_once_and_at_the_end()
    {
        ToldBench bench = NewBench("").With("server", () => new ForgetfulServer()).With("clumsy", () => new Asking(ForgetfulServer.Hold, "Sheep")).Run();
        string told = Assert.ContainsSingle(bench.Told(LogLevel.Warning));
        Assert.StartsWith("[emulator] Warning: init -> clumsy: waits for an answer to opcode 2 (reply label 2) from init -> server since 1", told);
        Assert.StartsWith("ecu: init -> clumsy waits for an answer to opcode 2 (reply label 2) from init -> server since ", Assert.ContainsSingle(bench.Result.Waits));
        Assert.IsTrue(bench.Result.IsSuccess, "a wait is told of, and judges no run");
    }

    [TestMethod]
    public void A_session_of_a_server_that_does_not_announce_is_told_by_its_service()
    {
        ToldBench bench = NewBench("").With("server", () => new Clumsy(_ => { })).With("clumsy", () => new Asking(1, "Sheep")).Run();
        Assert.StartsWith("[emulator] Warning: init -> clumsy: waits for its session of \"Sheep\" from init since 1", Assert.ContainsSingle(bench.Told(LogLevel.Warning)));
    }

    [TestMethod]
    [DataRow("wait-warning-seconds=\"40\"", 1, "since 4")]
    [DataRow("wait-warning-seconds=\"80\"", 0, "")]
    [DataRow("wait-warning-seconds=\"0\"", 0, "")]
    public void The_bench_says_how_long_is_long(string attribute, int lines, string since)
    {
        ToldBench bench = NewBench(attribute).With("server", () => new ForgetfulServer()).With("clumsy", () => new Asking(ForgetfulServer.Hold, "Sheep")).Run();
        Assert.HasCount(lines, bench.Told(LogLevel.Warning));
        Assert.IsTrue(bench.Told(LogLevel.Warning).All(line => line.Contains(since, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_client_that_migrates_away_from_its_server_is_told_of()
    {
        const string counter = "<binary name=\"sheep_counter\"/>";
        string text = BenchText("checkpoint-management");
        int at = text.IndexOf(counter, StringComparison.Ordinal);
        text = text.Remove(at, counter.Length).Insert(at, "<binary name=\"sheep_client\"/>");
        int end = text.IndexOf("</start>", at, StringComparison.Ordinal) + "</start>".Length;
        text = text.Insert(end, "<start name=\"flock\"> <binary name=\"sheep_server\"/> <resource name=\"RAM\" quantum=\"256K\"/> <serve> <service name=\"Sheep\"/> </serve> </start>");
        text = text[..text.IndexOf("<expect", StringComparison.Ordinal)] + "<expect within-seconds=\"25\" log-errors=\"ignore\"/></bench>";
        var log = new ToldBench();
        using var run = new BenchRun(BenchReader.Read(text, "away.xml"), new BenchOptions { Log = log });
        BenchResult result = run.Run();
        Assert.Contains("init -> rtcr_dummy_2 -> sheep_1: waits for an answer to opcode 1 (reply label 2) from init -> rtcr_dummy_2 since 10", Assert.ContainsSingle(log.Told(LogLevel.Warning)));
        Assert.StartsWith("ecu2: init -> rtcr_dummy_2 -> sheep_1 waits for an answer", Assert.ContainsSingle(result.Waits));
    }

    [TestMethod]
    public void Looking_changes_no_run()
    {
        Assert.AreEqual(Events(10), Events(0));
        static long Events(long seconds)
        {
            string text = BenchText("sheep").Replace("<bench ", $"<bench wait-warning-seconds=\"{seconds}\" ", StringComparison.Ordinal);
            Bench bench = BenchReader.Read(text, "sheep.xml");
            using var run = new BenchRun(bench, new BenchOptions { Seed = 3 });
            BenchResult result = run.Run();
            return (result.EventCount * 1_000_000) + (result.Nanoseconds % 1_000_000);
        }
    }

    private static string BenchText(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", name + ".xml"));

    private static ToldBench NewBench(string root) => new() { Root = root, Expect = Long };
}
