// Threads: who runs first, and what pausing, resuming and ending one means for everybody else.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class ThreadTests
{
    [TestMethod]
    public void TheMostUrgentThreadRunsFirst()
    {
        Machine machine = Three(1, 15, 7);
        Enter(machine, "a");
        Enter(machine, "b");
        Enter(machine, "c");
        machine.Settle();
        Assert.AreEqual("b c a", machine.Notes);
    }

    [TestMethod]
    public void EqualsTakeTurnsInTheOrderOfArrival()
    {
        Machine machine = Three(4, 4, 4);
        int a = OwnSignal(machine, "a");
        int b = OwnSignal(machine, "b");
        int c = OwnSignal(machine, "c");
        Trigger(machine, "c", c);
        Trigger(machine, "a", a);
        Trigger(machine, "b", b);
        int again = OwnSignal(machine, "c", false);
        Trigger(machine, "c", again);
        machine.Settle();
        Assert.AreEqual("c a b c", machine.Notes, "one event a turn");
    }

    [TestMethod]
    public void AHandlerRunsToItsEndEvenIfSomebodyMoreUrgentIsReady()
    {
        Machine machine = Three(1, 15, 4);
        int urgent = OwnSignal(machine, "b");
        urgent = machine.Grant("b", urgent, "a");
        machine.Do("a", env =>
        {
            machine.Note("begin");
            env.Submit(urgent);
            machine.Note("end");
        });
        Assert.AreEqual("begin end b", machine.Notes);
    }

    [TestMethod]
    public void PausesAreCounted()
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("init", env =>
        {
            Expect.Ok(machine.Child("a").Pause(env));
            Expect.Ok(machine.Child("a").Pause(env));
            Expect.Ok(machine.Child("a").Resume(env));
        });
        Enter(machine, "a");
        machine.Settle();
        Assert.AreEqual("", machine.Notes);

        machine.Do("init", env => Expect.Ok(machine.Child("a").Resume(env)));
        Assert.AreEqual("a", machine.Notes);
        machine.Do("init", env => Expect.Error(Error.Busy, machine.Child("a").Resume(env)));
    }

    [TestMethod]
    public void APauseTakesEffectBetweenHandlers()
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("a", env =>
        {
            Expect.Ok(new CpuSession(env, Selectors.Cpu).Pause(Selectors.Thread));
            env.Submit(machine["a"].EnterSignal);
            machine.Note("goes-on");
        });
        Assert.AreEqual("goes-on", machine.Notes);
        Assert.AreEqual(1, machine.Kernel.Irqs.Pending(EnterIrq(machine, "a")));
    }

    [TestMethod]
    public void WhoeverSendsToAPausedComponentWaitsWithoutNoticing()
    {
        Machine machine = Three(4, 4, 4);
        machine["a"].Requested = (env, label, request) =>
        {
            machine.Note("served");
            return Error.None;
        };
        machine["b"].Replied = (env, label, error, answer) => machine.Note(Errors.Name(error));
        int gate = machine.Gate("a", 1, "b");
        machine.Do("init", env => machine.Child("a").Pause(env));
        machine.Do("b", env => Expect.Ok(env.Send(gate, env.Compose(1), 1)));
        machine.Do("b", env => { });
        Assert.AreEqual("", machine.Notes);

        machine.Do("init", env => machine.Child("a").Resume(env));

        Assert.AreEqual("served ok", machine.Notes);
    }

    [TestMethod]
    public void APausedThreadThatIsQueuedLosesNoWork()
    {
        Machine machine = Three(4, 4, 4);
        Enter(machine, "a");
        machine.Kernel.Threads[0]!.PauseCount += 0;
        Thread thread = machine.Task("a").FirstThread!;
        thread.PauseCount++;
        machine.Settle();
        Assert.AreEqual("", machine.Notes);
        thread.PauseCount--;
        machine.Kernel.Ready.Add(thread);
        machine.Settle();
        Assert.AreEqual("a", machine.Notes);
    }

    [TestMethod]
    public void ASecondThreadHasItsOwnPriorityQueueAndPause()
    {
        Machine machine = Three(4, 4, 4);
        int second = 0;
        int slow = 0;
        int fast = 0;
        machine["a"].Signalled = (env, label, count) => machine.Note("t" + label);
        machine.Do("a", env =>
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            second = cpu.CreateThread(Selectors.Pd, "second", 9, out Error error);
            Expect.Ok(error);
            Expect.Ok(cpu.Start(second, false));
            slow = env.Signal(1);
            fast = env.Signal(2, second);
            env.Submit(slow);
            env.Submit(fast);
        });
        Assert.AreEqual("t2 t1", machine.Notes);

        machine.Do("a", env =>
        {
            Expect.Ok(new CpuSession(env, Selectors.Cpu).Pause(second));
            env.Submit(slow);
            env.Submit(fast);
        });
        Assert.AreEqual("t2 t1 t1", machine.Notes, "the first thread goes on");
    }

    [TestMethod]
    public void AThreadLeadsIntoItsOwnComponentOnly()
    {
        Machine machine = Three(4, 4, 4);
        int foreign = machine.Grant("b", Selectors.Thread, "a");
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.Signal(1, foreign));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.Signal(1, Selectors.Log));
            Expect.Error(Error.BadArgument, env.LastError);
        });
    }

    [TestMethod]
    public void EndingAThreadEndsTheGatesAndContextsThatLeadToIt()
    {
        Machine machine = Three(4, 4, 4);
        int signal = 0;
        machine.Do("a", env => signal = env.Signal(3));
        int signalAtB = machine.Grant("a", signal, "b");
        int gate = machine.Gate("a", 1, "b");
        machine.Do("init", env =>
        {
            machine.Child("a").Pause(env);
        });
        machine["b"].Replied = (env, label, error, answer) => machine.Note("b:" + Errors.Name(error));
        machine.Do("b", env =>
        {
            env.Send(gate, env.Compose(1), 1);
            env.Submit(signalAtB);
        });

        machine.Do("init", env => Expect.Ok(new CpuSession(env, machine.Child("a").Cpu).Kill(machine.Child("a").Thread)));

        Assert.AreEqual("b:server gone", machine.Notes);
        machine.Do("b", env =>
        {
            Expect.Error(Error.InvalidCapability, env.Send(gate, env.Compose(1), 1));
            Expect.Error(Error.InvalidCapability, env.Submit(signalAtB));
        });
        machine.Do("init", env => Expect.Ok(machine.Child("a").Destroy(env)));
    }

    [TestMethod]
    public void EndingAThreadEndsTheRequestsThatItSent()
    {
        Machine machine = Three(4, 4, 4);
        machine["b"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        int gate = machine.Gate("b", 1, "a");
        machine.Do("a", env => env.Send(gate, env.Compose(1), 1));

        machine.Do("init", env => Expect.Ok(new CpuSession(env, machine.Child("a").Cpu).Kill(machine.Child("a").Thread)));

        Assert.AreEqual(0, machine.Task("a").Requests);
        machine.Do("init", env => Expect.Ok(machine.Child("b").Destroy(env)));
        Assert.AreEqual(0, machine.Kernel.Requests.FindTaken(machine.Task("init"), 1));
    }

    [TestMethod]
    public void AThreadDoesNotEndItself()
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("a", env => Expect.Error(Error.Busy, new CpuSession(env, Selectors.Cpu).Kill(Selectors.Thread)));
        machine.Do("a", env => machine.Note("alive"));
        Assert.AreEqual("alive", machine.Notes);
    }

    [TestMethod]
    public void AComponentWithoutAProgramIsNotStarted()
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("init", env =>
        {
            int pd = env.ConnectPd("empty", 8192, 20, out int _);
            int cpu = env.Connect("CPU");
            int thread = new CpuSession(env, cpu).CreateThread(pd, "empty", 3, out Error error);
            Expect.Ok(error);
            Expect.Error(Error.Busy, new CpuSession(env, cpu).Start(thread, true));
            Expect.Ok(env.Close(pd));
        });
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(16)]
    [DataRow(2147483647)]
    public void APriorityIsOnTheScale(int priority)
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("a", env =>
        {
            new CpuSession(env, Selectors.Cpu).CreateThread(Selectors.Pd, "second", priority, out Error error);
            Expect.Error(Error.BadArgument, error);
        });
    }

    [TestMethod]
    public void AStartedThreadIsNotStartedAgain()
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("init", env => Expect.Error(Error.Busy, machine.Child("a").Start(env)));
    }

    [TestMethod]
    public void TheCpuSessionNamesWrongArguments()
    {
        Machine machine = Three(4, 4, 4);
        machine.Do("a", env =>
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            Expect.Error(Error.InvalidCapability, cpu.Pause(3000));
            Expect.Error(Error.WrongObject, cpu.Pause(Selectors.Log));
            cpu.CreateThread(Selectors.Log, "x", 1, out Error error);
            Expect.Error(Error.InvalidCapability, error);
            Expect.Error(Error.UnknownOpcode, env.Call(Selectors.Cpu, env.Compose(99).AddCapability(Selectors.Thread)));
        });
    }

    [TestMethod]
    public void CpuTimeGoesToWhoeverRanAndAddsUp()
    {
        Machine machine = Three(4, 4, 4);
        machine.Init.Requested = (env, label, request) =>
        {
            machine.Board.Nanoseconds += 700;
            return Error.None;
        };
        int up = machine.Gate("init", 10, "a");
        long busy = machine.Kernel.BusyNanoseconds;
        long a = machine.Task("a").CpuNanoseconds;
        long init = machine.Task("init").CpuNanoseconds;

        machine.Do("a", env =>
        {
            machine.Board.Nanoseconds += 100;
            env.Call(up, env.Compose(1));
            machine.Board.Nanoseconds += 30;
        });

        // Who is dispatched pays for that.
        Assert.AreEqual(130L + machine.Board.DispatchNanoseconds, machine.Kernel.CpuNanoseconds("init -> a") - a);
        Assert.AreEqual(700L, machine.Kernel.CpuNanoseconds("init") - init);
        Assert.AreEqual(830L + machine.Board.DispatchNanoseconds, machine.Kernel.BusyNanoseconds - busy);
        long sum = 0;
        for (int i = 0; i < machine.Kernel.Tasks.Capacity; i++)
        {
            Task? task = machine.Kernel.Tasks[i];
            sum += task == null ? 0 : task.CpuNanoseconds;
        }

        Assert.AreEqual(machine.Kernel.BusyNanoseconds, sum, "everybody's time together is the board's");
        Assert.AreEqual(-1L, machine.Kernel.CpuNanoseconds("nobody"));
    }

    [TestMethod]
    public void AHandlerOverItsBudgetEndsAtItsNextCrossingAndTheOthersRun()
    {
        Machine machine = Budgeted();
        machine.Do("a", env =>
        {
            machine.Board.Nanoseconds += 2_000_000;
            machine.Note("spent");
            env.Log("never");
            machine.Note("never");
        });

        Assert.AreEqual("spent", machine.Notes);
        Assert.IsTrue(machine.Board.Logged("[init -> a] fault: over its time budget; component stopped"));
        Expect.Error(Error.OverBudget, machine.Task("a").Fault);
        machine.Do("b", env => env.Log("well"));
        Assert.IsTrue(machine.Board.Logged("b] well"));
    }

    [TestMethod]
    public void ABudgetIsSpentByTheHandlerItselfAndNotByWhomItAsksOrWhoAskedIt()
    {
        Machine machine = Budgeted();
        machine.Init.Requested = (env, label, request) =>
        {
            machine.Board.Nanoseconds += 700_000;
            env.Log("in time");
            machine.Board.Nanoseconds += 200_000;
            return Error.None;
        };
        int up = machine.Gate("init", 10, "a");

        machine.Do("a", env =>
        {
            machine.Board.Nanoseconds += 600_000;
            Expect.Ok(env.Call(up, env.Compose(1)));
            machine.Board.Nanoseconds += 300_000;
            env.Log("in time too");
            machine.Note("done");
        });

        Assert.AreEqual("done", machine.Notes);
        Expect.Error(Error.None, machine.Task("init").Fault);
    }

    [TestMethod]
    public void ABudgetIsForEachHandlerAnew()
    {
        Machine machine = Budgeted();
        for (int i = 0; i < 5; i++)
        {
            machine.Do("a", env =>
            {
                machine.Board.Nanoseconds += 900_000;
                env.Log("in time");
            });
        }

        Assert.AreEqual(5, machine.Board.CountLogged("in time"));
    }

    private static Machine Budgeted()
    {
        var machine = new Machine();
        machine.Profile.HandlerBudgetNanoseconds = 1_000_000;
        machine.Add("a");
        machine.Add("b");
        return machine.Boot();
    }

    private static Machine Three(int a, int b, int c)
    {
        var machine = new Machine();
        machine.Add("a").Priority = a;
        machine.Add("b").Priority = b;
        machine.Add("c").Priority = c;
        return machine.Boot();
    }

    private static void Enter(Machine machine, string name) => machine.Post(name, env => machine.Note(name));

    /// <summary>A signal context whose handler notes the component's name.</summary>
    private static int OwnSignal(Machine machine, string name) => OwnSignal(machine, name, true);

    private static int OwnSignal(Machine machine, string name, bool settles)
    {
        machine[name].Signalled = (env, label, count) => machine.Note(name);
        Task task = machine.Task(name);
        if (settles)
        {
            int selector = 0;
            machine.Do(name, env => selector = env.Signal(1));
            return selector;
        }

        int id = machine.Kernel.Lifecycle.CreateIrq(task, task.FirstThread, 1);
        return task.Capabilities.Insert(id, out Error _);
    }

    private static void Trigger(Machine machine, string name, int selector)
        => machine.Kernel.Trigger(machine.Kernel.Objects.Index(machine.Task(name).Capabilities.Lookup(selector)), 1);

    private static int EnterIrq(Machine machine, string name)
        => machine.Kernel.Objects.Index(machine.Task(name).Capabilities.Lookup(machine[name].EnterSignal));
}
