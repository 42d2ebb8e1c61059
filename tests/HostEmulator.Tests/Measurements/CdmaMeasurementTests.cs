// What the measurement of checkpoints measures: that nothing of the time is lost or counted twice, and that the model stands for the RTL.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class CdmaMeasurementTests
{
    private static readonly CdmaCase Small = new(16 * 1024, 1);

    [TestMethod]
    public void TheRtlGivesTheFiguresOfTheModel() => Assert.AreEqual(Measure(FpgaCoreKind.Model, Small), Measure(FpgaCoreKind.Rtl, Small));

    [TestMethod]
    public void ACheckpointByTheProcessorIsOneHandlerAndLeavesNoTime()
    {
        CheckpointCost cost = Measure(FpgaCoreKind.Model, Small).Processor;
        Assert.AreEqual(0, cost.Free);
        Assert.IsGreaterThan(cost.Whole, cost.LongestHandler, "it begins before the target is held, and ends after the report");
        Assert.IsGreaterThan(cost.Stop, cost.Whole);
    }

    [TestMethod]
    public void WorkIsWhatTheHandlersInTheTimeTake()
    {
        CheckpointCost cost = Measure(FpgaCoreKind.Model, new CdmaCase(64 * 1024, 4)).Coprocessor;
        Assert.IsGreaterThan(cost.Stop, cost.Work);
        Assert.IsGreaterThan(0, cost.Free, "the recorder's tick comes in between");
        Assert.IsLessThanOrEqualTo(cost.Whole, cost.Free + cost.Work);
        Assert.IsLessThan(cost.Whole, cost.LongestHandler);
    }

    [TestMethod]
    public void TheRecorderChangesAsManyPagesAsTheCaseSays()
    {
        CheckpointCost few = Measure(FpgaCoreKind.Model, new CdmaCase(64 * 1024, 1)).Coprocessor;
        CheckpointCost more = Measure(FpgaCoreKind.Model, new CdmaCase(64 * 1024, 2)).Coprocessor;
        CheckpointCost most = Measure(FpgaCoreKind.Model, new CdmaCase(64 * 1024, 4)).Coprocessor;
        Assert.AreEqual(2 * (more.Stop - few.Stop), most.Stop - more.Stop, 1000, "the stop rises by the page");
    }

    [TestMethod]
    public void ACheckpointThatAnotherCopiesIsNotMeasured()
    {
        var measurement = new CdmaMeasurement("model", memory => new FpgaModel(64 * 1024, FpgaTiming.Default));
        MeasurementException e = Assert.ThrowsExactly<MeasurementException>(() => measurement.Measure(Small));
        Assert.StartsWith("checkpoints of 16K with 1 page changed: ", e.Message);
        Assert.Contains("copier=fpga", e.Message);
    }

    [TestMethod]
    public void ARingChangesNoMorePagesThanItHas()
    {
        CdmaCase[] cases = [.. CdmaMeasurement.Cases];
        Assert.HasCount(14, cases);
        Assert.IsTrue(cases.All(one => one.Pages * CdmaBoard.Page <= one.Bytes));
        int largest = BoardKind.Find(CdmaBoard.Kind)!.LargestBank;
        Assert.IsTrue(cases.All(one => CdmaBoard.ImageSize(one.Bytes) <= largest), "an image lies within one bank");
    }

    private static CdmaPair Measure(FpgaCoreKind core, CdmaCase target) =>
        new CdmaMeasurement(BenchFpga.CoreWords[(int)core], memory => FpgaCores.Create(core, memory)).Measure(target);
}
