// Timers: they fire at their time, once or periodically, count what they missed, and what remains of one can be armed elsewhere.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class TimerTests
{
    private const long Millisecond = 1_000_000;

    [TestMethod]
    public void ATimerFiresOnceAtItsTime()
    {
        Machine machine = WithTimer(out int timer);
        machine.Do("a", env => Expect.Ok(new TimerSession(env, timer).TriggerOnce(5000)));
        machine.Run(4 * Millisecond);
        Assert.AreEqual("", machine.Notes);
        machine.Run(2 * Millisecond);
        Assert.AreEqual("tick1", machine.Notes);
        machine.Run(50 * Millisecond);
        Assert.AreEqual("tick1", machine.Notes);
    }

    [TestMethod]
    public void ANewTriggerReplacesTheOldOne()
    {
        Machine machine = WithTimer(out int timer);
        machine.Do("a", env =>
        {
            var session = new TimerSession(env, timer);
            session.TriggerPeriodic(1000);
            session.TriggerOnce(10000);
        });
        machine.Run(9 * Millisecond);
        Assert.AreEqual("", machine.Notes);
        machine.Run(20 * Millisecond);
        Assert.AreEqual("tick1", machine.Notes);

        machine.Do("a", env =>
        {
            new TimerSession(env, timer).TriggerPeriodic(1000);
            new TimerSession(env, timer).TriggerPeriodic(0);
        });
        machine.Run(20 * Millisecond);
        Assert.AreEqual("tick1", machine.Notes, "0 disarms");
    }

    [TestMethod]
    public void ALatePeriodicTimerCountsWhatItMissedAndKeepsItsPhase()
    {
        Machine machine = WithTimer(out int timer);
        long start = 0;
        machine.Do("a", env =>
        {
            start = machine.Board.Nanoseconds;
            new TimerSession(env, timer).TriggerPeriodic(1000);
        });
        machine.Board.Nanoseconds = start + (3 * Millisecond) + 400_000;
        machine.Settle();
        Assert.AreEqual("tick3", machine.Notes);
        Assert.AreEqual(start + (4 * Millisecond), machine.Kernel.NextDeadlineNanoseconds);
    }

    [TestMethod]
    public void AnEndlesslyLateTimerDoesNotMiscount()
    {
        Machine machine = WithTimer(out int timer);
        machine.Board.DispatchNanoseconds = 0;
        machine.Do("a", env => new TimerSession(env, timer).TriggerPeriodic(1));
        machine.Board.Nanoseconds += 5_000_000_000_000;
        machine.Settle();
        Assert.AreEqual("tick2147483647", machine.Notes);
        Assert.IsTrue(machine.Kernel.NextDeadlineNanoseconds > machine.Board.Nanoseconds - 10000);
    }

    [TestMethod]
    public void WhatRemainsOfATimerCanBeReadAndArmedElsewhere()
    {
        Machine machine = WithTimer(out int timer);
        machine.Do("a", env =>
        {
            var session = new TimerSession(env, timer);
            Assert.AreEqual(long.MinValue, Remaining(env, timer, out long period), "not armed");
            session.TriggerPeriodic(5000);
            machine.Board.Nanoseconds += 2 * Millisecond;
            Assert.AreEqual(3 * Millisecond, Remaining(env, timer, out period));
            Assert.AreEqual(5 * Millisecond, period);

            int other = env.Connect("Timer");
            new TimerSession(env, other).Sigh(env.Signal(2));
            session.TriggerOnce(0);
            Expect.Ok(env.Call(other, env.Compose(TimerOperation.Rearm).Add64(3 * Millisecond).Add64(5 * Millisecond)));
            Assert.AreEqual(3 * Millisecond, Remaining(env, other, out period));
            Expect.Error(Error.BadArgument, env.Call(other, env.Compose(TimerOperation.Rearm).Add64(long.MinValue + 1).Add64(0)));
            Expect.Error(Error.BadArgument, env.Call(other, env.Compose(TimerOperation.Rearm).Add64(0).Add64(-1)));
        });
        machine.Run((9 * Millisecond) + 500_000);
        Assert.AreEqual("tick1 tick1", machine.Notes);
    }

    [TestMethod]
    [DataRow(-1L)]
    [DataRow(9223372036854775807L)]
    [DataRow(-9223372036854775808L)]
    public void ATimeIsATime(long microseconds)
    {
        Machine machine = WithTimer(out int timer);
        machine.Do("a", env =>
        {
            Expect.Error(Error.BadArgument, new TimerSession(env, timer).TriggerOnce(microseconds));
            Expect.Error(Error.BadArgument, new TimerSession(env, timer).TriggerPeriodic(microseconds));
            Assert.AreEqual(machine.Board.Nanoseconds, new TimerSession(env, timer).ElapsedNanoseconds());
            Expect.Error(Error.WrongObject, new TimerSession(env, timer).Sigh(Selectors.Log));
            Expect.Error(Error.UnknownOpcode, env.Call(timer, env.Compose(99)));
        });
    }

    [TestMethod]
    public void ATimerWhoseSignalEndedFiresInVain()
    {
        Machine machine = WithTimer(out int timer);
        machine.Do("a", env =>
        {
            var pd = new PdSession(env, Selectors.Pd);
            int signal = env.Signal(9);
            new TimerSession(env, timer).Sigh(signal);
            new TimerSession(env, timer).TriggerPeriodic(1000);
            pd.FreeSignal(signal);
            Assert.IsTrue(env.Signal(10) != 0, "this takes its place");
        });
        machine.Run(5 * Millisecond);
        Assert.AreEqual("", machine.Notes);
    }

    private static Machine WithTimer(out int timer)
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        machine["a"].Signalled = (env, label, count) => machine.Note("tick" + count);
        int session = 0;
        machine.Do("a", env =>
        {
            session = env.Connect("Timer");
            Expect.Ok(new TimerSession(env, session).Sigh(env.Signal(1)));
        });
        timer = session;
        return machine;
    }

    private static long Remaining(Env env, int timer, out long period)
    {
        Message message = env.Compose(TimerOperation.Remaining);
        Expect.Ok(env.Call(timer, message));
        period = message.Word64(2);
        return message.Word64(0);
    }
}
