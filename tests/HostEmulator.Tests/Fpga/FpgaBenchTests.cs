// A bench with a co-processor: a driver on Tern's own kernel talks to it over core's SPI service, and faults happen to it.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaBenchTests
{
    private const string Text = """
        <bench name="fpga">
          <board name="ecu" start-ms="0">
            <interrupt name="fpga" line="5"/>
            <device kind="fpga" spi="fpga" interrupt="fpga" clock="8M" memory="64K" core="rtl"/>
            <config/>
          </board>
          <board name="other" start-ms="0"><config/></board>
          FAULTS
        </bench>
        """;

    private readonly List<(FpgaCoreKind Kind, int Memory, ScriptedCore Core)> _cores = [];

    [TestMethod]
    public void ADriverHearsOfEachJobWhenItIsDone()
    {
        IReadOnlyList<Report> reports = Run("", 1, null);
        Report[] ended = [.. reports.Where(report => report.Word == "ended")];
        Report[] sent = [.. reports.Where(report => report.Word == "sent")];
        Assert.HasCount(199, ended);
        for (int i = 0; i < ended.Length; i++)
        {
            Assert.AreEqual("ended count=1", ended[i].Text);
            Assert.AreEqual("sent answer=" + i, sent[i].Text);
            Assert.IsInRange(sent[i].Time + 175_000, sent[i].Time + 290_000, ended[i].Time);   // 200 µs, less the gap, and two transfers and dispatches
        }
    }

    [TestMethod]
    public void FaultsHappenToItWhenTheBenchSaysSo()
    {
        IReadOnlyList<Report> reports = Run(
            """
            <fault at-ms="52" kind="fpga-unplug" boards="ecu"/>
            <fault at-ms="102" kind="fpga-plug" boards="ecu"/>
            <fault at-ms="200" kind="fpga-reset" boards="ecu"/>
            """,
            1,
            null);
        Assert.IsTrue(reports.Where(report => report.Word == "ended").All(report => report.Time is < 52_000_000 or > 102_000_000));
        Assert.HasCount(10, reports.Where(report => report.Text == "sent answer=255"));
        Assert.AreEqual("sent answer=10", reports.First(report => report.Word == "sent" && report.Time > 102_000_000).Text);
        Assert.AreEqual(2, _cores[0].Core.Resets);
    }

    [TestMethod]
    public void TheBoardsPowerIsNotTheCoProcessors()
    {
        Run("""<fault at-ms="50" kind="power-off" boards="ecu"/><fault at-ms="60" kind="power-on" boards="ecu"/>""", 1, null);
        Assert.AreEqual(0, _cores[0].Core.Resets);
        Assert.IsGreaterThan(150, _cores[0].Core.Ends.Count);
    }

    [TestMethod]
    public void TheBenchSaysWhatIsMadeAndOptionsOverrideIt()
    {
        Run("", 1, null);
        Run("", 1, FpgaCoreKind.Model);
        Assert.AreEqual((FpgaCoreKind.Rtl, 65536), (_cores[0].Kind, _cores[0].Memory));
        Assert.AreEqual(FpgaCoreKind.Model, _cores[1].Kind);
        Assert.IsTrue(_cores.All(made => made.Core.IsDisposed));
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameRun()
    {
        Assert.AreEqual(Story(3), Story(3));
        CollectionAssert.AreEqual(_cores[0].Core.Ends, _cores[1].Core.Ends);
    }

    [TestMethod]
    [DataRow(100)]          // in a selection: a driver's transfer finds it out
    [DataRow(5_000)]        // in the midst of a job
    public void ACoreThatFailsEndsTheRunAndIsNobodyElsesFault(int clock)
    {
        Bench bench = BenchReader.Read(Text.Replace("FAULTS", "", StringComparison.Ordinal), "fpga.xml");
        using var run = new BenchRun(bench, new BenchOptions
        {
            WithinNanoseconds = 1_000_000_000,
            FpgaCores = (_, _) => new ScriptedCore { FailsAt = clock },
            Programs = name => name == "init" ? new BusProbe() : null,
        });
        BenchResult result = run.Run();
        Assert.IsLessThan(50_000_000, run.World.Now);
        string failure = result.Failures.Single();
        Assert.Contains("board ecu/fpga crashed", failure);
        Assert.Contains("the core fails", failure);
    }

    private string Story(ulong seed) => string.Join('\n', Run(
        """<fault at-ms="321" kind="fpga-reset" boards="ecu"/>""", seed, null).Select(report => $"{report.Time} {report}"));

    private IReadOnlyList<Report> Run(string faults, ulong seed, FpgaCoreKind? kind)
    {
        Bench bench = BenchReader.Read(Text.Replace("FAULTS", faults, StringComparison.Ordinal), "fpga.xml");
        using var run = new BenchRun(bench, new BenchOptions
        {
            Seed = seed,
            WithinNanoseconds = 1_000_000_000,
            FpgaCore = kind,
            FpgaCores = Make,
            Programs = name => name == "init" ? new BusProbe() : null,
        });
        Assert.HasCount(1, run.Fpgas("ecu"));
        Assert.IsEmpty(run.Fpgas("other"));
        BenchResult result = run.Run();
        Assert.IsTrue(result.IsSuccess, string.Join('\n', result.Failures));
        return [.. run.Reports.All.Where(report => report.Board == "ecu")];
    }

    private ScriptedCore Make(FpgaCoreKind kind, int memory)
    {
        var core = new ScriptedCore();
        _cores.Add((kind, memory, core));
        return core;
    }
}
