// Which board is better: the table behind the metric.
namespace Tern.Cms.Tests;

[TestClass]
public class TargetChoiceTests
{
    // Free KiB, capabilities and load of a better and of a worse board.
    [TestMethod]
    [DataRow(200, 100, 0, 100, 100, 0)]
    [DataRow(100, 200, 0, 100, 100, 0)]
    [DataRow(100, 100, 499, 100, 100, 500)]
    [DataRow(60, 100, 0, 100, 100, 500)]
    [DataRow(100, 100, 900, 1, 9, 0)]
    [DataRow(100, 100, 999, 1, 1, 0)]
    [DataRow(2, 1, 1000, 1, 1, 1000)]
    public void TheBetterBoardIsBetter(int kib, int caps, int load, int otherKib, int otherCaps, int otherLoad)
    {
        SystemInformation better = Board(kib * 1024L, caps, load);
        SystemInformation worse = Board(otherKib * 1024L, otherCaps, otherLoad);
        Assert.IsTrue(TargetChoice.Metric(in better) > TargetChoice.Metric(in worse));
        Assert.IsTrue(TargetChoice.IsBetter(TargetChoice.Metric(in better), 9, TargetChoice.Metric(in worse), 1));
    }

    [TestMethod]
    public void OfEqualsTheLowerAddressIsBetter()
    {
        Assert.IsTrue(TargetChoice.IsBetter(5, 1, 5, 2));
        Assert.IsFalse(TargetChoice.IsBetter(5, 2, 5, 1));
    }

    [TestMethod]
    public void TheGreatestNumbersStillCompare()
    {
        SystemInformation most = Board(long.MaxValue, int.MaxValue, 0);
        SystemInformation much = Board(1L << 40, 1 << 19, 0);
        Assert.IsTrue(TargetChoice.Metric(in most) > TargetChoice.Metric(in much));
        Assert.IsTrue(TargetChoice.Metric(in much) > 0);
    }

    [TestMethod]
    public void ABoardWithoutRoomIsNone()
    {
        var needs = default(Checkpoint);
        needs.NeedRam = 1000;
        needs.NeedCaps = 10;
        SystemInformation exact = Board(1000, 10, 1000);
        SystemInformation small = Board(999, 10, 0);
        SystemInformation few = Board(1000, 9, 0);
        Assert.IsTrue(TargetChoice.Fits(in exact, in needs));
        Assert.IsFalse(TargetChoice.Fits(in small, in needs));
        Assert.IsFalse(TargetChoice.Fits(in few, in needs));
        var nothing = default(Checkpoint);
        SystemInformation none = Board(1000, 0, 0);
        Assert.IsFalse(TargetChoice.Fits(in none, in nothing), "without a capability nothing can be made");
    }

    private static SystemInformation Board(long ram, int caps, int load)
    {
        var board = default(SystemInformation);
        board.FreeRam = ram;
        board.FreeCaps = caps;
        board.LoadPermille = load;
        return board;
    }
}
