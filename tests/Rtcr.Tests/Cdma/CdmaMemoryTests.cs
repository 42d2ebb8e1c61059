// What lives beside the co-processor, and what does not; and that nothing is left behind of all that was copied, lost and brought back.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Tests;

[TestClass]
public class CdmaMemoryTests
{
    private const string Small = "<cdma memory=\"16K\" wait_ms=\"200\" timeout_ms=\"1000\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>";
    private const string Pattern = "<start name=\"pattern\"><binary name=\"pattern_memory\"/><resource name=\"RAM\" quantum=\"96K\"/>"
        + "<config size=\"32K\" period_ms=\"50\"/></start>";

    [TestMethod]
    public void WhatHasNoRoomBesideTheCoProcessorStaysOnTheBoard()
    {
        CdmaBench bench = CdmaBench.Booted(Small + Pattern);
        bench.Run(1000);
        Assert.AreEqual(2, bench.Captured("pattern", "fpga"), bench.Log());
        Assert.IsTrue(bench.Engine.Shown > 0 && bench.Engine.Shown <= 4, "no more than the bank has\n" + bench.Log());
        bench.Do(env => bench.Engine.Pull());
        bench.Run(1000);
        Assert.AreEqual(1, bench.Reported("recovered target=pattern"), bench.Log());
        CdmaLossTests.IsWithoutGap(bench, "pattern", 1);
        Assert.IsTrue(bench.Captured("pattern", "processor") >= 2, bench.Log());
    }

