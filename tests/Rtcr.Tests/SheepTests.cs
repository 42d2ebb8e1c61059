// In the manner of CRIU's zdtm: a component is brought into a state, checkpointed, restored here or elsewhere, and then
// checks itself.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SheepTests
{
    private const string EverySecond = "<config period_ms=\"1000\"/>";

    [TestMethod]
    public void ATargetRunsUnderRtcrAsItWouldAlone()
    {
        RtcrBench bench = new RtcrBench().Boot();
        bench.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        bench.Run(3500);

        Assert.AreEqual(1, bench.Board.CountLogged("[init -> sheep] 3 sheep"));
        Assert.AreEqual(0, bench.Board.CountLogged("Error"));
    }

    [TestMethod]
    public void ACheckpointLeavesTheTargetUndisturbed()
    {
        RtcrBench bench = new RtcrBench().Boot();
        bench.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        for (int i = 0; i < 35; i++)
        {
            bench.Run(100);
            bench.Checkpoint();
        }

        Assert.AreEqual(1, bench.Board.CountLogged("3 sheep"));
        Assert.AreEqual(0, bench.Board.CountLogged("4 sheep"));
    }

    [TestMethod]
    public void ASleepingTargetContinuesOnTheSameBoardWithTheTimeThatRemained()
    {
        RtcrBench bench = new RtcrBench().Boot();
        bench.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        bench.Run(2600);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        bench.Run(5000);
        Assert.AreEqual(0, bench.Board.CountLogged("3 sheep"));

        Assert.AreEqual((int)Error.None, (int)bench.Restore(image));
        bench.Run(390);
        Assert.AreEqual(0, bench.Board.CountLogged("3 sheep"));
        bench.Run(20);
        Assert.AreEqual(1, bench.Board.CountLogged("3 sheep"));
        bench.Run(2000);
        Assert.AreEqual(1, bench.Board.CountLogged("5 sheep"));
        Assert.AreEqual(0, bench.Board.CountLogged("Error"));
    }

    [TestMethod]
    public void ATargetContinuesOnAnotherBoard()
    {
        RtcrBench origin = new RtcrBench().Boot();
        origin.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        origin.Run(2600);
        byte[] image = origin.Checkpoint();

        RtcrBench other = new RtcrBench().Boot();
        Assert.AreEqual((int)Error.None, (int)other.Restore(image));
        other.Run(2500);
        Assert.AreEqual(1, other.Board.CountLogged("[init -> sheep] 3 sheep"));
        Assert.AreEqual(1, other.Board.CountLogged("5 sheep"));
        Assert.AreEqual(0, other.Board.CountLogged("1 sheep"));
    }

    [TestMethod]
    public void TheSameStateGivesTheSameBytes()
    {
        Assert.IsTrue(Same(ImageOfAFreshRun(), ImageOfAFreshRun()));
    }

    [TestMethod]
    public void EndingATargetReturnsItsWholeBudget()
    {
        RtcrBench bench = new RtcrBench().Boot();
        Quota before = bench.Quota();
        bench.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        bench.Run(1500);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Quota after = bench.Quota();
        Assert.AreEqual(before.RamQuota, after.RamQuota);
        Assert.AreEqual(before.RamUsed, after.RamUsed);
        Assert.AreEqual(before.CapUsed, after.CapUsed);

        Assert.AreEqual((int)Error.None, (int)bench.Restore(image));
        bench.Run(1500);
        bench.Stop();
        after = bench.Quota();
        Assert.AreEqual(before.RamQuota, after.RamQuota);
        Assert.AreEqual(before.CapUsed, after.CapUsed);
    }

    [TestMethod]
    public void AnImageWithAnyByteChangedIsRefused()
    {
        RtcrBench bench = new RtcrBench().Boot();
        bench.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        bench.Run(1500);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        for (int at = 0; at < image.Length; at += at < 2048 ? 1 : 97)
        {
            image[at] ^= 0x10;
            Assert.AreEqual((int)Error.BadData, (int)bench.Restore(image), "byte " + at);
            image[at] ^= 0x10;
        }

        Assert.AreEqual((int)Error.None, (int)bench.Restore(image));
    }

    private static byte[] ImageOfAFreshRun()
    {
        RtcrBench bench = new RtcrBench().Boot();
        bench.Start("sheep", "sheep_counter", 256 * 1024, EverySecond);
        bench.Run(2600);
        return bench.Checkpoint();
    }

    private static bool Same(byte[] a, byte[] b)
    {
        bool same = a.Length == b.Length;
        for (int i = 0; same && i < a.Length; i++)
        {
            same = a[i] == b[i];
        }

        return same;
    }
}
