// The co-processor in world time: its clocks keep step with the board, its interrupt comes when the job is done, and what is pulled is gone.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDeviceTests : IDisposable
{
    private const int Line = 3;
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;

    private readonly TestWorld _world = new();
    private readonly ScriptedCore _core = new();
    private readonly List<(long Time, int Count)> _interrupts = [];
    private readonly VirtualBoard _board;
    private readonly InterruptLines _lines;
    private readonly FpgaDevice _device;
    private readonly SpiBus _bus;
    private bool _answers = true;

    public FpgaDeviceTests()
    {
        var machine = new IdleMachine { OnPoll = OnPoll };
        _board = _world.Add(machine).Board;
        _lines = new InterruptLines(_board, 8);
        _board.Interrupts = _lines;
        _device = new FpgaDevice(_world.World, _core, _lines, Line);
        _bus = new SpiBus(_board);
        _bus.Add("fpga", _device, 8_000_000);       // a byte a microsecond
        _world.RunFor(0);
    }

    public void Dispose() => _device.Dispose();

    [TestMethod]
    public void AnInterruptComesWhenTheJobIsDone()
    {
        At(Millisecond, () => Send(ScriptedCore.Job, 5));
        _world.RunFor(0.01);
        long started = Millisecond + (2 * Microsecond) + 80;        // two bytes, eight clocks
        Assert.HasCount(1, _interrupts);
        Assert.IsInRange(started + (50 * Microsecond), started + (51 * Microsecond), _interrupts[0].Time);
        Assert.AreEqual(1, _interrupts[0].Count);
    }

    [TestMethod]
    public void EachJobsInterruptHasItsTime()
    {
        At(Millisecond, () =>
        {
            Send(ScriptedCore.Job, 100);
            Send(ScriptedCore.Job, 50);
        });
        _world.RunFor(0.01);
        long started = Millisecond + (2 * Microsecond) + 80;
        Assert.HasCount(2, _interrupts);
        Assert.IsInRange(started + Millisecond, started + Millisecond + Microsecond, _interrupts[0].Time);
        Assert.IsInRange(started + (1500 * Microsecond), started + (1501 * Microsecond), _interrupts[1].Time);
    }

    [TestMethod]
    public void ASelectionFindsTheCoreAtTheBoardsTimeAlsoWhenThatIsAhead()
    {
        byte early = 0;
        byte late = 0;
        At(Millisecond, () =>
        {
            Send(ScriptedCore.Job, 100);
            early = Send(ScriptedCore.Ask, 0);
            _board.Clock.Occupy(900_000_000);       // the handler computes: 25 µs were the gap, 4 µs the bytes, 5 µs are left now
            late = Send(ScriptedCore.Ask, 0);
            _board.Clock.Occupy(100_000_000);
            late += (byte)(Send(ScriptedCore.Ask, 0) * 10);
        });
        _world.RunFor(0.01);
        Assert.AreEqual(0, early);
        Assert.AreEqual(10, late);
    }

    [TestMethod]
    public void ABusyCoreGoesOnWhileItsBoardComputes()
    {
        At(Millisecond, () =>
        {
            Send(ScriptedCore.Job, 10);
            _board.Clock.Occupy(5_000_000_000);
        });
        _world.World.At(2 * Millisecond, () => Assert.HasCount(1, _core.Ends));
        _world.RunFor(0.02);
        Assert.HasCount(1, _interrupts);
        Assert.IsGreaterThan(6 * Millisecond, _interrupts[0].Time, "the board was at work until then");
    }

    [TestMethod]
    public void AnIdleCoreCostsNothing()
    {
        At(Millisecond, () => Send(ScriptedCore.Job, 1));
        Assert.AreEqual(StopReason.Quiet, _world.RunFor(1), "its work done, nothing is scheduled");
        long events = _world.World.EventCount;
        int runs = _core.Runs;
        long clocks = _core.Clocks;
        At(200_000 * Millisecond, () => Send(ScriptedCore.Ask, 0));
        _world.RunFor(1000);
        Assert.AreEqual(events + 1, _world.World.EventCount);
        Assert.AreEqual(runs, _core.Runs);
        Assert.IsLessThan(clocks + 300, _core.Clocks, "what it sleeps through is no clock of the core");
    }

    [TestMethod]
    public void ALineThatStaysHighComesAgainWithEachAcknowledgement()
    {
        _answers = false;
        At(Millisecond, () => Send(ScriptedCore.Job, 1));
        _world.RunFor(0.01);
        Assert.HasCount(1, _interrupts, "masked until it is acknowledged");
        _world.World.At(20 * Millisecond, () => _lines.Mask(Line, false));
        _world.RunFor(0.03);
        Assert.HasCount(2, _interrupts);
        At(50 * Millisecond, () => Send(ScriptedCore.Acknowledge, 0));
        _world.World.At(60 * Millisecond, () => _lines.Mask(Line, false));
        _world.RunFor(0.1);
        Assert.HasCount(2, _interrupts, "the device was answered");
    }

    [TestMethod]
    public void WhoeverGetsALineThatIsHighHearsOfIt()
    {
        _answers = false;
        At(Millisecond, () => Send(ScriptedCore.Job, 1));
        _world.RunFor(0.005);
        _board.PowerOff();
        _interrupts.Clear();
        _board.PowerOn(10 * Millisecond);
        _world.World.At(20 * Millisecond, () =>
        {
            Assert.IsEmpty(_interrupts);
            _lines.Clear(Line);
            _lines.Mask(Line, false);
        });
        _world.RunFor(0.1);
        Assert.HasCount(1, _interrupts);
    }

    [TestMethod]
    public void ItsBoardsPowerIsNotItsOwn()
    {
        At(Millisecond, () => Send(ScriptedCore.Job, 100));
        _world.World.At(Millisecond + (500 * Microsecond), _board.PowerOff);
        _world.RunFor(0.01);
        Assert.HasCount(1, _core.Ends);
        Assert.AreEqual(0, _core.Resets);
        Assert.IsEmpty(_interrupts);
    }

    [TestMethod]
    public void ABoardThatSleepsFindsTheInterruptWhenItWakes()
    {
        At(Millisecond, () => Send(ScriptedCore.Job, 100));
        _world.World.At(Millisecond + (500 * Microsecond), _board.FallAsleep);
        _world.World.At(9 * Millisecond, _board.WakeUp);
        _world.RunFor(0.02);
        Assert.HasCount(1, _interrupts);
        Assert.AreEqual(9 * Millisecond, _interrupts[0].Time);
    }

    [TestMethod]
    public void WithoutAWiredInterruptItIsPolled()
    {
        var bus = new SpiBus(_board);
        using var device = new FpgaDevice(_world.World, new ScriptedCore());
        bus.Add("polled", device, 8_000_000);
        byte[] answer = [0, 0];
        At(Millisecond, () => bus.Transfer(0, [ScriptedCore.Job, 1], 0, answer, 0, 2));
        At(2 * Millisecond, () => bus.Transfer(0, [ScriptedCore.Ask, 0], 0, answer, 0, 2));
        _world.RunFor(0.01);
        Assert.AreEqual(1, answer[0]);
        Assert.IsEmpty(_interrupts);
    }

    [TestMethod]
    public void UnpluggedItFloatsStandsStillAndComesBackReset()
    {
        byte seen = 0;
        _core.Memory[7] = 42;
        At(Millisecond, () => Send(ScriptedCore.Job, 100));
        _world.World.At(Millisecond + (500 * Microsecond), _device.Unplug);
        At(3 * Millisecond, () => seen = Send(ScriptedCore.Job, 1));
        long clocks = 0;
        _world.World.At(4 * Millisecond, () => clocks = _core.Clocks);
        _world.World.At(5 * Millisecond, () =>
        {
            Assert.AreEqual(clocks, _core.Clocks, "it is not clocked");
            _device.Plug();
        });
        _world.RunFor(0.02);
        Assert.AreEqual(0xFF, seen);
        Assert.IsEmpty(_core.Ends, "the job was lost, and the one sent in vain never came");
        Assert.IsEmpty(_interrupts);
        Assert.AreEqual(1, _core.Resets);
        Assert.IsInRange(50_000, 50_300, clocks);
        Assert.AreEqual(42, _core.Memory[7]);

        At(30 * Millisecond, () => Send(ScriptedCore.Job, 1));
        _world.RunFor(0.1);
        Assert.HasCount(1, _interrupts);
    }

    [TestMethod]
    public void PulledWithItsLineHighTheLineFalls()
    {
        _answers = false;
        At(Millisecond, () => Send(ScriptedCore.Job, 1));
        _world.World.At(2 * Millisecond, _device.Unplug);
        _world.World.At(3 * Millisecond, () => _lines.Mask(Line, false));
        _world.RunFor(0.01);
        Assert.HasCount(1, _interrupts);
    }

    [TestMethod]
    public void AResetInTheMiddleLosesTheJobs()
    {
        At(Millisecond, () =>
        {
            Send(ScriptedCore.Job, 100);
            Send(ScriptedCore.Job, 100);
        });
        _world.World.At(Millisecond + (1500 * Microsecond), _device.Reset);
        _world.RunFor(0.02);
        Assert.HasCount(1, _core.Ends);
        Assert.HasCount(1, _interrupts);
        Assert.AreEqual(1, _core.Resets);
    }

    [TestMethod]
    public void FaultsThatComeTwiceCountOnce()
    {
        _device.Plug();
        Assert.AreEqual(0, _core.Resets, "it is plugged");
        _device.Unplug();
        _device.Unplug();
        _device.Reset();
        Assert.AreEqual(0, _core.Resets, "nobody hears a reset without power");
        _device.Plug();
        Assert.AreEqual(1, _core.Resets);
    }

    [TestMethod]
    public void TheSameCallsGiveTheSameTimes()
    {
        using var other = new FpgaDeviceTests();
        foreach (FpgaDeviceTests run in new[] { this, other })
        {
            for (int i = 1; i <= 20; i++)
            {
                byte thousands = (byte)(7 * i);
                run.At(i * 733 * Microsecond, () => run.Send(ScriptedCore.Job, thousands));
            }

            run._world.RunFor(0.1);
        }

        Assert.IsGreaterThan(5, _interrupts.Count);
        CollectionAssert.AreEqual(_interrupts, other._interrupts);
        CollectionAssert.AreEqual(_core.Ends, other._core.Ends);
    }

    [TestMethod]
    public void ADeviceDisposesOfItsCore()
    {
        _device.Dispose();
        Assert.IsTrue(_core.IsDisposed);
    }

    /// <summary>Lets the board do something in a dispatch of its own.</summary>
    private void At(long time, Action action) => _world.World.At(time, () =>
    {
        _board.Clock.IdleUntil(_world.World.Now);
        action();
    });

    private byte Send(byte command, byte argument)
    {
        byte[] memory = [command, argument];
        _bus.Transfer(0, memory, 0, memory, 0, 2);
        return memory[0];
    }

    /// <summary>A driver: takes an interrupt, answers the device, acknowledges.</summary>
    private void OnPoll()
    {
        for (int line = _lines.Take(out int count); line >= 0; line = _lines.Take(out count))
        {
            Assert.AreEqual(Line, line);
            _interrupts.Add((_board.Now, count));
            _lines.Mask(line, true);
            if (_answers)
            {
                Send(ScriptedCore.Acknowledge, 0);
                _lines.Mask(line, false);
            }
        }
    }
}
