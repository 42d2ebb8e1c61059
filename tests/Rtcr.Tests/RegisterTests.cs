// A driver with a device's registers in its address space: the session and the region come back, the registers' contents
// are the device's.
using Tern.Components;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class RegisterTests
{
    private const string Config = "<config window=\"uart\" period_ms=\"100\"/>";

    [TestMethod]
    public void ACheckpointDoesNotTouchTheDeviceAndARestoreReachesTheNewOne()
    {
        RtcrBench origin = Bench(new TestRegisters());
        origin.Start("odometer", "odometer", 65536, Config);
        origin.Run(250);
        var device = (TestRegisters)origin.Board.IoMemory!;
        Assert.AreEqual("0r8/4 0r0/4 0w8/4 0r8/4 0r0/4 ", device.Accesses);
        device.Accesses = "";
        byte[] image = origin.Checkpoint();
        Assert.AreEqual("", device.Accesses);
        origin.Stop();

        RtcrBench other = Bench(new TestRegisters());
        Expect.Ok(other.Restore(image));
        other.Run(60);
        Assert.AreEqual("0r8/4 0r0/4 0w8/4 ", ((TestRegisters)other.Board.IoMemory!).Accesses);
        Assert.AreEqual("", device.Accesses);
        Assert.IsFalse(other.Board.Logged("fault"));
    }

    [TestMethod]
    public void ABoardWithoutTheWindowRefusesAndCanTryAgain()
    {
        RtcrBench origin = Bench(new TestRegisters());
        origin.Start("odometer", "odometer", 65536, Config);
        byte[] image = origin.Checkpoint();

        RtcrBench other = Bench(null);
        Quota before = other.Quota();
        Expect.Error(Error.NoDevice, other.Restore(image));
        Assert.AreEqual(before.RamUsed, other.Quota().RamUsed);
        other.Board.IoMemory = new TestRegisters();
        Expect.Ok(other.Restore(image));
        other.Place = 1;
        Expect.Error(Error.Exists, other.Restore(image));
    }

    [TestMethod]
    public void WithoutItsWindowAnOdometerSaysWhyAndExits()
    {
        RtcrBench bench = Bench(new TestRegisters());
        bench.Start("odometer", "odometer", 65536, "<config window=\"lcd\" period_ms=\"0\"/>");
        Assert.AreEqual(1, bench.Board.CountLogged("no registers \"lcd\": no such device"));
        Assert.AreEqual(1, bench.Board.CountLogged(": period_ms is \""));
    }

    [TestMethod]
    public void ACounterThatGoesBackIsBroken()
    {
        RtcrBench bench = Bench(new FallingCounter());
        bench.Start("odometer", "odometer", 65536, Config);
        bench.Run(250);
        Assert.AreEqual("init -> odometer verified count=1000 counters=1", (string)bench.Board.Submitted[0]!);
        Assert.AreEqual("init -> odometer broken count=1000 counters=1", (string)bench.Board.Submitted[1]!);
    }

    private static RtcrBench Bench(IIoMemory? windows)
    {
        var bench = new RtcrBench();
        bench.Board.With("odometer", new Odometer()).IoMemory = windows;
        return bench.Boot();
    }

    /// <summary>Keeps its mark, and counts down.</summary>
    private sealed class FallingCounter : IIoMemory
    {
        private int _mark;
        private int _count = 1000;

        public int Find(string name) => 0;

        public int Size(int window) => 16;

        public int Read(int window, int offset, int width) => offset == 8 ? _mark : _count--;

        public void Write(int window, int offset, int width, int value) => _mark = value;
    }
}
