// A driver that refuses, does not answer, comes late or not at all: the processor makes the copies, and nobody waits for ever.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Tests;

[TestClass]
public class CdmaRefusalTests
{
    private const string Two = "<cdma memory=\"64K\" wait_ms=\"200\" timeout_ms=\"300\"/><checkpoint period_ms=\"430\"/><dsm slots=\"2\"/>"
        + CdmaBench.Counter + Stumbler.Start;

    /// <summary>What a driver may answer to anything.</summary>
    private static readonly Error[] Plausible =
    {
        Error.Busy, Error.BadArgument, Error.OutOfRam, Error.OutOfCaps, Error.TableFull, Error.Unreachable, Error.DeviceFailed, Error.NotPermitted,
        Error.Gone, Error.InvalidCapability, Error.UnknownOpcode, Error.Full, Error.Exists, Error.OverBudget,
    };

    [TestMethod]
    [DataRow(CopyEngineOperation.Buffer)]
    [DataRow(CopyEngineOperation.Sigh)]
    [DataRow(CopyEngineOperation.Info)]
    [DataRow(CopyEngineOperation.Bank)]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    [DataRow(CopyEngineOperation.Collect)]
    public void WhatIsAlwaysRefusedTheProcessorDoes(int opcode)
    {
        for (int i = 0; i < Plausible.Length; i++)
        {
            CdmaBench bench = Refusing(opcode, Plausible[i], ScriptedEngine.Always);
            bench.Run(2000);
            string what = Errors.Name(Plausible[i]) + bench.Log();
            CdmaLossTests.IsWithoutGap(bench, 0);
            Assert.AreEqual(0, bench.Captured("sheep", "fpga"), what);
            Assert.IsTrue(bench.Captured("sheep", "processor") >= 3, what);
            Assert.IsTrue(bench.Captured("stumbler", "processor") >= 3, what);
            bool isSaid = bench.Board.Logged(Errors.Name(Plausible[i])) || (Plausible[i] == Error.Gone && bench.Board.Logged("(unreachable)"));
            Assert.IsTrue(isSaid || opcode == CopyEngineOperation.Info || opcode == CopyEngineOperation.Collect, what);
        }
    }

    [TestMethod]
    [DataRow(CopyEngineOperation.Buffer)]
    [DataRow(CopyEngineOperation.Sigh)]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    [DataRow(CopyEngineOperation.Collect)]
    public void WhatIsRefusedOnceIsNoReasonToDoWithoutForEver(int opcode)
    {
        for (int i = 0; i < Plausible.Length; i++)
        {
            CdmaBench bench = Refusing(opcode, Plausible[i], 1);
            bench.Run(2000);
            bench.Board.Raise(Stumbler.Line);
            bench.Run(2000);
            string what = Errors.Name(Plausible[i]) + bench.Log();
            CdmaLossTests.IsWithoutGap(bench, 0);
            Assert.IsTrue(bench.Captured("stumbler", "fpga") >= 1, what);
        }
    }

    [TestMethod]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    public void AJobThatFailsIsMadeUpForByTheProcessor(int opcode)
    {
        CdmaBench bench = CdmaBench.Booted(Two);
        bench.Engine.Completes = false;
        bench.Run(440);
        bench.Do(env =>
        {
            bench.Engine.Complete(opcode == CopyEngineOperation.Copy ? 0 : 1);
            bench.Engine.JobError = Error.DeviceFailed;
            bench.Engine.Complete(9);
        });
        bench.Engine.Completes = true;
        bench.Do(env => bench.Engine.Complete(9));
        Assert.AreEqual(1, bench.Captured("sheep", "processor"), bench.Log());
        Assert.AreEqual(1, bench.Board.CountLogged("Warning: checkpoint of sheep not copied by the co-processor (device failed)"), bench.Log());
        bench.Run(1000);
        CdmaLossTests.IsWithoutGap(bench, 0);
        Assert.IsTrue(bench.Captured("sheep", "fpga") >= 2, bench.Log());
        Assert.IsTrue(bench.Captured("stumbler", "fpga") >= 2, bench.Log());
    }

