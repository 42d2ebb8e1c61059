// Limits that a component's first object has hold for every object that it makes later, for what others change on them, and for
// what its children make: the priorities, the share and the place of a CPU session.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class CeilingTests
{
    private const int Ceiling = 5;

    [TestMethod]
    public void ALimitOfTheFirstThreadHoldsForThreadsMadeLater()
    {
        Limited().Do("a", env =>
        {
            Assert.IsTrue(env.Entrypoint(1, "as urgent", Ceiling) != 0);
            Assert.AreEqual(0, env.Entrypoint(2, "more urgent", Ceiling + 1));
            Expect.Error(Error.NotPermitted, env.LastError);
            Assert.AreEqual(0, env.Entrypoint(2, "no priority", Priorities.Count));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(Ceiling + 1, new CpuSession(env, Selectors.Cpu).Priorities());
        });
    }

    [TestMethod]
    public void ALimitIsNotLeftLaterWhoeverAsks()
    {
        Machine machine = Limited();
        machine.Do("a", env => RaiseToTheLimit(new CpuSession(env, Selectors.Cpu), Selectors.Thread));
        machine.Do("init", env =>
        {
            // init's own session has all priorities, but the thread was not made with that one.
            RaiseToTheLimit(new CpuSession(env, Selectors.Cpu), machine.Child("a").Thread);
            Expect.Ok(env.Close(machine.Child("a").Cpu));
            RaiseToTheLimit(new CpuSession(env, Selectors.Cpu), machine.Child("a").Thread);
        });
    }

    [TestMethod]
    public void ALimitIsNotLeftByAnotherSession()
    {
        Limited().Do("a", env =>
        {
            Assert.AreEqual(0, env.ConnectCpu("more", 0, 0, 0, Ceiling + 2));
            Expect.Error(Error.NotPermitted, env.LastError);
            Assert.AreEqual(0, env.ConnectCpu("none", 0, 0, 0, Priorities.Count + 1));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.ConnectCpu("negative", 0, 0, 0, -1));
            Expect.Error(Error.BadArgument, env.LastError);

            Assert.AreEqual(Ceiling + 1, new CpuSession(env, env.ConnectCpu("all", 0, 0, 0, 0)).Priorities());
            int less = env.ConnectCpu("less", 0, 0, 0, Ceiling);
            Expect.Error(Error.NotPermitted, Thread(env, less, Selectors.Pd, Ceiling));
            Expect.Ok(Thread(env, less, Selectors.Pd, Ceiling - 1));
        });
    }

    /// <summary>A domain that has no thread yet pays for a session: it is bound as its maker is, not as the board.</summary>
    [TestMethod]
    public void ALimitHoldsForWhatChildrenMake()
    {
        Machine machine = Limited();
        machine.Do("a", env =>
        {
            int pd = env.ConnectPd("below", 8192, 20, out int _);
            Message message = env.Compose(ParentOperation.Session).Add(3).Add(0).Add(0).Add(0).Add(0).Add((Ceiling + 2) << 16)
                .AddText("CPU").AddCapability(pd);
            Expect.Error(Error.NotPermitted, env.Call(Selectors.Parent, message));

            int cpu = AffinityTests.Open(env, pd, 0, 0, 0);
            Bound(env, cpu);
            Expect.Error(Error.NotPermitted, Thread(env, cpu, pd, Ceiling + 1));
            Expect.Ok(Thread(env, cpu, pd, Ceiling));

            // And one level further down, with a share of the share.
            int further = AffinityTests.Open(env, pd, Affinity.Space(2, 1), Affinity.Location(1, 0, 1, 1), 5000);
            Assert.AreEqual(Affinity.Space(1, 1), new CpuSession(env, further).AffinitySpace());
            Expect.Ok(new CpuSession(env, further).ReadQuota(out long limit, out long _, out long period));
            Assert.AreEqual(period / 10, limit);
        });
    }

    [TestMethod]
    public void AThreadKeepsItsLimitsWhereverItRuns()
    {
        Machine machine = Limited();
        machine.Do("a", env =>
        {
            // A child whose first thread was made with the component's own session pays for its sessions within that one.
            int pd = env.ConnectPd("below", 8192, 20, out int _);
            Expect.Ok(Thread(env, Selectors.Cpu, pd, 0));
            Bound(env, AffinityTests.Open(env, pd, 0, 0, 0));
        });
    }

    [TestMethod]
    [DataRow("b")]
    [DataRow("init")]
    public void WhoIsLimitedDoesNotStarveWhoIsMoreUrgent(string urgent)
    {
        var machine = new Machine();
        machine.Add("a").Levels = 1;
        machine.Child("a").Priority = 0;
        machine.Add("b").Priority = Priorities.Count - 3;
        machine.Boot();

        // The least urgent makes an entrypoint as urgent as it can and keeps it busy for ever.
        int storm = 0;
        machine["a"].Signalled = (env, _, _) => env.Submit(storm);
        machine.Post("a", env =>
        {
            int entrypoint = 0;
            for (int priority = Priorities.Count - 1; entrypoint == 0; priority--)
            {
                entrypoint = env.Entrypoint(1, "urgent", priority);
            }

            storm = env.Signal(1, entrypoint);
            env.Submit(storm);
        });
        for (int i = 0; i < 10; i++)
        {
            Assert.IsTrue(machine.Kernel.Dispatch());
        }

        bool ran = false;
        machine.Post(urgent, _ => ran = true);
        Assert.IsTrue(machine.Kernel.Dispatch());
        Assert.IsTrue(ran, urgent + " had to wait");
    }

    /// <summary>A component that has half of the processor's cores, a fifth of its time, and six priorities.</summary>
    private static Machine Limited()
    {
        var machine = new Machine();
        machine.Profile.Cores = 4;
        TestChild child = machine.Add("a");
        child.Share = 2000;
        child.Levels = Ceiling + 1;
        child.Place = Affinity.Location(1, 0, 1, 1);
        return machine.Boot();
    }

    private static void RaiseToTheLimit(CpuSession cpu, int thread)
    {
        Expect.Error(Error.NotPermitted, cpu.SetPriority(thread, Ceiling + 1));
        Expect.Error(Error.NotPermitted, cpu.SetPriority(thread, Priorities.Count - 1));
        Expect.Ok(cpu.SetPriority(thread, Ceiling));
    }

    /// <summary>That a session is within what <see cref="Limited"/> gives.</summary>
    private static void Bound(Env env, int cpu)
    {
        var session = new CpuSession(env, cpu);
        Assert.AreEqual(Ceiling + 1, session.Priorities());
        Assert.AreEqual(Affinity.Space(2, 1), session.AffinitySpace());
        Expect.Ok(session.ReadQuota(out long limit, out long _, out long period));
        Assert.AreEqual(period / 5, limit);
    }

    private static Error Thread(Env env, int cpu, int pd, int priority)
    {
        new CpuSession(env, cpu).CreateThread(pd, "made", priority, 3, out Error error);
        return error;
    }
}
