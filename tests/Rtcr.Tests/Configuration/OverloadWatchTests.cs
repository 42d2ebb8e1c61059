// When a board counts as overloaded: only after long enough, never during a rest.
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class OverloadWatchTests
{
    [TestMethod]
    public void TooMuchForLongEnoughIsAnAlarm()
    {
        var watch = new OverloadWatch(100, 1000);
        Assert.IsFalse(watch.Sample(0, 50, true));
        Assert.IsFalse(watch.Sample(50, 99, true));
        Assert.IsTrue(watch.Sample(99, 100, true));
    }

    [TestMethod]
    public void OneQuietSampleBeginsTheTimeAnew()
    {
        var watch = new OverloadWatch(100, 1000);
        Assert.IsFalse(watch.Sample(0, 80, true));
        Assert.IsFalse(watch.Sample(80, 90, false));
        Assert.IsFalse(watch.Sample(90, 180, true));
        Assert.IsTrue(watch.Sample(180, 190, true));
    }

    [TestMethod]
    public void AfterAnAlarmOrAnArrivalThereIsARest()
    {
        var watch = new OverloadWatch(100, 1000);
        Assert.IsTrue(watch.Sample(0, 100, true));
        Assert.IsFalse(watch.Sample(100, 1000, true), "it rests");
        Assert.IsFalse(watch.Sample(1000, 1099, true));
        Assert.IsFalse(watch.Sample(1099, 1150, true), "counted from the rest's end");
        Assert.IsFalse(watch.Sample(1150, 1160, true));
        Assert.IsTrue(watch.Sample(1160, 1200, true));
        watch.Rest(1200);
        Assert.IsFalse(watch.Sample(1200, 2199, true));
    }
}