    [TestMethod]
    [DataRow(CopyEngineOperation.Buffer)]
    [DataRow(CopyEngineOperation.Sigh)]
    [DataRow(CopyEngineOperation.Info)]
    [DataRow(CopyEngineOperation.Bank)]
    public void TargetsDoNotWaitLongerForADriverThanConfigured(int held)
    {
        var bench = new CdmaBench(Two);
        bench.Engine.Holds = held;
        bench.Boot();
        bench.Run(199);
        Assert.AreEqual(0, bench.Reported("started"), bench.Log());
        bench.Run(1);
        Assert.AreEqual(2, bench.Reported("started"), bench.Log());
        bench.Run(1500);
        CdmaLossTests.IsWithoutGap(bench, 0);
        Assert.AreEqual(3, bench.Captured("sheep", "processor"), bench.Log());
        bench.Do(env => bench.Engine.Answer());
        bench.Board.Raise(Stumbler.Line);
        bench.Run(1000);
        Assert.IsTrue(bench.Captured("stumbler", "fpga") >= 1, "who begins now, uses it\n" + bench.Log());
    }

    [TestMethod]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    [DataRow(CopyEngineOperation.Collect)]
    public void ADriverThatDoesNotAnswerHoldsATargetOnce(int held)
    {
        CdmaBench bench = CdmaBench.Booted(Two);
        bench.Engine.Holds = held;
        bench.Run(4000);
        Assert.IsTrue(bench.Captured("sheep", "processor") >= 7, bench.Log());
        Assert.IsTrue(bench.Captured("stumbler", "processor") >= 7, bench.Log());
        Assert.AreEqual(1, bench.Board.CountLogged("Warning: checkpoint of sheep not copied by the co-processor (unreachable)"), bench.Log());
        string counts = bench.Counts("sheep");
        Assert.IsTrue(counts.IndexOf(" 36 ") >= 0, "it was held for 300 ms at most\n" + counts);
        CdmaLossTests.IsWithoutGap(bench, 0);

        bench.Do(env => bench.Engine.Answer());
        bench.Run(1000);
        Assert.IsTrue(bench.Captured("sheep", "fpga") >= 1, "it answers again\n" + bench.Log());
    }

    [TestMethod]
    public void JobsThatNeverEndAreLeftToThemselves()
    {
        CdmaBench bench = CdmaBench.Booted(Two);
        bench.Engine.Completes = false;
        bench.Run(4000);
        Assert.IsTrue(bench.Captured("sheep", "processor") >= 7, bench.Log());
        Assert.IsTrue(bench.Captured("stumbler", "processor") >= 7, bench.Log());
        Assert.IsTrue(bench.Counts("sheep").IndexOf(" 39 ") >= 0, "nobody was held\n" + bench.Log());
        bench.Engine.Completes = true;
        bench.Do(env => bench.Engine.Complete(9));
        bench.Run(1000);
        Assert.IsTrue(bench.Captured("sheep", "fpga") >= 2, bench.Log());
        Assert.IsTrue(bench.Captured("stumbler", "fpga") >= 2, bench.Log());
        CdmaLossTests.IsWithoutGap(bench, 0);
    }

