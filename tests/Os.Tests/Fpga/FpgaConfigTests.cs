// The driver's configuration: what is wrong is said with its place, and permits nothing.
namespace Tern.Os.Tests;

[TestClass]
public class FpgaConfigTests
{
    [TestMethod]
    public void ComplaintsHaveAPlace()
    {
        Complains("<config frames=\"3\"/>", "config: line 1, column 9: frames is a number from 4 to 256");
        Complains("<config memory=\"2G\"/>", "config: line 1, column 9: memory is a size from 1 to 1G, as 256K");
        Complains("<config colour=\"red\"/>", "config: line 1, column 9: <config> has no attribute colour");
        Complains("<config>\n <policies/></config>", "config: line 2, column 2: unknown element <policies>");
        Complains("<config><policy label_prefix=\"a\"/></config>", "config: line 1, column 9: <policy> needs a memory, as memory=\"256K\"");
        Complains("<config><policy memory=\"0\"/></config>", "config: line 1, column 17: memory is a size from 1 to 1G, as 256K");
        Complains("<config><policy memory=\"4K\" label=\"a\"/></config>", "config: line 1, column 29: <policy> has no attribute label");
    }

    [TestMethod]
    public void APolicyThatIsNotUnderstoodPermitsNothing()
    {
        var bench = new EngineBench();
        bench.Boot("<config><policy memory=\"4K\" label=\"a\"/></config>");
        Assert.AreEqual(0, bench.A.Session);
    }

    [TestMethod]
    public void TheLongestPrefixDecides()
    {
        var bench = new EngineBench();
        bench.Boot("<config><policy memory=\"8K\"/><policy label_prefix=\"b\" memory=\"5000\"/><policy label_prefix=\"bb\" memory=\"64K\"/></config>");
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(8192, bench.A.Words[2]);
        bench.Ok(bench.B, session => session.Info());
        Assert.AreEqual(8192, bench.B.Words[2]);
    }

    [TestMethod]
    public void ADeviceThatTheBoardLacksEndsTheDriver()
    {
        var bench = new EngineBench();
        bench.Boot("<config spi=\"adc\">" + EngineBench.Policies + "</config>");
        bench.Board.ExpectLine("[init -> fpga_drv] SPI device adc: no such device");
        bench.Board.Expect("child \"fpga_drv\" exited with exit value 1");
        Assert.AreEqual(0, bench.A.Session);
    }

    [TestMethod]
    public void AnInterruptThatTheBoardLacksIsDoneWithout()
    {
        var bench = new EngineBench();
        bench.Boot("<config interrupt=\"none\">" + EngineBench.Policies + "</config>");
        bench.Board.ExpectLine("[init -> fpga_drv] interrupt none: no such device");
        bench.Prepare(bench.A);
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("1:ok ", bench.Collect(bench.A));
    }

    private static void Complains(string config, string complaint)
    {
        var bench = new EngineBench();
        bench.Boot(config);
        bench.Board.ExpectLine("[init -> fpga_drv] " + complaint);
    }
}
