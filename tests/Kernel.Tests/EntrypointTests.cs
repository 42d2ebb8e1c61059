// Several entrypoints in one component: what is bound to one, what each has for itself, and what a parent sees of them and
// can make again.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class EntrypointTests
{
    private const int Second = 7;

    private int _second;

    [TestMethod]
    public void AHandlerKnowsItsEntrypoint()
    {
        Machine machine = WithSecond();
        machine["a"].Signalled = (env, label, count) => machine.Note("s" + label + "@" + env.CurrentEntrypoint);
        machine.Do("a", env =>
        {
            machine.Note("@" + env.CurrentEntrypoint);
            env.Submit(env.Signal(1));
            env.Submit(env.Signal(2, _second));
            env.Submit(env.Signal(3, Selectors.Invalid));
        });
        Assert.AreEqual("@0 s2@7 s1@0 s3@0", machine.Notes);
    }

    [TestMethod]
    public void AnAnswerComesToTheEntrypointThatAskedOrToTheOneThatItNamed()
    {
        Machine machine = WithSecond();
        machine["b"].Requested = (env, label, request) => Error.None;
        machine["a"].Replied = (env, label, error, answer) => machine.Note("r" + label + "@" + env.CurrentEntrypoint);
        int gate = machine.Gate("b", 1, "a");
        machine["a"].Signalled = (env, label, count) => Expect.Ok(env.Send(gate, env.Compose(1), 3));
        machine.Do("a", env =>
        {
            Expect.Ok(env.Send(gate, env.Compose(1), 1));
            Expect.Ok(env.Send(gate, env.Compose(1), 2, _second));
            env.Submit(env.Signal(1, _second));
        });
        Assert.AreEqual("r1@0 r2@7 r3@7", machine.Notes);
    }

    [TestMethod]
    public void AnAnswerIsSentToNobodyElsesEntrypoint()
    {
        Machine machine = WithSecond();
        int gate = machine.Gate("b", 1, "a");
        int foreign = machine.Grant("b", Selectors.Thread, "a");
        machine.Do("a", env =>
        {
            Expect.Error(Error.BadArgument, env.Send(gate, env.Compose(1), 1, foreign));
            Expect.Error(Error.BadArgument, env.Send(gate, env.Compose(1), -1, _second));
            Expect.Error(Error.WrongObject, env.Send(gate, env.Compose(1), 1, Selectors.Log));
            Expect.Error(Error.InvalidCapability, env.Send(gate, env.Compose(1), 1, 4000));
        });
        Assert.AreEqual(0, machine.Task("a").Requests);
    }

    [TestMethod]
    public void AServiceIsOpenedUsedAndClosedInItsEntrypoint()
    {
        Machine machine = WithSecond();
        machine["a"].Opened = (env, session, request) =>
        {
            machine.Note("open@" + env.CurrentEntrypoint);
            return Error.None;
        };
        machine["a"].Requested = (env, label, request) =>
        {
            machine.Note("use@" + env.CurrentEntrypoint);
            return Error.None;
        };
        machine["a"].Closed = (env, session) => machine.Note("close@" + env.CurrentEntrypoint);
        machine["b"].Replied = (env, label, error, answer) =>
        {
            Expect.Ok(error);
            if (label == 1)
            {
                env.Send(answer.Capability(0), env.Compose(5), 2);
                env.Close(answer.Capability(0));
            }
        };
        machine.Do("a", env =>
        {
            Expect.Ok(env.Announce("Here", 8, 1, _second));
            Expect.Ok(env.Announce("There", 8, 2));
        });
        machine.Do("b", env => Expect.Ok(env.Open("Here", "", 1)));
        machine.Do("b", env => Expect.Ok(env.Open("There", "", 1)));
        Assert.AreEqual("open@7 use@7 close@7 open@0 use@0 close@0", machine.Notes);
    }

    [TestMethod]
    public void AnEntrypointIsPausedAloneAndWhoAsksThereWaits()
    {
        Machine machine = WithSecond();
        int slow = Gates(machine, 1, _second);
        int fast = Gates(machine, 2, Selectors.Invalid);
        machine["a"].Requested = (env, label, request) =>
        {
            machine.Note("served" + label);
            return Error.None;
        };
        machine["b"].Replied = (env, label, error, answer) => machine.Note("answer" + label);
        machine.Do("a", env => Expect.Ok(new CpuSession(env, Selectors.Cpu).Pause(_second)));
        machine.Do("b", env =>
        {
            env.Send(slow, env.Compose(1), 1);
            env.Send(fast, env.Compose(1), 2);
        });
        Assert.AreEqual("served2 answer2", machine.Notes);

        machine.Do("a", env => Expect.Ok(new CpuSession(env, Selectors.Cpu).Resume(_second)));
        Assert.AreEqual("served2 answer2 served1 answer1", machine.Notes);
    }

    [TestMethod]
    [DataRow(9, "2 1")]
    [DataRow(4, "2 1")]
    [DataRow(0, "1 2")]
    public void ANewPriorityHoldsAtOnceAlsoForWhoeverWaits(int priority, string order)
    {
        Machine machine = WithSecond();
        machine["a"].Signalled = (env, label, count) => machine.Note(label.ToString());
        machine.Do("a", env =>
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            Expect.Ok(cpu.SetPriority(_second, 2));
            env.Submit(env.Signal(2, _second));
            Expect.Ok(cpu.SetPriority(_second, priority));
            env.Submit(env.Signal(1));
            Expect.Error(Error.BadArgument, cpu.SetPriority(_second, 16));
            Expect.Error(Error.BadArgument, cpu.SetPriority(_second, -1));
            Expect.Ok(cpu.SetPriority(Selectors.Thread, 4));
        });
        Assert.AreEqual(order, machine.Notes);
    }

    [TestMethod]
    public void AnEndedEntrypointTakesWhatLedToItAlongAndTheOthersGoOn()
    {
        Machine machine = WithSecond();
        int gate = Gates(machine, 1, _second);
        int first = Gates(machine, 2, Selectors.Invalid);
        machine["a"].Requested = (env, label, request) => Error.None;
        machine["b"].Replied = (env, label, error, answer) => machine.Note(label + ":" + Errors.Name(error));
        machine.Do("a", env =>
        {
            Expect.Error(Error.Busy, env.EndEntrypoint(Selectors.Thread));
            Expect.Ok(env.EndEntrypoint(_second));
            Expect.Error(Error.InvalidCapability, env.EndEntrypoint(_second));
        });
        machine.Do("b", env =>
        {
            Expect.Error(Error.InvalidCapability, env.Send(gate, env.Compose(1), 1));
            Expect.Ok(env.Send(first, env.Compose(1), 2));
        });
        Assert.AreEqual("2:ok", machine.Notes);
        Assert.AreEqual(1, machine.Task("a").ThreadCount);
    }

    [TestMethod]
    public void AComponentMayOutliveItsFirstEntrypoint()
    {
        Machine machine = WithSecond();
        int gate = Gates(machine, 1, _second);
        machine["a"].Requested = (env, label, request) =>
        {
            Expect.Ok(env.EndEntrypoint(Selectors.Thread));
            Assert.AreEqual(0, env.Signal(1), "there is no first one any more");
            Expect.Error(Error.BadArgument, env.LastError);
            env.Submit(env.Signal(2, _second));
            return Error.None;
        };
        machine["a"].Signalled = (env, label, count) => machine.Note("still@" + env.CurrentEntrypoint);
        machine.Do("b", env => env.Send(gate, env.Compose(1), 1));
        Assert.AreEqual("still@7", machine.Notes);
    }

    [TestMethod]
    public void WhatAnEntrypointKeptIsAnsweredWithItsEnd()
    {
        Machine machine = WithSecond();
        int gate = Gates(machine, 1, _second);
        machine["a"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        machine["b"].Replied = (env, label, error, answer) => machine.Note(Errors.Name(error));
        machine.Do("b", env => env.Send(gate, env.Compose(1), 1));
        machine.Do("a", env => Expect.Ok(env.EndEntrypoint(_second)));
        Assert.AreEqual("server gone", machine.Notes);
    }

    [TestMethod]
    public void AnEntrypointMayAnswerWhatAnotherKept()
    {
        Machine machine = WithSecond();
        int gate = Gates(machine, 1, _second);
        int token = 0;
        machine["a"].Requested = (env, label, request) =>
        {
            token = env.Defer();
            return Error.Deferred;
        };
        machine["b"].Replied = (env, label, error, answer) => machine.Note(Errors.Name(error) + answer.Word(0));
        machine.Do("b", env => env.Send(gate, env.Compose(1), 1));
        machine.Do("a", env => Expect.Ok(env.Reply(token, Error.None, env.Compose(0).Add(5))));
        Assert.AreEqual("ok5", machine.Notes);
    }

    [TestMethod]
    public void EntrypointsAreLimitedForEachComponentAndTheBoardByName()
    {
        var machine = new Machine();
        machine.Profile.MaxThreadsPerTask = 3;
        machine.Profile.MaxThreads = 6;
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        machine.Do("a", env =>
        {
            int one = env.Entrypoint(1, "one", 4);
            Assert.IsTrue(one != 0 && env.Entrypoint(2, "two", 4) != 0);
            Assert.AreEqual(0, env.Entrypoint(3, "three", 4));
            Expect.Error(Error.TableFull, env.LastError);
            Expect.Ok(env.EndEntrypoint(one));
            Assert.IsTrue(env.Entrypoint(3, "three", 4) != 0, "its place is free again");
        });
        machine.Do("b", env =>
        {
            Assert.IsTrue(env.Entrypoint(1, "one", 4) != 0);
            Assert.AreEqual(0, env.Entrypoint(2, "two", 4), "init, three of a, two of b");
            Expect.Error(Error.TableFull, env.LastError);
        });
    }

    [TestMethod]
    public void AnEntrypointHasALabelAPriorityAndACapabilityOfItsOwn()
    {
        var machine = new Machine();
        machine.Add("a").Caps = 9;
        machine.Boot();
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.Entrypoint(0, "none", 4));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.Entrypoint(1, "urgent", 16));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.IsTrue(env.Entrypoint(1, "one", 4) != 0);
            Assert.AreEqual(0, env.Entrypoint(2, "two", 4));
            Expect.Error(Error.OutOfCaps, env.LastError);
        });
        Assert.AreEqual(2, machine.Task("a").ThreadCount);
    }

    [TestMethod]
    public void OnlyTheFirstThreadConstructsTheComponent()
    {
        Machine machine = WithSecond();
        machine["a"].Started = env => machine.Note("again");
        machine.Do("a", env =>
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            int third = cpu.CreateThread(Selectors.Pd, "third", 4, 3, out Error error);
            Expect.Ok(error);
            Expect.Error(Error.BadArgument, cpu.Start(third, true));
            Expect.Ok(cpu.Start(third, false));
        });
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void AFaultInOneEntrypointStopsTheWholeComponent()
    {
        Machine machine = WithSecond();
        machine["a"].Signalled = (env, label, count) =>
        {
            machine.Note("s" + label);
            env.Memory.WriteInt32(4, 1);
        };
        int other = 0;
        machine.Do("a", env =>
        {
            other = env.Signal(1);
            env.Submit(env.Signal(2, _second));
        });
        machine.Kernel.Trigger(machine.Kernel.Objects.Index(machine.Task("a").Capabilities.Lookup(other)), 1);
        machine.Settle();
        Assert.AreEqual("s2", machine.Notes, "its memory may be half written");
    }

    [TestMethod]
    public void TheDocumentedValveClosesBeforeItMeasures()
    {
        var machine = new Machine();
        machine.Board.With("a", new Valve());
        machine.Init.Children.Add(new TestChild("a", new Scripted()));
        machine.Boot();
        machine.Board.Nanoseconds += 1_000_000;
        machine.Board.Raise(4);
        machine.Settle();
        Assert.AreEqual("[init -> a] closed in entrypoint 1", (string)machine.Board.Lines[machine.Board.Lines.Count - 2]!);
        Assert.AreEqual("[init -> a] measured", (string)machine.Board.Lines[machine.Board.Lines.Count - 1]!);
    }

    private Machine WithSecond()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        machine.Do("a", env =>
        {
            _second = env.Entrypoint(Second, "second", 9);
            Expect.Ok(env.LastError);
        });
        return machine;
    }

    /// <summary>A gate of a's entrypoint, in b's hands.</summary>
    private static int Gates(Machine machine, int label, int entrypoint)
    {
        int gate = 0;
        machine.Do("a", env => gate = env.Gate(label, entrypoint));
        return machine.Grant("a", gate, "b");
    }
}
