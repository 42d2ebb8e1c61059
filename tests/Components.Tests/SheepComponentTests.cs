// The sheep family: what its members promise to whoever starts them.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SheepComponentTests
{
    [TestMethod]
    [DataRow("<config period_ms=\"250\"/>", 4, 0)]
    [DataRow("<config/>", 1, 0)]
    [DataRow("", 1, 0)]
    [DataRow("<config period_ms=\"0\"/>", 1, 1)]
    [DataRow("<config period_ms=\"-250\"/>", 1, 1)]
    [DataRow("<config period_ms=\"soon\"/>", 1, 1)]
    [DataRow("<config period_ms=\"99999999999999999999\"/>", 1, 1)]
    [DataRow("<config period_ms=\"3600001\"/>", 1, 1)]
    [DataRow("<config period_ms=\"250\"", 1, 1)]
    [DataRow("not even XML", 1, 1)]
    [DataRow("<configuration period_ms=\"250\"/>", 1, 1)]
    public void TheCounterCountsAtItsPeriodOrEverySecond(string config, int sheepInASecond, int errors)
    {
        RtcrBench bench = Bench(false);
        bench.Start("sheep", "sheep_counter", 65536, config);
        bench.Run(1100);

        Assert.IsTrue(bench.Board.Logged("] " + sheepInASecond + " sheep"));
        Assert.IsFalse(bench.Board.Logged("] " + (sheepInASecond + 1) + " sheep"));
        Assert.AreEqual(errors, bench.Board.CountLogged("Error: config "));
        Assert.AreEqual(sheepInASecond, bench.Board.Submitted.Count);
        Assert.IsFalse(bench.Board.Logged("fault"));
    }

    [TestMethod]
    public void AConfigurationThatIsTooLongIsToldAndAsGoodAsNone()
    {
        RtcrBench bench = Bench(false);
        bench.Start("sheep", "sheep_counter", 65536, "<config period_ms=\"100\"/>" + new string(' ', 2000));
        bench.Run(1100);
        Assert.AreEqual(11, bench.Board.Submitted.Count, "as long as that it is read");

        bench = Bench(false);
        bench.Start("sheep", "sheep_counter", 65536, "<config period_ms=\"100\"/>" + new string(' ', 65536));
        bench.Run(1100);
        Assert.AreEqual(1, bench.Board.Submitted.Count);
        Assert.IsTrue(bench.Board.Logged("Error: config is longer than 65536 bytes"));
    }

    [TestMethod]
    public void TheLongestPeriodIsAnHour()
    {
        RtcrBench bench = Bench(false);
        bench.Start("sheep", "sheep_counter", 65536, "<config period_ms=\"3600000\"/>");
        bench.Run(3_599_999);
        Assert.AreEqual(0, bench.Board.Submitted.Count);
        bench.Run(2);
        Assert.AreEqual(1, bench.Board.Submitted.Count);
        bench.Run(3_599_998);
        Assert.AreEqual(1, bench.Board.Submitted.Count);
        bench.Run(2);
        Assert.AreEqual(2, bench.Board.Submitted.Count);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(8)]
    [DataRow(12)]
    public void TheCounterNoticesBooksThatDoNotAddUp(int field)
    {
        RtcrBench bench = Bench(false);
        bench.Start("sheep", "sheep_counter", 65536, "<config period_ms=\"100\"/>");
        bench.Run(350);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        int record = RootIn(image);
        Assert.AreEqual(3, ImageSeal.Get(image, record));
        ImageSeal.Put(image, record + field, ImageSeal.Get(image, record + field) + 1);

        Expect.Ok(bench.Restore(bench.Seal(image)));
        bench.Run(60);

        Assert.AreEqual(1, bench.Board.CountLogged("Error: lost count at"));
        Assert.IsTrue(bench.Reports("sheep", 0).IndexOf("broken count=") >= 0);
    }

    [TestMethod]
    public void TheServerKeepsAFlockForEachSession()
    {
        RtcrBench bench = Bench(true);
        bench.Board.With("shepherd", new Shepherd());
        bench.Start("shepherd", "shepherd");

        string said = bench.Console("shepherd", 0);
        Assert.AreEqual(
            "] 10: ok 5 after 1\n] 20: ok 100 after 1\n] 10: ok 3 after 2\n] 10: ok 3 after 3\n] 90: unknown opcode 0 after 0\n"
            + "] 30: ok 1 after 1\n] 20: ok 101 after 2\n",
            said);
    }

    [TestMethod]
    public void TheClientVerifiesEveryAnswer()
    {
        RtcrBench bench = Bench(true);
        bench.Start("client", "sheep_client");
        bench.Run(95);

        for (int count = 1; count <= 9; count++)
        {
            Assert.IsTrue(bench.Reports("client", 0).IndexOf(" verified count=" + count + "\n") >= 0, bench.Reports("client", 0));
        }
    }

    [TestMethod]
    public void TheClientNoticesAServerThatMiscounts()
    {
        TestBoard board = StateBench.Board();
        var bench = new RtcrBench(board, true);
        board.With("sheep_server", new Miscounter());
        bench.Boot();
        bench.Start("client", "sheep_client");
        bench.Run(55);

        Assert.IsTrue(bench.Reports("client", 0).IndexOf(" verified count=2\n broken count=4\n") >= 0, bench.Reports("client", 0));
    }

    [TestMethod]
    public void TheClientSaysThatNobodyServes()
    {
        RtcrBench bench = Bench(false);
        bench.Start("client", "sheep_client");
        bench.Run(50);

        Assert.AreEqual(1, bench.Board.CountLogged("Error: no Sheep session: service denied"));
        Assert.AreEqual(0, bench.Board.Submitted.Count);
    }

    private static RtcrBench Bench(bool underInit) => new RtcrBench(StateBench.Board(), underInit).Boot();

    /// <summary>Where an image has the record that the target's root word points to.</summary>
    internal static int RootIn(byte[] image)
    {
        int block = new ImageView(image).RuntimeBlockAt;
        return block + ImageSeal.Get(image, block + 28) - MemoryLayout.InitialMemory;
    }
}
