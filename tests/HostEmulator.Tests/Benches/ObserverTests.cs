// What observes a run is run inside what is observed: a log line is written in a component's handler, an image kept in RTCR's. When the
// observer fails, that is one error of the emulator: no component feels it, and up to where it stops the run is the run without it.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class ObserverTests : IDisposable
{
    private static readonly Bench Bench = new BenchCatalog().Read("checkpoint-management-one-board");
    private static readonly Story Whole = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("tern-").FullName;

    [ClassInitialize]
    public static void RunWithoutObservers(TestContext context)
    {
        using var run = new BenchRun(Bench, new BenchOptions { Seed = 3, Log = Whole });
        Assert.IsTrue(run.Run().IsSuccess);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void ImagesThatCannotBeKeptEndTheRunAndChangeNothingBefore()
    {
        string images = Path.Combine(_folder, "images");
        StopsEarly(new Story(), log => new BenchOptions { Seed = 3, Log = log, ImageDirectory = images }, () => Directory.Delete(images), images);
    }

    [TestMethod]
    public void CapabilityDumpsThatCannotBeWrittenEndTheRunAndChangeNothingBefore()
    {
        string dumps = Path.Combine(_folder, "dumps");
        StopsEarly(new Story(), log => new BenchOptions { Seed = 3, Log = log, CapabilityDirectory = dumps }, () => Directory.Delete(dumps), dumps);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(50)]
    public void ALogThatIsFullAtAnyLineEndsTheRunAndChangesNothingBefore(int lines) =>
        StopsEarly(new Story { Full = lines }, log => new BenchOptions { Seed = 3, Log = log }, () => { }, LimitedStream.Reason);

    [TestMethod]
    public void AComponentGoesOnBehindALineOrAReportThatItsObserverCouldNotTake()
    {
        Bench one = BenchReader.Read("<bench><board name='a'><config/></board><expect within-seconds='1'/></bench>", "one.xml");
        foreach (bool reports in new[] { false, true })
        {
            var talker = new Talker();
            using var run = new BenchRun(one, new BenchOptions { Programs = _ => talker, Log = reports ? new Story() : new Story { Full = 2 } });
            run.Reports.Added += _ => throw new IOException(LimitedStream.Reason);
            Assert.ThrowsExactly<IOException>(() => run.Run());
            Assert.AreEqual(2, talker.Said);
        }
    }

    [TestMethod]
    public void AListenerOfReportsThatFailsEndsTheRunWithItsOwnException()
    {
        using var run = new BenchRun(Bench, new BenchOptions { Seed = 3 });
        run.Reports.Added += report => throw new InvalidOperationException("a defect of the listener");
        Assert.AreEqual("a defect of the listener", Assert.ThrowsExactly<InvalidOperationException>(() => run.Run()).Message);
        Assert.HasCount(1, run.Reports.All);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AFileBehindADiskThatFailsEndsTheRun()
    {
        using var run = new BenchRun(Bench, new BenchOptions { Seed = 3, StorageDirectory = _folder });
        string file = Directory.GetFiles(_folder).Single();
        using (var cut = System.Diagnostics.Process.Start("truncate", ["-s", "0", file]))
        {
            cut.WaitForExit();
        }

        IOException failure = Assert.ThrowsExactly<IOException>(() => run.Run());
        StringAssert.StartsWith(failure.Message, file + " was cut short; the run was stopped at ");
    }

    private static void StopsEarly(Story story, Func<ILogSink, BenchOptions> optionsOf, Action sabotage, string named)
    {
        using var run = new BenchRun(Bench, optionsOf(story));
        sabotage();
        IOException failure = Assert.ThrowsExactly<IOException>(() => run.Run());
        Assert.Contains(named, failure.Message);
        Assert.Contains("; the run was stopped at ", failure.Message);
        Assert.IsLessThan(Whole.Lines.Count, story.Lines.Count);
        CollectionAssert.AreEqual(Whole.Lines.Take(story.Lines.Count).ToArray(), story.Lines);
    }

    private sealed class Talker : PinnedProgram
    {
        internal int Said { get; private set; }

        public override void Construct(Env env)
        {
            env.Log("hello");
            Said++;
            env.Call(env.Connect("Report", "", 0, 0, 0), env.Compose(ReportOperation.Submit).AddText("up"));
            Said++;
        }
    }

    private sealed class Story : ILogSink
    {
        internal List<string> Lines { get; } = [];

        internal int Full { get; init; } = int.MaxValue;

        public void Write(LogLine line)
        {
            if (Lines.Count == Full)
            {
                throw new IOException(LimitedStream.Reason);
            }

            Lines.Add(line.Board + " " + line.Text);
        }
    }
}
