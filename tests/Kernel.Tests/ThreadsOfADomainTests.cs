// What a domain's creator sees of its threads, and how it makes a component of several threads again: what a checkpoint and
// a restore of one need.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class ThreadsOfADomainTests
{
    private int _second;
    private int _third;

    [TestMethod]
    public void AParentSeesAllThreadsInTheOrderOfTheirMakingWhoeverMadeThem()
    {
        Machine machine = Three();
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("a").Native);
            var cpu = new CpuSession(env, machine.Child("a").Cpu);
            string seen = "";
            var state = default(ThreadState);
            for (int i = 0; i < 3; i++)
            {
                int thread = native.Thread(i);
                Expect.Ok(cpu.ReadState(thread, ref state));
                seen += cpu.NameOf(thread) + ":" + state.Label + ":" + state.Priority + ":" + state.Pauses
                    + (state.IsRunning ? ":runs" : ":rests") + (state.IsFresh ? ":fresh " : " ");
                env.Release(thread);
            }

            Assert.AreEqual("a:0:4:0:runs second:2:9:1:runs third:3:5:0:rests ", seen);
            Assert.AreEqual(0, native.Thread(3));
            Assert.AreEqual(0, native.Thread(-1));
            Message message = env.Compose(NativePdOperation.Thread).Add(99);
            Expect.Ok(env.Call(native.Selector, message));
            Assert.AreEqual(3, message.Word(0));
            Assert.AreEqual("", cpu.NameOf(Selectors.Log));
        });
    }

    [TestMethod]
    public void AParentSeesEachThreadsQueueAndWhoGetsAnAnswer()
    {
        Machine machine = Three();
        machine["b"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        int gate = machine.Gate("b", 1, "a");
        int signal = 0;
        machine.Do("a", env =>
        {
            env.Send(gate, env.Compose(1), 1);
            env.Send(gate, env.Compose(2), 2, _second);
            signal = env.Signal(5, _second);
            env.Submit(signal, 3);
        });
        int badge = machine.Kernel.Objects.Badge(machine.Task("a").Capabilities.Lookup(signal));
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            int first = BadgeOfThread(env, native, 0);
            int second = BadgeOfThread(env, native, 1);
            Message message = env.Compose(NativePdOperation.ReadRequest).Add(0);
            Expect.Ok(env.Call(native, message));
            Assert.AreEqual(first, message.Word(7));
            int number = message.Word(0);
            message = env.Compose(NativePdOperation.ReadRequest).Add(number);
            Expect.Ok(env.Call(native, message));
            Assert.AreEqual(second, message.Word(7));

            message = env.Compose(NativePdOperation.ReadEvent).Add(0);
            Expect.Ok(env.Call(native, message));
            Assert.AreEqual(badge, message.Word(0));
            Assert.AreEqual(3, message.Word(1));
            Assert.AreEqual(second, message.Word(2));
            var state = default(ThreadState);
            int thread = new NativePd(env, native).Thread(1);
            Expect.Ok(new CpuSession(env, Selectors.Cpu).ReadState(thread, ref state));
            Assert.AreEqual(1, state.Events);
        });
    }

    [TestMethod]
    public void AParentMakesAComponentOfSeveralThreadsAgain()
    {
        var machine = new Machine();
        TestChild child = machine.Add("a");
        child.Starts = false;
        machine.Add("b");
        machine.Boot();
        machine["a"].Started = env => machine.Note("constructed");
        machine["a"].Replied = (env, label, error, answer) => machine.Note("r" + label + "@" + env.CurrentEntrypoint);
        machine["a"].Signalled = (env, label, count) => machine.Note("s" + label + "x" + count + "@" + env.CurrentEntrypoint);
        machine["b"].Requested = (env, label, request) => Error.None;
        int server = machine.Gate("b", 1, "init");
        machine.Do("init", env =>
        {
            var cpu = new CpuSession(env, child.Cpu);
            int second = cpu.CreateThread(child.Pd, "second", 2, 7, out Error error);
            Expect.Ok(error);
            Expect.Ok(cpu.SetPriority(second, 9));
            Expect.Ok(cpu.Pause(second));
            int signal = MakeSignal(env, child, second, 5);
            env.Submit(signal, 4);
            Expect.Ok(env.Call(child.Native, env.Compose(NativePdOperation.SetContent)));
            Expect.Ok(env.Call(child.Native, env.Compose(NativePdOperation.PostAnswer).Add(11).Add(0).AddCapability(second)));
            Expect.Ok(env.Call(child.Native, env.Compose(NativePdOperation.PostAnswer).Add(12).Add(0)));
            Expect.Ok(env.Call(child.Native, env.Compose(NativePdOperation.PostRequest).Add(13).Add(1).Add(0)
                .AddCapability(server).AddCapability(second)));
            Expect.Ok(cpu.Start(child.Thread, false));
            Expect.Ok(cpu.Start(second, false));
        });
        Assert.AreEqual("r12@0", machine.Notes, "the second is paused, as it was");

        machine.Do("init", env => Expect.Ok(new CpuSession(env, child.Cpu).Resume(new NativePd(env, child.Native).Thread(1))));
        Assert.AreEqual("r12@0 s5x4@7 r11@7 r13@7", machine.Notes);
    }

    [TestMethod]
    public void AnAnswerIsPostedToNobodyElsesThread()
    {
        Machine machine = Three();
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            int gate = env.Gate(1);
            Expect.Ok(env.Call(native, env.Compose(NativePdOperation.SetContent)));
            for (int wrong = 0; wrong < 3; wrong++)
            {
                int thread = wrong == 0 ? machine.Child("b").Thread : wrong == 1 ? Selectors.Log : 4000;
                Expect.Error(Error.BadArgument, env.Call(native, env.Compose(NativePdOperation.PostAnswer).Add(1).Add(0).AddCapability(thread)));
                Expect.Error(Error.BadArgument, env.Call(native, env.Compose(NativePdOperation.PostRequest).Add(1).Add(1).Add(0)
                    .AddCapability(gate).AddCapability(thread)));
            }
        });
        Assert.AreEqual(0, machine.Task("a").Requests);
    }

    [TestMethod]
    public void TheCpuSessionTellsHowBusyTheBoardIs()
    {
        Machine machine = Three();
        machine.Do("a", env =>
        {
            machine.Board.Nanoseconds += 500;
            Expect.Ok(new CpuSession(env, Selectors.Cpu).Load(out long busy, out long elapsed));
            Assert.AreEqual(machine.Kernel.BusyNanoseconds, busy);
            Assert.AreEqual(machine.Board.Nanoseconds, elapsed);
            Assert.IsTrue(busy > 0 && busy < elapsed);
        });
    }

    /// <summary>a has three threads: its first, one that runs and is paused, one that was never started.</summary>
    private Machine Three()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        machine.Do("a", env =>
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            _second = env.Entrypoint(2, "second", 9);
            _third = cpu.CreateThread(Selectors.Pd, "third", 5, 3, out Error error);
            Expect.Ok(error);
            Expect.Ok(cpu.Pause(_second));
        });
        return machine;
    }

    private static int BadgeOfThread(Env env, int native, int index)
    {
        int thread = new NativePd(env, native).Thread(index);
        int badge = env.Badge(thread);
        env.Release(thread);
        return badge;
    }

    private static int MakeSignal(Env env, TestChild child, int thread, int label)
    {
        Message message = env.Compose(PdOperation.AllocateSignal).Add(label).AddCapability(thread);
        Expect.Ok(env.Call(child.Pd, message));
        return message.Capability(0);
    }
}
