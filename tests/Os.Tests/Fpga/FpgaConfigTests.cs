// The driver's configuration: what is wrong is said with its place, and permits nothing.
namespace Tern.Os.Tests;

[TestClass]
public class FpgaConfigTests
{
    [TestMethod]
    public void ComplaintsHaveAPlace()
    {
        Complains("<config\nframes=\"3\"/>", "config line 2, column 1: frames is \"3\"; write a number from 4 to 256");
        Complains("<config\nmemory=\"2G\"/>", "config line 2, column 1: memory is \"2G\"; write bytes from 1 to 1G, as 64K or 10M");
        Complains("<config\ncolour=\"red\"/>", "config line 2, column 1: unknown attribute \"colour\"; <config> has spi interrupt memory frames");
        Complains("<config>\n <policies/></config>", "config line 2, column 2: unknown element <policies>; <config> contains policy");
        Complains("<config>\n<policy label_prefix=\"a\"/></config>", "config line 2, column 1: <policy> needs a memory; write memory=\"256K\"");
        Complains("<config>\n<policy memory=\"0\"/></config>", "config line 2, column 9: memory is \"0\"; write bytes from 1 to 1G, as 64K or 10M");
        Complains("<config>\n<policy memory=\"4K\" lable=\"a\"/></config>",
            "config line 2, column 21: unknown attribute \"lable\"; <policy> has label label_prefix label_suffix memory");
    }

    [TestMethod]
    public void APolicyThatIsNotUnderstoodPermitsNothing()
    {
        var bench = new EngineBench();
        bench.Boot("<config><policy memory=\"4K\" lable=\"a\"/></config>");
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
        bench.Board.ExpectLine("[init -> fpga_drv] Error: SPI device adc: no such device");
        bench.Board.Expect("child \"fpga_drv\" exited with exit value 1");
        Assert.AreEqual(0, bench.A.Session);
    }

    [TestMethod]
    public void AnInterruptThatTheBoardLacksIsDoneWithout()
    {
        var bench = new EngineBench();
        bench.Boot("<config interrupt=\"none\">" + EngineBench.Policies + "</config>");
        bench.Board.ExpectLine("[init -> fpga_drv] Error: interrupt none: no such device");
        bench.Prepare(bench.A);
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("1:ok ", bench.Collect(bench.A));
    }

    private static void Complains(string config, string complaint)
    {
        var bench = new EngineBench();
        bench.Boot(config);
        bench.Board.ExpectLine("[init -> fpga_drv] Error: " + complaint);
    }
}