    [TestMethod]
    public void ATargetThatHasNothingBesideTheCoProcessorIsCopiedByTheProcessorAndOutlivesALoss()
    {
        CdmaBench bench = CdmaBench.Booted("<cdma memory=\"64K\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Pattern);
        bench.Run(500);
        bench.Do(env => bench.Engine.Pull());
        bench.Run(1000);
        Assert.AreEqual(1, bench.Captured("pattern", "fpga"), bench.Log());
        Assert.AreEqual(2, bench.Captured("pattern", "processor"), bench.Log());
        bench.Do(env => bench.Engine.Pull());
        bench.Run(1000);
        Assert.AreEqual(1, bench.Reported("recovered"), "the first time\n" + bench.Log());
        CdmaLossTests.IsWithoutGap(bench, "pattern", 1);
    }

    /// <summary>Dataspaces come and go for a long time, on the board and beside the co-processor, there and back again.</summary>
    [TestMethod]
    public void AFreshDataspaceIsEmptyWhateverWasThereBefore()
    {
        CdmaBench bench = CdmaBench.Booted("<cdma memory=\"64K\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Tenant.Start + "");
        bench.Run(4000);
        Assert.AreEqual(9, bench.Captured("tenant", "fpga"), bench.Log());
        bench.Do(env => bench.Engine.Pull());
        bench.Run(1000);
        bench.Do(env => bench.Engine.Plug());
        bench.Run(1000);
        Assert.AreEqual(0, bench.Board.CountLogged("broken"), bench.Log());
        Assert.AreEqual(1, bench.Reported("recovered target=tenant"), bench.Log());
    }

    [TestMethod]
    public void AFreshDataspaceOfATargetThatCameBackIsEmptyToo()
    {
        CdmaBench bench = CdmaBench.Booted("<cdma memory=\"64K\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Tenant.Start);
        for (int i = 0; i < 3; i++)
        {
            bench.Run(1270);
            bench.Board.Raise(Tenant.Line);
        }

        bench.Run(2000);
        Assert.AreEqual(3, bench.Reported("recovered target=tenant"), bench.Log());
        Assert.AreEqual(0, bench.Board.CountLogged("broken"), bench.Log());
        Assert.AreEqual(0, bench.Captured("tenant", "processor"), bench.Log());
    }

    [TestMethod]
    public void NothingIsLeftOfCheckpointsAndRecoveries()
    {
        CdmaBench bench = CdmaBench.Booted("<cdma memory=\"64K\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Stumbler.Start);
        Cycle(bench);
        string before = bench.Used();
        for (int i = 0; i < 2; i++)
        {
            Cycle(bench);
        }

        Assert.AreEqual(before, bench.Used(), bench.Log());
        Assert.AreEqual(1, bench.Engine.Banks);
        Assert.AreEqual(6, bench.Reported("recovered target=stumbler"), bench.Log());
        Assert.AreEqual(0, bench.Board.CountLogged("broken"), bench.Log());
    }

    [TestMethod]
    public void NothingIsLeftOfADriverThatEndsAndIsStartedAgain()
    {
        CdmaBench bench = CdmaBench.Booted("<cdma memory=\"64K\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>" + Stumbler.Start);
        bench.Run(500);
        string before = bench.Used();
        for (int i = 0; i < 3; i++)
        {
            bench.Do(env => bench.Engine.Fault());
            bench.Run(20_000);
            bench.Board.Raise(Stumbler.Line);
            bench.Run(500);
        }

        Assert.AreEqual(4, bench.Engine.Sessions, bench.Log());
        Assert.AreEqual(6, bench.Reported("recovered target=stumbler"), bench.Log());
        Assert.AreEqual(before, bench.Used(), bench.Log());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(CopyEngineOperation.Buffer)]
    [DataRow(CopyEngineOperation.Sigh)]
    public void NothingIsLeftOfWhatIsRefusedAgainAndAgain(int opcode)
    {
        var bench = new CdmaBench(CdmaBench.Sheep);
        bench.Engine.Opening = opcode == 0 ? Error.NotPermitted : Error.None;
        bench.Engine.Refused = opcode;
        bench.Engine.Refusal = Error.OutOfCaps;
        bench.Engine.Refusals = ScriptedEngine.Always;
        bench.Boot();
        bench.Run(1500);
        string before = bench.Used();
        bench.Run(100_000);
        Assert.AreEqual(before, bench.Used(), bench.Engine.Requests);
        Assert.IsTrue(opcode == 0 || (bench.Engine.Sessions > 5 && bench.Engine.Sessions < 12), "more and more seldom: " + bench.Engine.Sessions);
    }

    /// <summary>What sleeps is what is stored, also if a copy was under way.</summary>
    [TestMethod]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    public void ATargetWhoseBoardSleepsInTheMiddleOfACopyGoesOnWhenItWakes(int held)
    {
        var power = new TestPower();
        var bench = new CdmaBench(CdmaBench.Sheep + "<migrate on_sleep=\"checkpoint\"/>");
        bench.Board.Power = power;
        bench.Boot();
        bench.Engine.Holds = held;
        bench.Run(435);
        Assert.IsTrue(bench.Engine.IsAsked, bench.Log());
        power.Announce(1_000_000_000);
        bench.Run(100);
        Assert.AreEqual(1, power.ReadyCount, bench.Log());
        Assert.AreEqual("1 2 3 4 ", bench.Counts("sheep"), bench.Log());
        bench.Do(env => bench.Engine.Answer());
        bench.Run(1000);
        Assert.AreEqual("1 2 3 4 ", bench.Counts("sheep"), "it sleeps\n" + bench.Log());
        power.WakeUp();
        bench.Run(1000);
        CdmaLossTests.IsWithoutGap(bench, 0);
        Assert.IsTrue(bench.Counts("sheep").IndexOf(" 12 ") > 0, bench.Log());
        Assert.IsTrue(bench.Captured("sheep", "fpga") > 0, bench.Log());
    }

    /// <summary>Checkpoints beside the co-processor, a loss, checkpoints on the board, a fault, and the co-processor again.</summary>
    private static void Cycle(CdmaBench bench)
    {
        bench.Run(900);
        bench.Do(env => bench.Engine.Pull());
        bench.Run(500);
        bench.Do(env => bench.Engine.Plug());
        bench.Run(500);
        bench.Board.Raise(Stumbler.Line);
        bench.Run(500);
    }
}
