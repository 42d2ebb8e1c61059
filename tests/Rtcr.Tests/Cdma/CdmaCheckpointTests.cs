// Checkpoints that a co-processor copies: how long the target is held, and what becomes of the image.
using Tern.Kernel;
using Tern.Os;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class CdmaCheckpointTests
{
    private const string Rules = "<cdma memory=\"128K\" wait_ms=\"200\" timeout_ms=\"1000\"/><checkpoint period_ms=\"430\"/>";

    private const string Pattern = Rules + "<dsm slots=\"1\"/><start name=\"pattern\"><binary name=\"pattern_memory\"/>"
        + "<resource name=\"RAM\" quantum=\"128K\"/><config size=\"32K\" period_ms=\"20\"/></start>";

    // Of its memory only the first dataspace has room beside the co-processor.
    private const string Mixed = "<cdma memory=\"32K\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/><start name=\"pattern\"><binary name=\"pattern_memory\"/>"
        + "<resource name=\"RAM\" quantum=\"128K\"/><config size=\"40K\" period_ms=\"20\"/></start>";

    private const string Holey = Rules + "<dsm slots=\"1\"/>" + Tenant.Start;

    [TestMethod]
    public void TheCoProcessorCopiesAndTheTargetDoesNotNotice()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(1000);
        Assert.AreEqual("1 2 3 4 5 6 7 8 9 10 ", bench.Counts("sheep"), bench.Log());
        Assert.AreEqual(2, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.AreEqual(0, bench.Captured("sheep", "processor"), bench.Log());
        Assert.AreEqual("Buffer Sigh Info Bank Copy Collect Read Collect Copy Collect Read Collect ", bench.Engine.Requests);
    }

    [TestMethod]
    public void TheTargetIsHeldUntilTheCopyIsOrdered()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Engine.Holds = CopyEngineOperation.Copy;
        bench.Run(850);
        Assert.IsTrue(bench.Engine.IsAsked, bench.Log());
        Assert.AreEqual("1 2 3 4 ", bench.Counts("sheep"), bench.Log());
        bench.Do(env => bench.Engine.Answer());
        Assert.AreEqual("1 2 3 4 5 ", bench.Counts("sheep"), "what was due goes on at once");
        string report = "captured target=sheep bytes=" + bench.Image().Length + " stop_ns=420000000 whole_ns=420000000 copier=fpga";
        Assert.AreEqual(1, bench.Reported(report), bench.Log());
    }

    [TestMethod]
    public void TheTargetRunsWhileTheCopyIsBrought()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Engine.Completes = false;
        bench.Run(850);
        Assert.AreEqual("1 2 3 4 5 6 7 8 ", bench.Counts("sheep"), bench.Log());
        Assert.AreEqual(0, bench.Reported("captured"), bench.Log());
        bench.Do(env => bench.Engine.Complete(9));
        Assert.AreEqual(1, bench.Captured("sheep", "fpga"), bench.Log());
        string report = "captured target=sheep bytes=" + bench.Image().Length + " stop_ns=0 whole_ns=420000000 copier=fpga";
        Assert.AreEqual(1, bench.Reported(report), bench.Log());
    }

    [TestMethod]
    [DataRow(CdmaBench.Sheep)]
    [DataRow(Pattern)]
    [DataRow(Mixed)]
    [DataRow(Holey)]
    public void TheImageIsTheOneThatTheProcessorWouldHaveTaken(string config)
    {
        CdmaBench copied = CdmaBench.Booted(config);
        CdmaBench refused = CdmaBench.Booted(config);
        refused.Engine.Refused = CopyEngineOperation.Copy;
        refused.Engine.Refusals = ScriptedEngine.Always;
        refused.Engine.Refusal = Error.DeviceFailed;
        for (int checkpoint = 0; checkpoint < 5; checkpoint++)
        {
            copied.Run(430);
            refused.Run(430);
            Same(refused.Image(), copied.Image());
        }

        Assert.AreEqual(5, CountOf(copied, "fpga"), copied.Log());
        Assert.AreEqual(5, CountOf(refused, "processor"), refused.Log());
    }

    [TestMethod]
    public void WhatChangesAfterTheOrderIsNotInTheImage()
    {
        CdmaBench late = CdmaBench.Booted(Pattern);
        CdmaBench prompt = CdmaBench.Booted(Pattern);
        late.Engine.Completes = false;
        prompt.Run(450);
        late.Run(850);
        late.Do(env => late.Engine.Complete(9));
        Assert.AreEqual(1, late.Captured("pattern", "fpga"), late.Log());
        Same(prompt.Image(), late.Image());
        Assert.IsFalse(late.Counts("pattern").IndexOf("broken") >= 0, late.Log());
    }

    [TestMethod]
    public void SeveralTargetsTakeTurnsAndNobodyIsHeldBeforeItsOwn()
    {
        CdmaBench bench = CdmaBench.Booted(Rules + "<dsm slots=\"2\"/>" + CdmaBench.Counter + Stumbler.Start);
        bench.Engine.Completes = false;
        bench.Run(790);
        Assert.AreEqual("1 2 3 4 5 6 7 ", bench.Counts("sheep"), bench.Log());
        Assert.AreEqual("1 verified 2 verified 3 verified 4 verified 5 verified 6 verified 7 verified ", bench.Counts("stumbler"), bench.Log());
        Assert.AreEqual(2, bench.Engine.Outstanding, bench.Log());
        bench.Do(env => bench.Engine.Complete(2));
        Assert.AreEqual(1, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.AreEqual(0, bench.Captured("stumbler", "fpga"), bench.Log());
        bench.Do(env => bench.Engine.Complete(9));
        Assert.AreEqual(1, bench.Captured("stumbler", "fpga"), bench.Log());
        Assert.AreEqual(0, bench.Engine.Outstanding, bench.Log());

        bench.Engine.Completes = true;
        bench.Run(1000);
        Assert.AreEqual(4, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.AreEqual(4, bench.Captured("stumbler", "fpga"), bench.Log());
    }

    [TestMethod]
    public void ATargetThatFaultsWhileItsCopyIsBroughtGoesOnFromTheImageBefore()
    {
        CdmaBench bench = CdmaBench.Booted(Rules + "<dsm slots=\"1\"/>" + Stumbler.Start);
        bench.Run(500);
        bench.Engine.Completes = false;
        bench.Run(400);
        Assert.IsTrue(bench.Engine.Outstanding > 1, bench.Log());
        byte[] before = bench.Image();
        bench.Board.Raise(Stumbler.Line);
        bench.Run(0);
        Assert.AreEqual(1, bench.Reported("recovered target=stumbler bytes=" + before.Length), bench.Log());
        bench.Do(env => bench.Engine.Complete(8));
        Same(before, bench.Image());
        bench.Engine.Completes = true;
        bench.Run(600);
        Assert.AreEqual(
            "1 verified 2 verified 3 verified 4 verified 5 verified 6 verified 7 verified 8 verified 9 verified "
            + "5 verified 6 verified 7 verified 8 verified 9 verified 10 verified ", bench.Counts("stumbler"), bench.Log());
        Assert.AreEqual(2, bench.Captured("stumbler", "fpga"), "it is there again\n" + bench.Log());
    }

    [TestMethod]
    public void MoreReadsThanTheDriverTakesAtOnceAreMadeOneAfterTheOther()
    {
        CdmaBench bench = CdmaBench.Booted(Holey);
        bench.Engine.Completes = false;
        bench.Engine.MostOutstanding = 1;
        bench.Run(600);
        for (int i = 0; i < 12 && bench.Engine.Outstanding > 0; i++)
        {
            bench.Do(env => bench.Engine.Complete(1));
        }

        Assert.AreEqual(1, bench.Captured("tenant", "fpga"), bench.Log());
        Assert.IsTrue(bench.Engine.Requests.IndexOf("Read Collect Read Collect Info Read Collect Read") >= 0, "several pieces, asked for again\n" + bench.Log());
        CdmaBench prompt = CdmaBench.Booted(Holey);
        prompt.Run(600);
        Same(prompt.Image(), bench.Image());
    }

    /// <summary>Two images differ in nothing but the checkpoint's number, and so in the code that ends them.</summary>
    private static void Same(byte[] expected, byte[] actual)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length - ImageFormat.TrailerSize; at++)
        {
            if (at < ImageFormat.CommitAt || at >= ImageFormat.EpochAt)
            {
                Assert.AreEqual((int)expected[at], (int)actual[at], "byte " + at + " of " + expected.Length);
            }
        }
    }

    private static int CountOf(CdmaBench bench, string copier)
        => bench.Captured("sheep", copier) + bench.Captured("pattern", copier) + bench.Captured("tenant", copier);
}
