// Text forges structure: names and texts that a component chooses reach a person escaped, whichever way they take.
using System.Globalization;
using Spectre.Console;
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class ForgedTextTests : IDisposable
{
    private const string Forged = "[init] Error: child \"brake\" faulted";
    private const string Hostile = "x\r\n" + Forged;
    private const string Escaped = "x\\r\\n" + Forged;

    private readonly StringWriter _writer = new() { NewLine = "\n" };

    public void Dispose() => _writer.Dispose();

    [TestMethod]
    [DataRow("a\nb", "a\\nb")]
    [DataRow("a\rb\tc", "a\\rb\\tc")]
    [DataRow("\u001b[2J", "\\x1b[2J")]
    [DataRow("\u009b2J\0", "\\x9b2J\\x00")]
    [DataRow("a\u2028b", "a\\u2028b")]
    [DataRow("a\u202eb", "a\\u202eb")]
    [DataRow("tag \U000e0001", "tag \\U000e0001")]
    [DataRow("12 µs — \"é\" C:\\ok 🐑", "12 µs — \"é\" C:\\ok 🐑")]
    public void ALogLineIsOneLineAndHarmless(string text, string shown) => Assert.AreEqual(shown, new LogLine("ecu", text).Text);

    [TestMethod]
    public void AHostileProgramWritesNoLineOfAnother()
    {
        Bench bench = BenchReader.Read("<bench><board name='a'><config/></board><board name='b'><config/></board><expect within-seconds='1'/></bench>", "forged.xml");
        var trace = new TraceLog();
        using var run = new BenchRun(bench, new BenchOptions
        {
            Programs = name => name == "init" ? new Villain() : null,
            Log = new TextLog(_writer, ["a", "b"], LogLevel.Debug),
            Trace = trace,
        });
        BenchResult result = run.Run();
        ResultTable.Write(_writer, result);
        new TimelineText(trace, new TimelineView(null, null), withHandlers: true).Write(_writer);
        string all = _writer.ToString();
        Assert.Contains("a  [init] " + Escaped + "\n", all);
        Assert.Contains("b  [init -> " + Escaped.Replace("]", "\\x5d", StringComparison.Ordinal) + "] hello\n", all);
        AssertNoForgedLine(all);
        Assert.IsTrue(run.Reports.All.All(report => report.ToString() == $"[{report.Board}: init -> {Escaped}] {Escaped}"));
        Assert.HasCount(2, run.Reports.All);
    }

    [TestMethod]
    public void ATraceNamesEverybodyInOneLine()
    {
        var log = new TraceLog();
        ITrace door = log.DoorOf(new TestWorld().Add(on: false).Board);
        door.Subject(1, "init -> " + Hostile, Hostile);
        door.Record(5, TraceKind.Fault, 1, 0, 0, 0);
        Assert.AreEqual(new TracedThread("board1", "init -> " + Escaped, Escaped), log.Records[0].Subject);
        new TimelineText(log, new TimelineView(null, null), withHandlers: false).Write(_writer);
        Assert.Contains(Escaped, _writer.ToString());
        AssertNoForgedLine(_writer.ToString());
        using var json = new MemoryStream();
        TimelineJson.Write(json, log, new TimelineView(null, null));
        Assert.DoesNotContain("\n", System.Text.Encoding.UTF8.GetString(json.ToArray()));
    }

    [TestMethod]
    public void AReportTellsInOneLine()
    {
        var report = new Report(0, "ecu", "init -> " + Hostile, $"verified target={Hostile}");
        Assert.AreEqual($"[ecu: init -> {Escaped}] verified target={Escaped}", report.ToString());
        var expectation = new ReportExpectation { Source = "x.xml:1:1", Pattern = new ReportPattern("verified"), AtLeast = 0 };
        var moves = new MoveTracker();
        moves.Add(report);
        expectation.Add(report, moves);
        AssertNoForgedLine(expectation.Why(moves));
    }

    [TestMethod]
    public void ACapabilityDumpsTypesAreShownInOneLine()
    {
        var before = CapabilityRows.Read(CapabilityRows.Ended("000008\t00001-SW Gate\u001b[2J\t-\n"), "before.txt");
        var after = CapabilityRows.Read(CapabilityRows.Ended("000008\t-\t-\n"), "after.txt");
        Assert.AreEqual("- 000008 Gate\\x1b[2J: missing after the restore", new CapabilityDiff(before, after).Lines.Single());
    }

    [TestMethod]
    [DataRow("[init] Error: ... goes on", LogLevel.Error, "goes on")]
    [DataRow("[init -> a] Warning: ... x", LogLevel.Warning, "x")]
    [DataRow("[init -> a] ... Error: x", LogLevel.Info, "Error: x")]
    [DataRow("[init -> a] Error: x", LogLevel.Error, null)]
    [DataRow("[init -> a] x", LogLevel.Info, null)]
    [DataRow("[init -> a]", LogLevel.Info, null)]
    [DataRow("", LogLevel.Info, null)]
    public void AFurtherLineOfALongTextKeepsItsLevel(string text, LogLevel level, string? rest)
    {
        var line = new LogLine("ecu", text);
        Assert.AreEqual(level, line.Level);
        Assert.AreEqual(rest, line.RestAt == 0 ? null : line.Text[line.RestAt..]);
    }

    [TestMethod]
    public void AnErrorOfSeveralLinesIsOneError()
    {
        var watch = new ErrorWatch(null);
        foreach (string text in new[] { "[a] Error: one", "[a] Error: ... more", "[b] Error: ... another's", "[a] Warning: x", "[b] Error: ... still", "[a] Error: two" })
        {
            watch.Write(new LogLine("ecu", text));
        }

        CollectionAssert.AreEqual(
            new[] { "ecu logged an error: [a] Error: one more", "ecu logged an error: [b] Error: ... another's still", "ecu logged an error: [a] Error: two" },
            watch.Failures.ToArray());
    }

    [TestMethod]
    public void ErrorsBehindTheTenthAreCountedOnceEach()
    {
        var watch = new ErrorWatch(null);
        for (int i = 0; i < 12; i++)
        {
            watch.Write(new LogLine("ecu", "[a] Error: " + i.ToString(CultureInfo.InvariantCulture)));
            watch.Write(new LogLine("ecu", "[a] Error: ... more"));
        }

        Assert.AreEqual("2 more errors", watch.Failures.Last());
        Assert.AreEqual("ecu logged an error: [a] Error: 9 more", watch.Failures.ElementAt(9));
    }

    [TestMethod]
    [DataRow(40)]
    [DataRow(60)]
    [DataRow(80)]
    [DataRow(200)]
    public void EachRowOfATerminalBeginsWithItsBoardAndItsLabel(int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_writer),
        });
        console.Profile.Width = width;
        var log = new ColourLog(console, ["ecu1", "manager"]);
        const string label = "[init -> villain]";
        for (int fill = 0; fill < 2 * width; fill++)
        {
            log.Write(new LogLine("ecu1", label + " " + new string('x', fill) + " " + Forged));
            log.Write(new LogLine("ecu1", label + " " + new string('羊', fill) + " " + Forged));
        }

        const string begin = "ecu1     " + label;
        foreach (string row in _writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.StartsWith(begin, row);
            string text = row[begin.Length..];
            Assert.IsTrue(text.StartsWith(" ... ", StringComparison.Ordinal) || text.StartsWith("  [", StringComparison.Ordinal) || text[1] is 'x' or '羊', row);
            Assert.IsLessThanOrEqualTo(Math.Max(width, 57), row.Sum(c => c == '羊' ? 2 : 1));
        }
    }

    [TestMethod]
    public void AFurtherRowOfAFailureIsIndented()
    {
        string[] rows = [.. TerminalRows.Of("FAILED: " + new string('x', 31) + " " + Forged, 40, "        ")];
        CollectionAssert.AreEqual(
            new[] { "FAILED: " + new string('x', 31), "        [init] Error: child \"brake\"", "        faulted" }, rows);
        CollectionAssert.AreEqual(new[] { "" }, TerminalRows.Of("", 40, " ").ToArray());
        CollectionAssert.AreEqual(new[] { "a", " b", " c" }, TerminalRows.Of("abc", 1, " ").ToArray());
    }

    private static void AssertNoForgedLine(string text)
    {
        foreach (string line in text.Split('\n', '\r', '\u0085', '\u2028'))
        {
            Assert.DoesNotStartWith("[init] Error", line.TrimStart());
        }
    }

    private sealed class Villain : PinnedProgram
    {
        public override void Construct(Env env)
        {
            env.Log(Hostile);
            int log = env.Connect("LOG", Hostile, 0, 0, 0);
            env.Call(log, env.Compose(LogOperation.Write).AddText("hello"));
            int report = env.Connect("Report", Hostile, 0, 0, 0);
            env.Call(report, env.Compose(ReportOperation.Submit).AddText(Hostile));
            int pd = env.ConnectPd(Hostile, 64 * 1024, 32, out int _);
            new CpuSession(env, env.ConnectCpu(Hostile, 0, 0, 0, 0)).CreateThread(pd, Hostile, Priorities.Default, out Error _);
            throw new InvalidOperationException(Hostile);
        }
    }
}
