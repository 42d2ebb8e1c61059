// Single measurements: what is counted agrees with what must be so, and the model's with the RTL's.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaProbeTests
{
    private const int ClockHz = 26_000_000;
    private const long SmallSelection = (20 * 8 * 1_000_000_000_000 / ClockHz) + 25_000_000;

    [TestMethod]
    public void ASmallCopyIsKnownWithTheReplyToItsCommand()
    {
        using var core = new FpgaModel(FpgaProbe.Memory);
        OffloadedCopy copy = new FpgaProbe(core, ClockHz).Copy(64);
        Assert.IsTrue(copy.IsKnownAtOnce);
        Assert.AreEqual(2 * SmallSelection, copy.Known);
        Assert.AreEqual(4 * SmallSelection, copy.Busy, "the interrupt comes all the same");
        Assert.AreEqual(4, copy.Selections);
        Assert.AreEqual(0, copy.Free);
    }

    [TestMethod]
    public void ALargeCopyLeavesTheBoardItsTime()
    {
        using var core = new FpgaModel(FpgaProbe.Memory);
        OffloadedCopy copy = new FpgaProbe(core, ClockHz).Copy(FpgaProbe.MostBytes);
        Assert.IsFalse(copy.IsKnownAtOnce);
        Assert.AreEqual(4 * SmallSelection, copy.Busy);
        Assert.AreEqual(copy.Known, copy.Free + copy.Busy);
        const long beats = FpgaProbe.MostBytes / 8;
        Assert.IsGreaterThan(beats * 10_000, copy.Known, "a beat of 8 bytes a clock at most");
        Assert.IsLessThan((beats * 10_000 * 101 / 100) + copy.Busy, copy.Known);
    }

    [TestMethod]
    public void WhatIsOnTheBoardKeepsItBusyForAllOfItsBits()
    {
        using var core = new FpgaModel(FpgaProbe.Memory);
        const int bytes = 16 * 1024;
        OffloadedCopy write = new FpgaProbe(core, ClockHz).Write(bytes);
        long frame = ((20 + 4096L) * 8 * 1_000_000_000_000 / ClockHz) + 25_000_000;
        Assert.AreEqual(4 * (frame + SmallSelection), write.Known, 4, "four frames, each with a poll");
        Assert.AreEqual(0, write.Free);
    }

    [TestMethod]
    public void TheModelTakesTheClocksOfTheRtlToOne()
    {
        foreach (int latency in FpgaMeasurement.ReadLatencies)
        {
            FpgaTiming timing = FpgaTiming.Default with { ReadLatency = latency };
            using IFpgaCore model = FpgaCores.Create(FpgaCoreKind.Model, FpgaProbe.Memory, timing);
            using IFpgaCore rtl = FpgaCores.Create(FpgaCoreKind.Rtl, FpgaProbe.Memory, timing);
            var modelled = new FpgaProbe(model, ClockHz);
            var simulated = new FpgaProbe(rtl, ClockHz);
            foreach (int size in new[] { 64, 4096, 65536 })
            {
                Assert.AreEqual(simulated.CopyClocks(size), modelled.CopyClocks(size), 1L, $"a copy of {size} bytes at a latency of {latency}");
            }

            Assert.AreEqual(simulated.WriteClocks(4096), modelled.WriteClocks(4096), 1L, $"a write at a latency of {latency}");
        }
    }
}