    /// <summary>A read that was sent before its checkpoint was given up, and is answered when the target has changed, does not write into a later image.</summary>
    [TestMethod]
    public void JobsOfAnAbandonedCheckpointNeverWriteIntoALaterImage()
    {
        CdmaBench bench = CdmaBench.Booted("<cdma memory=\"64K\" timeout_ms=\"300\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Grower.Start);
        bench.Engine.Holds = CopyEngineOperation.Read;
        bench.Run(840);
        Assert.AreEqual(1, bench.Captured("grower", "processor"), bench.Log());
        int size = bench.Image().Length;
        bench.Run(60);
        bench.Do(env => bench.Engine.Answer());
        Assert.IsTrue(bench.Image().Length > size, "a larger image\n" + bench.Log());
        bench.Do(env => bench.Engine.Pull());
        bench.Run(300);
        Assert.AreEqual(1, bench.Reported("recovered target=grower"), bench.Log());
        Assert.AreEqual(0, bench.Board.CountLogged("cannot be restored"), bench.Log());
        Assert.AreEqual(0, bench.Board.CountLogged("broken"), bench.Log());
        Assert.IsTrue(bench.Counts("grower").IndexOf("9 verified 9 verified 10 verified") >= 0, bench.Log());
    }

    [TestMethod]
    public void WithoutADriverTheTargetsBeginAtOnceAndTheProcessorCopies()
    {
        CdmaBench bench = new CdmaBench(Two, false).Boot();
        bench.Run(5000);
        Assert.AreEqual(11, bench.Captured("sheep", "processor"), bench.Log());
        CdmaLossTests.IsWithoutGap(bench, 0);
        Assert.AreEqual(1, bench.Board.CountLogged("no session of Copy_engine"), bench.Log());
        Assert.AreEqual(3, bench.Board.CountLogged("no route to service"), "more and more seldom\n" + bench.Log());
    }

    [TestMethod]
    public void ADriverThatPermitsNothingIsDoneWithoutUntilItDoes()
    {
        var bench = new CdmaBench(Two);
        bench.Engine.Opening = Error.NotPermitted;
        bench.Boot();
        Assert.AreEqual(2, bench.Reported("started"), "nobody waits\n" + bench.Log());
        bench.Run(2500);
        Assert.AreEqual(5, bench.Captured("sheep", "processor"), bench.Log());
        Assert.AreEqual(1, bench.Board.CountLogged("[init -> rtcr] Warning: no session of Copy_engine: not permitted; the processor makes the copies"), bench.Log());
        bench.Engine.Opening = Error.None;
        bench.Run(1500);
        bench.Board.Raise(Stumbler.Line);
        bench.Run(1000);
        Assert.IsTrue(bench.Captured("stumbler", "fpga") >= 1, bench.Log());
        CdmaLossTests.IsWithoutGap(bench, 0);
    }

    [TestMethod]
    public void TargetsMoveToADriverThatComesLate()
    {
        var bench = new CdmaBench(Two);
        bench.Engine.IsLate = true;
        bench.Boot();
        bench.Run(199);
        Assert.AreEqual(0, bench.Reported("started"), bench.Log());
        bench.Run(1);
        Assert.AreEqual(2, bench.Reported("started"), bench.Log());
        bench.Run(1000);
        Assert.AreEqual(2, bench.Captured("sheep", "processor"), bench.Log());
        bench.Do(env => bench.Engine.Announce());
        bench.Run(1000);
        Assert.AreEqual(2, bench.Captured("sheep", "processor"), bench.Log());
        Assert.AreEqual(2, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.AreEqual(2, bench.Captured("stumbler", "fpga"), bench.Log());
        CdmaLossTests.IsWithoutGap(bench, 0);
        Assert.AreEqual(0, bench.Board.CountLogged("broken"), bench.Log());
    }

    [TestMethod]
    public void ADriverWhoseCoProcessorIsAbsentIsWaitedForAsLongAsConfigured()
    {
        var bench = new CdmaBench(Two);
        bench.Engine.IsPresent = false;
        bench.Boot();
        bench.Run(100);
        Assert.AreEqual(0, bench.Reported("started"), bench.Log());
        bench.Do(env => bench.Engine.Plug());
        Assert.AreEqual(2, bench.Reported("started"), bench.Log());
        bench.Run(1000);
        Assert.AreEqual(2, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.AreEqual(0, bench.Captured("sheep", "processor"), bench.Log());
    }

    [TestMethod]
    public void LessMemoryThanIsNeededIsSaidAndTheProcessorCopies()
    {
        var bench = new CdmaBench(Two);
        bench.Engine.Size = 4096;
        bench.Boot();
        bench.Run(1100);
        Assert.AreEqual(2, bench.Captured("sheep", "processor"), bench.Log());
        Assert.AreEqual(1, bench.Board.CountLogged(
            "Error: the driver gives 4096 bytes beside the co-processor, and <cdma> needs 262144: see its policy"), bench.Log());
    }

    private static CdmaBench Refusing(int opcode, Error error, int times)
    {
        var bench = new CdmaBench(Two);
        bench.Engine.Refused = opcode;
        bench.Engine.Refusal = error;
        bench.Engine.Refusals = times;
        return bench.Boot();
    }
}
