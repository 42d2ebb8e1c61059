// The co-processor is pulled, at every moment of a checkpoint and of a restore: no image that was complete is lost, and the
// target goes on from it, in the board's memory.
using Tern.Os;

namespace Tern.Tests;

[TestClass]
public class CdmaLossTests
{
    private const string Rules = "<cdma memory=\"64K\" wait_ms=\"200\" timeout_ms=\"1000\"/><checkpoint period_ms=\"430\"/><dsm slots=\"1\"/>";

    /// <summary>What the target counts that loses its memory at the second checkpoint, at 860 ms: the first one, at 430 ms, had counted 4.</summary>
    private const string Restored = "1 2 3 4 5 6 7 8 5 6 7 8 9 10 ";

    [TestMethod]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    [DataRow(CopyEngineOperation.Collect)]
    public void ALossBeforeAnAnswerBringsTheTargetBackFromItsLastImage(int held)
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(500);
        bench.Engine.Holds = held;
        bench.Run(365);
        Assert.IsTrue(bench.Engine.IsAsked, bench.Log());
        bench.Do(env =>
        {
            bench.Engine.Pull();
            bench.Engine.Answer();
        });
        IsRestored(bench);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void ALossBetweenJobsBringsTheTargetBackFromItsLastImage(int ended)
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(500);
        bench.Engine.Completes = false;
        bench.Run(365);
        Assert.AreEqual(2, bench.Engine.Outstanding, bench.Log());
        bench.Do(env =>
        {
            bench.Engine.Complete(ended);
            bench.Engine.Pull();
        });
        bench.Engine.Completes = true;
        IsRestored(bench);
    }

    [TestMethod]
    public void ALossAfterTheLastJobLosesNothing()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(500);
        bench.Engine.Completes = false;
        bench.Run(365);
        bench.Do(env =>
        {
            bench.Engine.Complete(2);
            bench.Engine.Pull();
        });
        Assert.AreEqual(2, bench.Captured("sheep", "fpga"), bench.Log());
        bench.Run(600);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        Assert.AreEqual(0, bench.Board.CountLogged("no memory beside the co-processor"), "it is asked whether it is there\n" + bench.Log());
        IsWithoutGap(bench, 0);
    }

    [TestMethod]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    [DataRow(CopyEngineOperation.Collect)]
    public void ALossThatNobodyNoticedBringsTheTargetBackFromItsLastImage(int held)
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(500);
        bench.Engine.Holds = held;
        bench.Run(365);
        bench.Do(env =>
        {
            bench.Engine.PullUnnoticed();
            bench.Engine.Answer();
        });
        bench.Run(300);
        bench.Do(env => bench.Engine.Signal());
        bench.Run(800);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        IsWithoutGap(bench, 1);
    }

    [TestMethod]
    public void ALossBetweenCheckpointsBringsTheTargetBackFromItsLastImage()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(855);
        bench.Do(env => bench.Engine.Pull());
        bench.Run(5);
        IsRestored(bench);
    }

    [TestMethod]
    public void ALossBetweenCheckpointsThatTheTargetNoticesFirstBringsItBack()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(855);
        bench.Do(env => bench.Engine.PullUnnoticed());
        bench.Run(2000);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        bench.Do(env => bench.Engine.Signal());
        bench.Run(500);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), "what is in the board's memory is not lost\n" + bench.Log());
        IsWithoutGap(bench, 1);
        Assert.IsTrue(bench.Captured("sheep", "processor") > 2, bench.Log());
    }

    [TestMethod]
    public void AResetThatIsOverWhenItIsNoticedIsALossAllTheSame()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(855);
        bench.Do(env =>
        {
            bench.Engine.PullUnnoticed();
            bench.Engine.Plug();
        });
        bench.Run(800);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        IsWithoutGap(bench, 1);
        Assert.AreEqual(3, bench.Captured("sheep", "fpga"), "it is there again\n" + bench.Log());
    }

    [TestMethod]
    public void ADriverThatEndsTakesTheMemoryAlongAndTheTargetGoesOn()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(855);
        bench.Do(env => bench.Engine.Fault());
        bench.Run(3000);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        IsWithoutGap(bench, 1);
        Assert.AreEqual(2, bench.Engine.Sessions, "init started it again, and it has a session\n" + bench.Log());
    }

    [TestMethod]
    [DataRow(CopyEngineOperation.Copy)]
    [DataRow(CopyEngineOperation.Read)]
    [DataRow(CopyEngineOperation.Collect)]
    public void ADriverThatEndsInTheMiddleOfACheckpointTakesTheMemoryAlongAndTheTargetGoesOn(int held)
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(500);
        bench.Engine.Holds = held;
        bench.Run(365);
        Assert.IsTrue(bench.Engine.IsAsked, bench.Log());
        bench.Do(env => bench.Engine.Fault());
        bench.Run(2000);
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        IsWithoutGap(bench, 1);
    }

    [TestMethod]
    public void WhenTheCoProcessorIsBackTheTargetsMoveThereAgain()
    {
        CdmaBench bench = CdmaBench.Booted(Rules.Substring(0, Rules.IndexOf("<dsm")) + "<dsm slots=\"2\"/>" + CdmaBench.Counter + Stumbler.Start);
        bench.Run(500);
        bench.Do(env => bench.Engine.Pull());
        bench.Run(500);
        bench.Do(env => bench.Engine.Plug());
        bench.Run(500);
        Assert.AreEqual(2, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.AreEqual(1, bench.Captured("sheep", "processor"), bench.Log());
        Assert.AreEqual(2, bench.Captured("stumbler", "fpga"), bench.Log());
        bench.Board.Raise(Stumbler.Line);
        bench.Run(1000);
        Assert.AreEqual(2, bench.Reported("recovered target=stumbler"), bench.Log());
        Assert.AreEqual(4, bench.Captured("stumbler", "fpga"), bench.Log());
        Assert.AreEqual(0, bench.Board.CountLogged("broken"), bench.Log());
        IsWithoutGap(bench, 1);
    }

    [TestMethod]
    public void APullWhileATargetMovesBackIsNoLoss()
    {
        for (int touches = 0; touches < 12; touches++)
        {
            CdmaBench bench = CdmaBench.Booted(Rules + Stumbler.Start);
            bench.Run(500);
            bench.Do(env => bench.Engine.Pull());
            bench.Run(50);
            bench.Do(env =>
            {
                bench.Engine.Plug();
                bench.Engine.Touches = touches;
            });
            bench.Run(1000);
            string what = "at page " + touches + "\n" + bench.Log();
            Assert.IsTrue(bench.Counts("stumbler").IndexOf("9 verified 10 verified") >= 0, what);
            Assert.IsTrue(touches >= 6 || bench.Reported("recovered") == 1, "what had moved only in part is still on the board: " + what);
        }
    }

    [TestMethod]
    public void ACoProcessorThatComesAndGoesNeverEndsATarget()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(500);
        for (int i = 0; i < 8; i++)
        {
            bench.Do(env => bench.Engine.Pull());
            bench.Run(700);
            bench.Do(env => bench.Engine.Plug());
            bench.Run(700);
        }

        IsWithoutGap(bench, -1);
        int counted = bench.Counts("sheep").Length;
        bench.Run(200);
        Assert.IsTrue(bench.Counts("sheep").Length > counted, bench.Log());
    }

    /// <summary>Pulled at the touch of any page: while a target is started, runs, is captured by the processor, is restored to beside the co-processor.</summary>
    [TestMethod]
    public void APullAtAnyPageIsSurvived()
    {
        for (int touches = 0; touches < 40; touches++)
        {
            var bench = new CdmaBench(Rules + Stumbler.Start);
            bench.Boot();
            bench.Run(500);
            bench.Do(env => bench.Engine.Touches = touches);
            bench.Board.Raise(Stumbler.Line);
            bench.Run(1000);
            string counts = bench.Counts("stumbler");
            bench.Run(200);
            string what = "at page " + touches + "\n" + bench.Log();
            Assert.IsTrue(bench.Counts("stumbler").Length > counts.Length, what);
            Assert.AreEqual(0, bench.Board.CountLogged("broken"), what);
            Assert.AreEqual(0, bench.Board.CountLogged("cannot be restored"), what);
        }
    }

    [TestMethod]
    public void ATargetWhoseMemoryIsLostBeforeItsFirstCheckpointBeginsAnew()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(250);
        bench.Do(env => bench.Engine.Pull());
        bench.Run(750);
        Assert.AreEqual("1 2 1 2 3 4 5 6 7 ", bench.Counts("sheep"), bench.Log());
        Assert.AreEqual(2, bench.Reported("started target=sheep"), bench.Log());
        Assert.AreEqual(1, bench.Captured("sheep", "processor"), bench.Log());

        // One that notices it itself does so too.
        bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Run(250);
        bench.Do(env => bench.Engine.PullUnnoticed());
        bench.Run(750);
        Assert.AreEqual("1 2 1 2 3 4 5 6 7 ", bench.Counts("sheep"), bench.Log());
    }

    [TestMethod]
    public void APullWhileATargetBeginsIsSurvived()
    {
        for (int touches = 0; touches < 6; touches++)
        {
            var bench = new CdmaBench(CdmaBench.Sheep);
            bench.Engine.Touches = touches;
            bench.Boot();
            bench.Run(1000);
            Assert.IsTrue(bench.Counts("sheep").IndexOf("5 6 7") >= 0, "at page " + touches + "\n" + bench.Log());
        }
    }

    [TestMethod]
    public void ALossIsNotOneOfTheFaultsAfterWhichATargetIsGivenUp()
    {
        CdmaBench bench = CdmaBench.Booted(Rules + Stumbler.Start);
        for (int i = 0; i < 3; i++)
        {
            bench.Run(900);
            bench.Board.Raise(Stumbler.Line);
        }

        bench.Run(900);
        bench.Do(env => bench.Engine.Pull());
        bench.Run(500);
        Assert.AreEqual(4, bench.Reported("recovered target=stumbler"), bench.Log());
        bench.Board.Raise(Stumbler.Line);
        bench.Run(500);
        Assert.AreEqual(4, bench.Reported("recovered target=stumbler"), "its own fourth one is\n" + bench.Log());
    }

    [TestMethod]
    public void WhenOneTargetFindsTheDriverEndedTheOthersAreBroughtBackToo()
    {
        CdmaBench bench = CdmaBench.Booted(Rules.Substring(0, Rules.IndexOf("<dsm")) + "<dsm slots=\"2\"/>" + Stumbler.Start
            + "<start name=\"sheep\"><binary name=\"sheep_counter\"/><resource name=\"RAM\" quantum=\"64K\"/><config period_ms=\"5000\"/></start>");
        bench.Run(450);
        bench.Do(env => bench.Engine.Fault());
        bench.Run(100);
        Assert.AreEqual(1, bench.Reported("recovered target=stumbler"), bench.Log());
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        bench.Run(10_000);
        Assert.AreEqual("1 2 ", bench.Counts("sheep"), bench.Log());
    }

    private static void IsRestored(CdmaBench bench)
    {
        Assert.AreEqual(1, bench.Reported("recovered target=sheep"), bench.Log());
        bench.Run(600);
        Assert.AreEqual(Restored, bench.Counts("sheep"), bench.Log());
        Assert.AreEqual(1, bench.Captured("sheep", "fpga"), bench.Log());
        Assert.IsTrue(bench.Captured("sheep", "processor") > 0, bench.Log());
    }

    /// <summary>The target counts one by one, but where it was brought back, which happened so often.</summary>
    internal static void IsWithoutGap(CdmaBench bench, int returns) => IsWithoutGap(bench, "sheep", returns);

    /// <summary>The same of any target that counts.</summary>
    internal static void IsWithoutGap(CdmaBench bench, string target, int returns)
    {
        string[] counts = bench.Counts(target).Trim().Split(' ');
        int last = 0;
        int back = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            Assert.IsTrue(int.TryParse(counts[i], out int count), bench.Log());
            back += count <= last ? 1 : 0;
            Assert.IsTrue(count <= last + 1 && count > last - 10, "from " + last + " to " + count + "\n" + bench.Log());
            last = count;
        }

        Assert.IsTrue(returns < 0 || back == returns, back + " times back\n" + bench.Log());
    }
}
