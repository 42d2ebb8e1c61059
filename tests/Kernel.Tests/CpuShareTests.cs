// Shares of the processor's time, with a clock that only handlers move: who yields to whom, when, and for how long.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class CpuShareTests
{
    private const long Period = 1_000_000;
    private const int Label = 50;

    // The signal contexts, in init's hands, and how often their handlers ran: a's, b's, and one of a's second thread.
    private readonly int[] _signals = new int[4];
    private readonly int[] _ran = new int[4];
    private long _longer;

    [TestMethod]
    public void WhoseShareIsSpentYieldsToAllOthersUntilThePeriodEnds()
    {
        Machine machine = Shared(2000, 0);
        machine.Post("init", env => Loop(env, 0, 1));

        // 10 handlers of 100 microseconds fill a period: 2 are the first's, which is the more urgent, and then it waits.
        Rounds(machine, 10);
        Assert.AreEqual("2/8", Ran());
        Rounds(machine, 10);
        Assert.AreEqual("4/16", Ran());
        Rounds(machine, 100);
        Assert.AreEqual("24/96", Ran());
    }

    [TestMethod]
    public void SpareTimeIsUsed()
    {
        Machine machine = Shared(2000, 0);
        machine.Post("init", env => Loop(env, 0));
        Rounds(machine, 50);
        Assert.AreEqual("50/0", Ran());

        // And costs nothing: in the next period the share is whole.
        machine.Post("init", env => Loop(env, 1));
        Rounds(machine, 10);
        Assert.AreEqual("52/8", Ran());
    }

    [TestMethod]
    public void SharesThatAreAllSpentGoByPriority()
    {
        Machine machine = Shared(1000, 3000);
        machine.Post("init", env => Loop(env, 0, 1));
        Rounds(machine, 10);

        // 1 of the first, 3 of the second, and the 6 that nobody has a share in are the more urgent one's.
        Assert.AreEqual("7/3", Ran());
    }

    [TestMethod]
    public void AHandlerThatRunsOnPaysForItLater()
    {
        Machine machine = Shared(1000, 0);
        machine.Board.Nanoseconds = 10 * Period;
        _longer = 350_000;
        machine.Post("init", env => Loop(env, 0, 1));

        // Three and a half shares at once: its turn comes again in the fourth period.
        Rounds(machine, 28);
        Assert.AreEqual("1/27", Ran());
        Rounds(machine, 1);
        Assert.AreEqual("2/27", Ran());
    }

    [TestMethod]
    public void AShareIsAPartOfItsParents()
    {
        Machine machine = Shared(5000, 0);
        machine.Do("init", env =>
        {
            // The first child opens a session at its own cost and makes another thread with it.
            int cpu = AffinityTests.Open(env, machine.Child("a").Pd, 0, 0, 2000);
            Expect.Ok(new CpuSession(env, cpu).ReadQuota(out long limit, out long used, out long period));
            Assert.AreEqual(Period / 10, limit);
            Assert.AreEqual(0L, used);
            Assert.AreEqual(Period, period);
            int inherited = AffinityTests.Open(env, machine.Child("a").Pd, 0, 0, 0);
            Expect.Ok(new CpuSession(env, inherited).ReadQuota(out limit, out used, out period));
            Assert.AreEqual(Period / 2, limit, "a session without a share of its own is within its payer's");
            Expect.Ok(new CpuSession(env, machine.Child("b").Cpu).ReadQuota(out limit, out used, out period));
            Assert.AreEqual(0L, limit);
        });
    }

    [TestMethod]
    public void AComponentDoesNotEscapeItsShareByAnotherSession()
    {
        Machine machine = Shared(2000, 0);
        machine.Post("init", env =>
        {
            int cpu = AffinityTests.Open(env, machine.Child("a").Pd, 0, 0, 0);
            int thread = new CpuSession(env, cpu).CreateThread(machine.Child("a").Pd, "second", 9, 1, out Error error);
            Expect.Ok(error);
            Expect.Ok(new CpuSession(env, cpu).Start(thread, false));
            Message message = env.Compose(PdOperation.AllocateSignal).Add(Label).AddCapability(thread);
            Expect.Ok(env.Call(machine.Child("a").Pd, message));
            _signals[2] = message.Capability(0);
            Expect.Ok(env.Close(cpu));
            Loop(env, 1, 2);
        });
        Rounds(machine, 10);
        Assert.AreEqual("2/8", Ran());
    }

    [TestMethod]
    public void AShareEndsWithItsLastUser()
    {
        Machine machine = Shared(2000, 3000);
        Assert.IsTrue(machine.Kernel.Shares.IsUsed);
        machine.Do("init", env =>
        {
            int cpu = AffinityTests.Open(env, machine.Child("a").Pd, 0, 0, 5000);
            Assert.IsTrue(cpu != 0);
            Expect.Ok(env.Close(machine.Child("a").Cpu));
            Expect.Ok(machine.Child("b").Destroy(env));
            Assert.IsTrue(machine.Kernel.Shares.IsUsed, "its thread has it still");
            Expect.Ok(env.Close(machine.Child("a").Pd));
        });
        Assert.IsFalse(machine.Kernel.Shares.IsUsed);
    }

    [TestMethod]
    public void TheSameRunIsTheSameRun()
    {
        string first = Trace();
        Assert.AreEqual(first, Trace());
        Assert.IsTrue(first.Length > 50, first);
    }

    private static string Trace()
    {
        var test = new CpuShareTests();
        Machine machine = test.Shared(1500, 2500);
        machine.Post("init", env => test.Loop(env, 0, 1));
        test.Rounds(machine, 60);
        return machine.Notes;
    }

    private string Ran() => _ran[0] + "/" + _ran[1];

    /// <summary>Two components whose handlers take 100 microseconds and make themselves ready again; a is the more urgent.</summary>
    private Machine Shared(int a, int b)
    {
        var machine = new Machine();
        machine.Profile.CpuPeriodNanoseconds = Period;
        machine.Board.DispatchNanoseconds = 0;
        machine.Add("a").Share = a;
        machine.Add("b").Share = b;
        machine.Child("a").Priority = 9;
        machine.Boot();
        Works(machine, "a", 0);
        Works(machine, "b", 1);
        machine.Do("init", env =>
        {
            _signals[0] = Make(env, machine.Child("a"));
            _signals[1] = Make(env, machine.Child("b"));
        });
        return machine;
    }

    private void Works(Machine machine, string name, int index)
        => machine[name].Signalled = (env, label, count) =>
        {
            if (label == Label)
            {
                machine.Board.Nanoseconds += index == 0 && _longer > 0 ? _longer : 100_000;
                _ran[index]++;
                machine.Note(name);
                int mine = _signals[env.CurrentEntrypoint == 0 ? index : 2];
                machine.Kernel.Trigger(machine.Kernel.Objects.Index(machine.Task("init").Capabilities.Lookup(mine)), 1);
            }
        };

    private static int Make(Env env, TestChild child)
    {
        Message message = env.Compose(PdOperation.AllocateSignal).Add(Label);
        Expect.Ok(env.Call(child.Pd, message));
        return message.Capability(0);
    }

    private void Loop(Env env, int one) => Expect.Ok(env.Submit(_signals[one]));

    private void Loop(Env env, int one, int other)
    {
        Loop(env, one);
        Loop(env, other);
    }

    private void Rounds(Machine machine, int count)
    {
        int until = _ran[0] + _ran[1] + count;
        while (_ran[0] + _ran[1] < until)
        {
            Assert.IsTrue(machine.Kernel.Dispatch());
            Expect.Sound(machine.Kernel);
        }
    }
}
