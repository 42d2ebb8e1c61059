// A wheel-speed sensor's driver: what it promises to whoever starts it.
using Tern.Components;

namespace Tern.Tests;

[TestClass]
public class WheelSpeedTests
{
    private const int Line = 4;

    [TestMethod]
    [DataRow("<config/>", "verified count=6 mm_s=1000")]
    [DataRow("", "verified count=6 mm_s=1000")]
    [DataRow("<config pulse_mm=\"7\"/>", "verified count=6 mm_s=350")]
    [DataRow("<config interrupt=\"wheel\" period_ms=\"50\" pulse_mm=\"10\"/>", "verified count=6 mm_s=1000")]
    public void ItTellsPulsesAndSpeedOncePeriodWithThePulseThatFollows(string config, string report)
    {
        RtcrBench bench = Bench();
        bench.Start("front", "wheel_speed", 65536, config);
        Pulse(bench, 5);
        Assert.AreEqual(0, bench.Board.Submitted.Count);
        bench.Run(config.IndexOf("50") < 0 ? 101 : 51);
        Assert.AreEqual(0, bench.Board.Submitted.Count);
        Pulse(bench, 3);
        Assert.AreEqual(1, bench.Board.Submitted.Count);
        Assert.AreEqual("init -> front " + report, (string)bench.Board.Submitted[0]!);
    }

    [TestMethod]
    [DataRow("<config period_ms=\"0\"/>", "period_ms")]
    [DataRow("<config period_ms=\"60001\" pulse_mm=\"1\"/>", "period_ms")]
    [DataRow("<config pulse_mm=\"far\"/>", "pulse_mm")]
    public void AValueThatMakesNoSenseIsNamed(string config, string attribute)
    {
        RtcrBench bench = Bench();
        bench.Start("front", "wheel_speed", 65536, config);
        Assert.AreEqual(1, bench.Board.CountLogged(": " + attribute + " is \""));
    }

    [TestMethod]
    public void WithoutItsInterruptItSaysWhyAndExits()
    {
        RtcrBench bench = Bench();
        bench.Start("front", "wheel_speed", 65536, "<config interrupt=\"brake\"/>");
        Assert.AreEqual(1, bench.Board.CountLogged("interrupt \"brake\": no such device"));
    }

    [TestMethod]
    public void ItNoticesBooksThatDoNotAddUp()
    {
        RtcrBench bench = Bench();
        bench.Start("front", "wheel_speed", 65536, "<config/>");
        Pulse(bench, 9);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        int record = SheepComponentTests.RootIn(image);
        Assert.AreEqual(9, ImageSeal.Get(image, record));
        ImageSeal.Put(image, record, 8);
        Expect.Ok(bench.Restore(bench.Seal(image)));
        Pulse(bench, 1);
        Assert.AreEqual(1, bench.Board.CountLogged("Error: lost count at 9"));
        Assert.AreEqual("init -> front broken count=9 mm_s=0", (string)bench.Board.Submitted[0]!);
    }

    private static RtcrBench Bench()
    {
        var bench = new RtcrBench();
        bench.Board.Wire("wheel", Line).With("wheel_speed", new WheelSpeed());
        return bench.Boot();
    }

    private static void Pulse(RtcrBench bench, int times)
    {
        for (int i = 0; i < times; i++)
        {
            bench.RaiseAndSettle(Line);
        }
    }
}
