// A target whose memory is beside a co-processor, and more than what the driver shows of it at once, moves to a board that has none: its
// checkpoints are whole whoever made them, on the model and on the RTL.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FlightRecorderBenchTests
{
    private readonly Bench _bench = new BenchCatalog().Read("flight-recorder");

    [TestMethod]
    public void WithEverySeedTheRecorderGoesOnWhereThereIsNoCoProcessor()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Check(new BenchOptions { Seed = seed });
        }
    }

    [TestMethod]
    public void SoItDoesWithTheRtl() => Check(new BenchOptions { FpgaCore = FpgaCoreKind.Rtl });

    private void Check(BenchOptions options)
    {
        using var run = new BenchRun(_bench, options);
        BenchResult result = run.Run();
        Assert.IsTrue(result.IsSuccess, $"seed {options.Seed}: {string.Join('\n', result.Failures)}");
        Move move = result.Moves.Single();
        Report[] verified = [.. run.Reports.All.Where(report => report.Word == ReportWords.Verified && report.Component == "recorder")];
        long before = verified.Last(report => report.Board == "ecu1").Number("count")!.Value;
        long after = verified.First(report => report.Board == "ecu2").Number("count")!.Value;
        Assert.AreEqual(before + 4, after, $"seed {options.Seed}: no tick is lost and none is made twice");
        Assert.IsGreaterThan(96 * 1024, move.ImageBytes!.Value);
    }
}
