// A bench's trace: it changes nothing, tells the same moves as the reports do, and is read by people and by Perfetto.
using System.Text.Json;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class TimelineTests
{
    private const string BenchName = "wheel-speed";

    private static readonly TraceLog Log = new();
    private static readonly BenchRun Run = NewRun(Log, 7);
    private static readonly BenchResult Result = Run.Run();
    private static readonly TraceStory Story = new(Log.Records);
    private static readonly TimelineView All = new(null, null);

    [TestMethod]
    public void TracingChangesNothing()
    {
        Bench bench = new BenchCatalog().Read(BenchName);
        using var untraced = new BenchRun(bench, new BenchOptions { Seed = 7 });
        untraced.Run();
        CollectionAssert.AreEqual(
            untraced.Reports.All.Select(report => $"{report.Time} {report}").ToArray(), Run.Reports.All.Select(report => $"{report.Time} {report}").ToArray());
    }

    [TestMethod]
    public void RecordsOfABoardAreInTheOrderOfTime()
    {
        foreach (IGrouping<string, TraceRecord> board in Log.Records.GroupBy(record => record.Subject.Board))
        {
            long last = 0;
            foreach (TraceRecord record in board)
            {
                Assert.IsGreaterThanOrEqualTo(last, record.Time);
                last = record.Time;
            }
        }

        Assert.HasCount(4, Log.Records.Select(record => record.Subject.Board).Distinct());
        Assert.AreEqual(0, Log.Dropped);
    }

    [TestMethod]
    public void TheTraceTellsTheMovesThatTheReportsTell()
    {
        Assert.HasCount(2, Result.Moves);
        Assert.HasCount(2, Story.Moves);
        foreach (Move move in Result.Moves)
        {
            TraceMove traced = Story.Moves.Single(candidate => candidate.To.Component == move.Target);
            Assert.AreEqual(move.From.Board, traced.From.Board);
            Assert.AreEqual(move.To!.Value.Board, traced.To.Board);
            Assert.IsLessThanOrEqualTo(move.LeftAt!.Value, traced.LeftAt);
            Assert.IsLessThanOrEqualTo(move.ArrivedAt!.Value, traced.ArrivedAt);
            Assert.AreEqual(move.DowntimeNanoseconds!.Value, traced.ArrivedAt - traced.LeftAt, 10e6, "within ten milliseconds");
        }
    }

    [TestMethod]
    public void EveryCheckpointIsCapturedSealedAndStoredInThisOrder()
    {
        TraceSpan[] captures = [.. Story.Spans.Where(span => span.Kind == SpanKind.Capture)];
        Assert.HasCount(Run.Reports.All.Count(report => report.Word == ReportWords.Captured), captures);
        Assert.HasCount(
            Run.Reports.All.Count(report => report.Word == ReportWords.Committed), Story.Spans.Where(span => span.Kind == SpanKind.Store));
        foreach (TraceSpan capture in captures)
        {
            TraceSpan seal = Story.Spans.Single(span => span.Kind == SpanKind.Seal && span.Subject == capture.Subject && span.Number == capture.Number);
            Assert.AreEqual(capture.End, seal.Begin);
            TraceSpan? store = Story.Spans.SingleOrDefault(span => span.Kind == SpanKind.Store && span.Subject == capture.Subject && span.Number == capture.Number);
            Assert.IsTrue(store is null || store.Begin == seal.End);
        }
    }

    [TestMethod]
    public void ATargetRunsNoHandlerWhileItIsCapturedHeldOrRestored()
    {
        foreach (TraceSpan phase in Story.Spans.Where(span => span.Kind is SpanKind.Capture or SpanKind.Hold or SpanKind.Restore))
        {
            Assert.IsFalse(Story.Spans.Any(span => span.Kind == SpanKind.Handler && span.Subject == phase.Subject && span.Begin < phase.End && span.End > phase.Begin));
        }
    }

    [TestMethod]
    public void HandlersOfABoardAreNestedOrApart()
    {
        TraceSpan[] handlers = [.. Story.Spans.Where(span => span.Kind == SpanKind.Handler && span.Subject.Board == "ecu1").OrderBy(span => span.Begin).ThenByDescending(span => span.End)];
        Assert.IsTrue(handlers.Any(span => span.IsNested));
        var open = new Stack<TraceSpan>();
        foreach (TraceSpan handler in handlers)
        {
            while (open.Count > 0 && open.Peek().End <= handler.Begin)
            {
                open.Pop();
            }

            Assert.AreEqual(handler.IsNested, open.Count > 0);
            Assert.IsTrue(open.Count == 0 || handler.End <= open.Peek().End);
            open.Push(handler);
        }
    }

    [TestMethod]
    public void TheTextIsTheSameForTheSameSeedAndNamesPhasesAndMoves()
    {
        string text = Text(Log, All);
        var log = new TraceLog();
        using BenchRun again = NewRun(log, 7);
        again.Run();
        Assert.AreEqual(text, Text(log, All));
        StringAssert.Matches(text, new(@"init -> rtcr_1 -> front_left +checkpoint \d+: capture [\d.]+ ms → seal [\d.]+ ms → store [\d.]+ ms"));
        StringAssert.Matches(text, new(@"ecu2 +init -> rtcr_2 -> front_left +moves here from ecu1; nobody ran it for +[\d.]+ s"));
        Assert.IsFalse(text.Split('\n').Any(line => line.EndsWith(' ')));
    }

    [TestMethod]
    public void AViewShowsOnlyWhatItIsAskedFor()
    {
        string text = Text(Log, new TimelineView("ecu1", "front_left", 2_000_000_000, 4_000_000_000), handlers: true);
        StringAssert.Contains(text, "signal 1");
        foreach (string line in text.Split('\n').Where(line => line.Contains("init", StringComparison.Ordinal)))
        {
            StringAssert.Contains(line, "front_left");
            StringAssert.Contains(line, "ecu1");
        }

        Assert.IsFalse(text.Split('\n').Any(line => (line.StartsWith("5.", StringComparison.Ordinal) || line.StartsWith("1.", StringComparison.Ordinal)) && line.Contains("signal", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheJsonIsWhatPerfettoReads()
    {
        using var stream = new MemoryStream();
        TimelineJson.Write(stream, Log, All);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        JsonElement[] events = [.. document.RootElement.GetProperty("traceEvents").EnumerateArray()];
        var named = new HashSet<(int, int)>();
        foreach (JsonElement e in events)
        {
            string phase = e.GetProperty("ph").GetString()!;
            CollectionAssert.Contains(new[] { "M", "X", "i", "s", "f" }, phase);
            int board = e.GetProperty("pid").GetInt32();
            int track = e.GetProperty("tid").GetInt32();
            if (phase == "M")
            {
                named.Add((board, track));
                continue;
            }

            Assert.Contains((board, 0), named, "its board has a name");
            Assert.Contains((board, track), named, "its track has a name");
            Assert.IsGreaterThanOrEqualTo(0, e.GetProperty("ts").GetDecimal());
            Assert.IsTrue(phase != "X" || e.GetProperty("dur").GetDecimal() >= 0);
        }

        Assert.AreEqual(Story.Spans.Count, events.Count(e => e.GetProperty("ph").GetString() == "X"));
        Assert.AreEqual(2, events.Count(e => e.GetProperty("ph").GetString() == "s"));
        CollectionAssert.AreEquivalent(
            events.Where(e => e.GetProperty("ph").GetString() == "s").Select(e => e.GetProperty("id").GetInt32()).ToArray(),
            events.Where(e => e.GetProperty("ph").GetString() == "f").Select(e => e.GetProperty("id").GetInt32()).ToArray());
    }

    [TestMethod]
    public void ABoardThatLosesItsPowerInTheMiddleLeavesNothingOpen()
    {
        Bench bench = BenchReader.Read(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", "sheep.xml"))
                .Replace("<expect", "<fault at-ms=\"3000\" kind=\"power-off\" boards=\"pasture\"/><fault at-ms=\"3500\" kind=\"power-on\" boards=\"pasture\"/><expect", StringComparison.Ordinal),
            "sheep.xml");
        var log = new TraceLog();
        using var run = new BenchRun(bench, new BenchOptions { Trace = log, WithinNanoseconds = 6_000_000_000 });
        run.Run();
        var story = new TraceStory(log.Records);
        Assert.IsTrue(story.Spans.All(span => span.Duration < 1_000_000_000), "no handler spans the cut");
        Assert.IsTrue(log.Records.Any(record => record.Time > 3_600_000_000 && record.Subject.Component == "sheep_counter"));
        Assert.IsEmpty(story.Moves);
    }

    private static BenchRun NewRun(TraceLog log, ulong seed) =>
        new(new BenchCatalog().Read(BenchName), new BenchOptions { Seed = seed, Trace = log });

    private static string Text(TraceLog log, TimelineView view, bool handlers = false)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new TimelineText(log, view, handlers).Write(text);
        return text.ToString();
    }
}
