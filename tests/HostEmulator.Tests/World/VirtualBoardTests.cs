// A board in its world: power, sleep, work, crash.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class VirtualBoardTests
{
    private readonly TestWorld _world = new();

    [TestMethod]
    public void AnIdleBoardSleepsUntilItsDeadline()
    {
        var machine = new IdleMachine { NextDeadlineNanoseconds = 5_000_000 };
        var polled = new List<long>();
        TestBoard board = _world.Add(machine, on: false);
        machine.OnPoll = () =>
        {
            polled.Add(board.Board.Clock.Nanoseconds);
            machine.NextDeadlineNanoseconds = board.Board.Clock.Nanoseconds < 5_000_000 ? 5_000_000 : long.MaxValue;
        };
        board.Sockets.SetCable(false);              // no link, so nothing else wakes it
        board.Board.PowerOn(1_000_000);
        Assert.AreEqual(StopReason.Quiet, _world.World.Run());
        CollectionAssert.AreEqual(new long[] { 0, 5_000_000 }, polled);
        Assert.AreEqual(6_000_000, _world.World.Now);
    }

    [TestMethod]
    public void ABusyBoardComesBackWhenItsWorkIsDone()
    {
        var machine = new IdleMachine();
        TestBoard board = _world.Add(machine);
        board.Sockets.SetCable(false);
        int left = 3;
        var times = new List<long>();
        machine.OnDispatch = () =>
        {
            times.Add(board.Board.Now);
            board.Board.Clock.Spend(Work.Dispatch, 1);
            return --left > 0;
        };
        _world.World.Run();
        CollectionAssert.AreEqual(new long[] { 0, 600, 1200 }, times);
    }

    [TestMethod]
    public void WorkThatCostsNothingStillLetsTimePass()
    {
        var machine = new IdleMachine { OnDispatch = () => true };
        _world.Add(machine);
        Assert.AreEqual(StopReason.TimeLimit, _world.World.Run(1000));
    }

    [TestMethod]
    public void AnInterruptWakesABoardAndAMaskedOneWaits()
    {
        var machine = new IdleMachine();
        TestBoard board = _world.Add(machine);
        var lines = new InterruptLines(board.Board, 4);
        board.Board.Interrupts = lines;
        var taken = new List<(int Line, int Count)>();
        machine.OnPoll = () =>
        {
            for (int line = lines.Take(out int count); line >= 0; line = lines.Take(out count))
            {
                taken.Add((line, count));
            }
        };
        _world.RunFor(0.01);
        lines.Mask(2, true);
        _world.World.At(_world.World.Now + 5, () => lines.Pulse(2));
        _world.World.At(_world.World.Now + 6, () => lines.Pulse(1));
        _world.World.At(_world.World.Now + 6, () => lines.Pulse(1));
        _world.RunFor(0.01);
        CollectionAssert.AreEqual(new[] { (1, 2) }, taken);
        Assert.AreEqual(1, lines.Pending(2));
        lines.Mask(2, false);
        _world.RunFor(0.01);
        CollectionAssert.AreEqual(new[] { (1, 2), (2, 1) }, taken);
    }

    [TestMethod]
    public void ABoardThatCannotBootSaysWhy()
    {
        var machine = new IdleMachine { BootResult = (Error)1 };
        TestBoard board = _world.Add(machine);
        Error? reason = null;
        board.Board.BootFailed += error => reason = error;
        _world.World.Run();
        Assert.AreEqual((Error)1, reason);
        Assert.IsNull(board.Board.Machine);
    }

    [TestMethod]
    public void ACrashNamesBoardAndTime()
    {
        var machine = new IdleMachine { OnPoll = () => throw new InvalidOperationException("a defect") };
        _world.Add(machine, on: false).Board.PowerOn(1_500_000);
        BoardCrashException crash = Assert.ThrowsExactly<BoardCrashException>(() => _world.World.Run());
        Assert.AreEqual("board board1 crashed at 0.001500 s: a defect", crash.Message);
    }

    [TestMethod]
    public void PowerOffEndsEverythingAndPowerOnBeginsAgain()
    {
        var machine = new IdleMachine { OnDispatch = () => true };
        TestBoard board = _world.Add(machine);
        _world.World.Run(100);
        board.Board.PowerOff();
        int dispatched = 0;
        machine.OnDispatch = () => ++dispatched > 0;
        Assert.AreEqual(StopReason.Quiet, _world.World.Run(1_000_000));
        Assert.AreEqual(0, dispatched);
        board.Board.PowerOn(2_000_000);
        _world.World.Run(2_000_100);
        Assert.IsGreaterThan(0, dispatched);
        Assert.AreEqual(2_000_000, board.Board.Clock.SwitchedOnAt);
        Assert.IsLessThan(200, board.Board.Clock.Nanoseconds);
    }

    [TestMethod]
    public void APowerCutReachesTheDisk()
    {
        TestBoard board = _world.Add();
        var disk = new MemoryDisk(512, 64);
        board.Board.Storage = disk;
        _world.World.Run(100);
        byte[] ones = [.. Enumerable.Repeat((byte)1, 64 * 512)];
        disk.Write(0, ones, 0, 64);
        board.Board.PowerOff();
        byte[] read = new byte[64 * 512];
        disk.Read(0, read, 0, 64);
        Assert.IsTrue(read.Contains((byte)0) && read.Contains((byte)1), "some blocks are old, some new");
    }
}
