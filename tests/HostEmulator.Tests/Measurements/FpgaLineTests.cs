// What selections cost a board, to the picosecond, on a core that takes as long as the test says.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaLineTests : IDisposable
{
    private const int ClockHz = 26_000_000;
    private const long Gap = 25_000_000;
    private const long Clock = 10_000;

    private readonly ScriptedCore _core = new();
    private readonly FpgaLine _line;

    public FpgaLineTests() => _line = new FpgaLine(_core, ClockHz);

    public void Dispose() => _core.Dispose();

    [TestMethod]
    public void ASelectionTakesItsBitsAndThePauseAfterThem()
    {
        Transfer(ScriptedCore.Ask, 20);
        Transfer(ScriptedCore.Ask, 4116);
        const long expected = (20 * 8 * 1_000_000_000_000 / ClockHz) + (4116L * 8 * 1_000_000_000_000 / ClockHz) + (2 * Gap);
        Assert.AreEqual(expected, _line.Now);
        Assert.AreEqual(expected, _line.Busy, "the board does nothing else meanwhile");
        Assert.AreEqual(2, _line.Selections);
    }

    [TestMethod]
    public void TheCoreLivesThroughThePauses()
    {
        Transfer(ScriptedCore.Job, 2, thousandClocks: 1);       // 10 µs
        Transfer(ScriptedCore.Ask, 2);
        Assert.HasCount(1, _core.Ends, "a job of 10 µs has ended after 25");
        long before = _line.Now;
        _line.AwaitInterrupt();
        Assert.AreEqual(before, _line.Now, "there was nothing to wait for");
    }

    [TestMethod]
    public void WaitingIsNotBusy()
    {
        Transfer(ScriptedCore.Job, 2, thousandClocks: 200);     // 2 ms
        long busy = _line.Busy;
        _line.AwaitInterrupt();
        Assert.AreEqual(busy, _line.Busy);
        Assert.AreEqual(_core.Clocks * Clock, _line.Now, "the core began with the board's time, and was busy all along");
        Assert.AreEqual(_core.Ends[0] * Clock, _line.Now, "to the clock");
    }

    [TestMethod]
    public void ClocksAreCountedFromTheEndOfTheFrame()
    {
        Transfer(ScriptedCore.Job, 2, thousandClocks: 3);
        Assert.AreEqual(3000 + 8, _line.ClocksUntilInterrupt(), "the core of this test begins after CS was high for eight clocks");
    }

    [TestMethod]
    public void ALineThatNobodyWillRaiseIsAnError() => Assert.ThrowsExactly<MeasurementException>(_line.AwaitInterrupt);

    private void Transfer(byte command, int length, byte thousandClocks = 0)
    {
        var mosi = new byte[length];
        mosi[0] = command;
        mosi[1] = thousandClocks;
        _line.Transfer(mosi, new byte[length]);
    }
}
