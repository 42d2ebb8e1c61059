// A board's sleep: announced, entered when the kernel is ready or the time is over, and left again.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SleepSwitchTests
{
    private const long Millisecond = 1_000_000;

    private readonly TestWorld _world = new();
    private readonly List<long> _polls = [];
    private readonly List<string> _story = [];
    private readonly TestBoard _board;
    private readonly SleepSwitch _switch;

    public SleepSwitchTests()
    {
        var machine = new IdleMachine();
        _board = _world.Add(machine, on: false);
        _switch = new SleepSwitch(_world.World, _board.Board);
        _switch.FellAsleep += ready => _story.Add($"{_world.World.Now / Millisecond} asleep {ready}");
        _switch.WokeUp += () => _story.Add($"{_world.World.Now / Millisecond} awake");
        machine.OnPoll = () =>
        {
            _polls.Add(_world.World.Now / Millisecond);
            machine.NextDeadlineNanoseconds = _board.Board.Clock.Nanoseconds + (10 * Millisecond);
        };
        _board.Board.PowerOn(0);
    }

    [TestMethod]
    public void ABoardThatIsNotReadySleepsWhenItsTimeIsOverAndRunsOnWhenItIsWoken()
    {
        _world.World.At(20 * Millisecond, () => Assert.IsTrue(_switch.Announce(30 * Millisecond)));
        _world.World.At(100 * Millisecond, () => Assert.IsTrue(_switch.WakeUp()));
        _world.RunFor(0.13);
        CollectionAssert.AreEqual(new[] { "50 asleep False", "100 awake" }, _story);
        Assert.IsFalse(_polls.Any(time => time is > 50 and < 100), "asleep it does not run");
        Assert.Contains(100, _polls);
        Assert.Contains(120, _polls);
    }

    [TestMethod]
    public void ABoardThatIsReadySleepsAtOnce()
    {
        _world.World.At(20 * Millisecond, () => _switch.Announce(30 * Millisecond));
        _world.World.At(25 * Millisecond, () =>
        {
            Assert.AreEqual(25 * Millisecond, _switch.RemainingNanoseconds);
            _switch.Ready();
        });
        _world.RunFor(0.2);
        CollectionAssert.AreEqual(new[] { "25 asleep True" }, _story);
        Assert.IsTrue(_board.Board.IsAsleep);
    }

    [TestMethod]
    public void ASleepCanBeCalledOffBeforeItBegins()
    {
        _world.World.At(20 * Millisecond, () => _switch.Announce(30 * Millisecond));
        _world.World.At(40 * Millisecond, () => _switch.WakeUp());
        _world.RunFor(0.2);
        CollectionAssert.AreEqual(new[] { "40 awake" }, _story);
        Assert.AreEqual(-1, _switch.RemainingNanoseconds);
        Assert.IsTrue(_switch.Take(), "the kernel is told");
        Assert.IsFalse(_switch.Take(), "once");
    }

    [TestMethod]
    public void ADeviceDoesNotWakeASleepingBoardAndWhatItQueuedIsFoundAfterwards()
    {
        _world.World.At(20 * Millisecond, () => _switch.Announce(0));
        _world.World.At(60 * Millisecond, () => _board.Board.Wake(_world.World.Now));
        _world.RunFor(0.1);
        Assert.IsFalse(_polls.Any(time => time > 20));
        long woken = _world.World.Now / Millisecond;
        _switch.WakeUp();
        _world.RunFor(0.01);
        Assert.Contains(woken, _polls);
    }

    [TestMethod]
    public void ACutOfThePowerEndsTheSleep()
    {
        _world.World.At(20 * Millisecond, () => _switch.Announce(0));
        _world.World.At(60 * Millisecond, () => _board.Board.PowerOff());
        _world.World.At(70 * Millisecond, () => _board.Board.PowerOn(_world.World.Now));
        _world.RunFor(0.1);
        Assert.IsFalse(_board.Board.IsAsleep);
        Assert.Contains(70, _polls);
        Assert.IsFalse(_switch.WakeUp(), "there is nothing to wake it from");
    }

    [TestMethod]
    public void AnAnnouncementCountsOnce()
    {
        _world.RunFor(0.01);
        Assert.IsTrue(_switch.Announce(Millisecond));
        Assert.IsFalse(_switch.Announce(Millisecond), "it is about to sleep");
        _world.RunFor(0.01);
        Assert.IsFalse(_switch.Announce(Millisecond), "it sleeps");
        Assert.HasCount(1, _story);
    }
}
