// A checkpoint that is refused leaves the one before as it was: a target that faults afterwards goes on from there.
namespace Tern.Tests;

[TestClass]
public class LastImageTests
{
    private const string Start = "<checkpoint period_ms=\"430\"/><dsm slots=\"1\" image_size=\"128K\"/><start name=\"" + Bloater.Name + "\">"
        + "<resource name=\"RAM\" quantum=\"512K\"/></start>";

    [TestMethod]
    public void ARefusedCheckpointLeavesTheLastImageWhole()
    {
        string target = Bloater.Name;
        CdmaBench bench = new CdmaBench(Start, false).Boot();
        bench.Run(600);
        Assert.AreEqual(1, bench.Captured(target, "processor"), bench.Log());
        byte[] last = bench.Image();
        bench.Run(1400);
        Assert.IsTrue(bench.Board.Logged("Error: no checkpoint of \"" + target + "\": no room left"), bench.Log());
        Assert.AreEqual(1, bench.Captured(target, "processor"), bench.Log());
        CollectionAssert.AreEqual(last, bench.Image(), "the last image was touched");

        bench.Board.Raise(Bloater.Line);
        bench.Run(250);
        Assert.IsFalse(bench.Board.Logged("cannot be restored"), bench.Log());
        Assert.IsTrue(bench.Board.Logged("restoring its last checkpoint"), bench.Log());
        Assert.AreEqual(2, bench.Board.CountLogged("rtcr -> " + target + "] 5 verified"), "it goes on after its fourth check" + bench.Log());
    }
}
