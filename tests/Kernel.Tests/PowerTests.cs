// Core's Power service: who asked to be told is told, and the board waits for all of them, and for nobody else.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class PowerTests
{
    private const int News = 7;

    [TestMethod]
    public void TheBoardSleepsWhenTheLastSubscriberIsReady()
    {
        Machine machine = Two(out TestPower power, out int a, out int b);
        power.Announce(5000);
        machine.Settle();
        Assert.AreEqual("b1 a1", machine.Notes);
        Say(machine, "a", a, 1, Error.None);
        Assert.AreEqual(0, power.ReadyCount, "b is not ready yet");
        Say(machine, "b", b, 1, Error.None);
        Assert.AreEqual(1, power.ReadyCount);
        Say(machine, "b", b, 1, Error.None);
        Assert.AreEqual(1, power.ReadyCount, "told once");
    }

    [TestMethod]
    public void TheAnnouncementTellsItsNumberAndTheTimeThatRemains()
    {
        Machine machine = Two(out TestPower power, out int a, out int _);
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, new PowerSession(env, a).Info(out long remaining));
            Assert.AreEqual(-1L, remaining);
        });
        power.Announce(5000);
        machine.Settle();
        machine.Do("a", env =>
        {
            Assert.AreEqual(1, new PowerSession(env, a).Info(out long remaining));
            Assert.AreEqual(5000L, remaining);
        });
    }

    [TestMethod]
    public void ALateWordDoesNotCountForTheNextAnnouncement()
    {
        Machine machine = Two(out TestPower power, out int a, out int b);
        power.Announce(5000);
        machine.Settle();
        Say(machine, "b", b, 1, Error.None);
        power.WakeUp();
        machine.Settle();
        Say(machine, "a", a, 1, Error.Stale);
        power.Announce(5000);
        machine.Settle();
        Assert.AreEqual("b1 a1 b1 a1 b1 a1", machine.Notes, "everybody hears of everything");
        Say(machine, "a", a, 1, Error.Stale);
        Say(machine, "a", a, 0, Error.Stale);
        Say(machine, "a", a, 2, Error.None);
        Assert.AreEqual(0, power.ReadyCount, "what b said was about the announcement before");
        Say(machine, "b", b, 2, Error.None);
        Assert.AreEqual(1, power.ReadyCount);
    }

    [TestMethod]
    public void WhoIsGoneOrUnsubscribesIsNotWaitedFor()
    {
        Machine machine = Two(out TestPower power, out int a, out int b);
        power.Announce(5000);
        machine.Settle();
        machine.Do("a", env => env.Close(a));
        Assert.AreEqual(0, power.ReadyCount);
        machine.Do("b", env => Expect.Ok(new PowerSession(env, b).Sigh(Selectors.Invalid)));
        Assert.AreEqual(1, power.ReadyCount);
    }

    [TestMethod]
    public void ABoardWithoutSubscribersSleepsAtOnce()
    {
        var machine = new Machine();
        var power = new TestPower();
        machine.Board.Power = power;
        machine.Add("a");
        machine.Boot();
        machine.Do("a", env => Assert.IsTrue(env.Connect("Power") != Selectors.Invalid));
        power.Announce(5000);
        machine.Settle();
        Assert.AreEqual(1, power.ReadyCount, "a session that nobody is told by is not waited for");
    }

    [TestMethod]
    public void WhoSubscribesAfterTheAnnouncementIsToldToo()
    {
        var machine = new Machine();
        var power = new TestPower();
        machine.Board.Power = power;
        machine.Add("a").Program.Signalled = (env, label, count) => machine.Note("a" + count);
        machine.Add("b");
        machine.Boot();
        machine.Do("b", env => new PowerSession(env, env.Connect("Power")).Sigh(env.Signal(News)));
        power.Announce(5000);
        machine.Settle();
        machine.Do("a", env => new PowerSession(env, env.Connect("Power")).Sigh(env.Signal(News)));
        Assert.AreEqual("a1", machine.Notes);
    }

    [TestMethod]
    public void ABoardThatNeverSleepsHasNoSuchService()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        machine.Do("a", env =>
        {
            Assert.AreEqual(Selectors.Invalid, env.Connect("Power"));
            Expect.Error(Error.NoDevice, env.LastError);
        });
    }

    [TestMethod]
    public void EachEntryIntoADomainIsCountedAndNothingElse()
    {
        var machine = new Machine();
        TestChild child = machine.Add("a");
        machine.Boot();
        int before = Entries(machine, child);
        Assert.AreEqual(before, Entries(machine, child), "to ask is not to enter");
        machine.Do("a", env => env.Log("x"));
        Assert.AreEqual(before + 1, Entries(machine, child));
    }

    private static int Entries(Machine machine, TestChild child)
    {
        int entries = 0;
        machine.Do("init", env => entries = new NativePd(env, child.Native).Entries());
        return entries;
    }

    private static void Say(Machine machine, string who, int session, int announcement, Error expected)
        => machine.Do(who, env => Expect.Error(expected, new PowerSession(env, session).Ready(announcement)));

    private static Machine Two(out TestPower power, out int a, out int b)
    {
        var machine = new Machine();
        power = new TestPower();
        machine.Board.Power = power;
        machine.Add("a").Program.Signalled = (env, label, count) => machine.Note("a" + count);
        machine.Add("b").Program.Signalled = (env, label, count) => machine.Note("b" + count);
        machine.Boot();
        a = Subscribe(machine, "a");
        b = Subscribe(machine, "b");
        return machine;
    }

    private static int Subscribe(Machine machine, string who)
    {
        int session = 0;
        machine.Do(who, env =>
        {
            session = env.Connect("Power");
            Expect.Ok(new PowerSession(env, session).Sigh(env.Signal(News)));
        });
        return session;
    }
}
