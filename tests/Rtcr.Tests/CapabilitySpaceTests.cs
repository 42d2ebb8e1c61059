// The capability-space tables of the report on IRQ sessions (2018), before a checkpoint and after the restore. There, two
// gates by its own count (three by its tables) and an IRQ object were missing afterwards; here every row stands.

namespace Tern.Tests;

[TestClass]
public class CapabilitySpaceTests
{
    /// <summary>The report's table from 0x204 on, without its badges.</summary>
    private static readonly string[] Rows =
    {
        "000204\t*-SW Gate\t*-SW Gate\t*-SW Gate\t*-SW Gate",
        "000208\t*-SW Gate\t*-SW Gate\t*-SW Gate\t*-SW Gate",
        "00020c\t*-SW Gate\t*-SW Gate\t*-SW Gate\t-",
        "000210\t-\t-\t-\t*-SW Gate",
        "000214\t*-SW Gate\t*-SW Gate\t*-SW Gate\t*-SW Gate",
        "000218\t*-SW IRQ\t*-SW Gate\t-\t-",
        "00021c\t-\t-\t*-SW Gate\t*-SW Gate",
        "000220\t*-SW Gate\t-\t-\t-",
    };

    [TestMethod]
    public void EveryRowOfTheReportsTableIsThereAfterTheRestore()
    {
        RtcrBench bench = StateBench.Boot(new Report2018(), false);
        Expect.Ok(bench.TryStart(StateBench.Target, StateBench.Target, 512 * 1024, 700, ConfigReader.Text));
        bench.Run(150);
        string before = bench.Capabilities(StateBench.Target);
        string badges = bench.Kernel.DumpCapabilities("init -> " + StateBench.Target)!;
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Expect.Ok(bench.Restore(image));

        string after = bench.Capabilities(StateBench.Target);
        for (int i = 0; i < Rows.Length; i++)
        {
            Assert.IsTrue(before.IndexOf(Rows[i]) >= 0, "before, without " + Rows[i] + ":\n" + before);
            Assert.IsTrue(after.IndexOf(Rows[i]) >= 0, "after, without " + Rows[i] + ":\n" + after);
        }

        Assert.AreEqual(before, after);
        Assert.AreNotEqual(badges, bench.Kernel.DumpCapabilities("init -> " + StateBench.Target), "badges are never used again");

        // The objects are not only there: each leads where it led.
        bench.Run(100);
        for (int gate = 100; gate <= 120; gate++)
        {
            string line = gate == 116 ? "signal 116" : "gate " + gate;
            Assert.AreEqual(2, bench.Board.CountLogged(line), line);
        }
    }
}
