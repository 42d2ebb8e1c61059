// The TRACE service: subjects, buffers, and what the kernel writes into them.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class TraceTests
{
    private const int Page = 4096;
    private const int Ring = (Page - TraceFormat.HeaderSize) / TraceFormat.RecordSize;

    [TestMethod]
    public void ASessionListsTheKernelAndAllThreadsOnce()
    {
        Machine machine = Three(out int session);
        machine.Do("monitor", env =>
        {
            string seen = "";
            var subject = default(TraceSubject);
            int last = -1;
            for (int id = new TraceSession(env, session).Next(-1); id >= 0; id = new TraceSession(env, session).Next(id))
            {
                Assert.IsTrue(id > last);
                last = id;
                Expect.Ok(new TraceSession(env, session).Read(id, ref subject));
                Assert.AreEqual(TraceState.Untraced, subject.State);
                seen += subject.Label + ";";
            }

            Assert.AreEqual("kernel;init;init -> monitor;init -> a;init -> b;", seen);
        });
    }

    [TestMethod]
    public void ASubjectTellsItsPriorityPausesAndTime()
    {
        Machine machine = Three(out int session);
        long before = 0;
        var subject = default(TraceSubject);
        machine.Do("monitor", env =>
        {
            Expect.Ok(new TraceSession(env, session).Read(Subject(machine, "a"), ref subject));
            before = subject.Nanoseconds;
        });
        machine.Do("a", env => machine.Board.Nanoseconds += 5000);
        machine.Do("monitor", env => Expect.Ok(new TraceSession(env, session).Read(Subject(machine, "a"), ref subject)));
        Assert.IsTrue(subject.Nanoseconds >= before + 5000);
        Assert.AreEqual(Priorities.Default, subject.Priority);
        Assert.IsTrue(subject.IsRunning);
        Assert.AreEqual(0, subject.PauseCount);
        Assert.AreEqual("init -> a", subject.Label);
    }

    [TestMethod]
    public void ASignalACallAndAPointAreRecordedInTheirOrder()
    {
        Machine machine = Three(out int session);
        int at = Attach(machine, session, Subject(machine, "a"));
        machine.Do("a", env =>
        {
            env.Call(Selectors.Pd, env.Compose(PdOperation.Quota));
            env.Trace(7, 8, 9);
        });
        machine.Do("monitor", env =>
        {
            var reader = new TraceReader(env.Memory, at);
            Assert.IsTrue(reader.IsValid);
            string story = "";
            for (int i = 0; i < reader.Count; i++)
            {
                story += reader.Kind(i) + " ";
                Assert.IsTrue(i == 0 || (reader.Time(i) >= reader.Time(i - 1) && reader.Sequence(i) > reader.Sequence(i - 1)));
            }

            Assert.AreEqual(
                TraceKind.Signal + " " + TraceKind.Begin + " " + TraceKind.Call + " " + TraceKind.Return + " " + TraceKind.Point + " " + TraceKind.End + " ", story);
            Assert.AreEqual(TraceHandler.Signal, reader.Word(1, 0));
            Assert.AreEqual(PdOperation.Quota, reader.Word(2, 1));
            Assert.AreEqual((int)Error.None, reader.Word(3, 1));
            Assert.AreEqual("7 8 9", reader.Word(4, 0) + " " + reader.Word(4, 1) + " " + reader.Word(4, 2));
        });
    }

    [TestMethod]
    public void ASendIsSeenOnBothSides()
    {
        Machine machine = Three(out int session);
        int gate = machine.Gate("b", 5, "a");
        machine["b"].Requested = (env, label, request) => Error.NotFound;
        machine["a"].Replied = (env, label, error, answer) => machine.Note(Errors.Name(error));
        int client = Attach(machine, session, Subject(machine, "a"));
        int server = Attach(machine, session, Subject(machine, "b"));
        machine.Do("a", env => Expect.Ok(env.Send(gate, env.Compose(0x55), 3)));
        machine.Do("monitor", env =>
        {
            var reader = new TraceReader(env.Memory, client);
            int send = Find(reader, TraceKind.Send, 0);
            Assert.AreEqual(Subject(machine, "b"), reader.Word(send, 0));
            Assert.AreEqual(0x55, reader.Word(send, 1));
            int reply = Find(reader, TraceKind.Reply, send);
            Assert.AreEqual(Subject(machine, "b"), reader.Word(reply, 0));
            Assert.AreEqual((int)Error.NotFound, reader.Word(reply, 1));
            int answer = Find(reader, TraceKind.Begin, reply);
            Assert.AreEqual(TraceHandler.Answer, reader.Word(answer, 0));
            Assert.AreEqual(3, reader.Word(answer, 1));
            int begin = Find(new TraceReader(env.Memory, server), TraceKind.Begin, 0);
            Assert.AreEqual(TraceHandler.Request, new TraceReader(env.Memory, server).Word(begin, 0));
            Assert.AreEqual(5, new TraceReader(env.Memory, server).Word(begin, 1));
            Assert.AreEqual(0x55, new TraceReader(env.Memory, server).Word(begin, 2));
        });
    }

    [TestMethod]
    public void DelegationRevocationSessionsAndPageFaultsAreRecorded()
    {
        Machine machine = Three(out int session);
        int at = Attach(machine, session, Subject(machine, "a"));
        int badge = 0;
        int address = 0;
        machine.Do("a", env =>
        {
            int timer = env.Connect("Timer");
            badge = env.Badge(timer);
            env.Close(timer);
            int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            address = env.Attach(dataspace);
            env.Memory.WriteInt32(address + 8, 1);
        });
        machine.Do("monitor", env =>
        {
            var reader = new TraceReader(env.Memory, at);
            int open = Find(reader, TraceKind.Open, 0);
            Assert.AreEqual(badge, reader.Word(open, 0));
            Assert.AreEqual('T' | ('i' << 8) | ('m' << 16) | ('e' << 24), reader.Word(open, 1));
            Assert.AreEqual('r', reader.Word(open, 2));
            int got = Find(reader, TraceKind.Delegate, open);
            Assert.AreEqual(badge, reader.Word(got, 0));
            int close = Find(reader, TraceKind.Close, got);
            Assert.AreEqual(badge, reader.Word(close, 0));
            int lost = Find(reader, TraceKind.Revoke, close);
            Assert.AreEqual(badge, reader.Word(lost, 0));
            Assert.AreEqual(reader.Word(got, 1), reader.Word(lost, 1));
            int fault = Find(reader, TraceKind.PageFault, lost);
            while (reader.Word(fault, 0) != address + 8)
            {
                fault = Find(reader, TraceKind.PageFault, fault + 1);
            }

            Assert.AreEqual((int)Rights.Write, reader.Word(fault, 1));
        });
    }

    [TestMethod]
    public void TheKernelHasABufferOfItsOwn()
    {
        Machine machine = Three(out int session);
        machine.Do("a", env => new IrqSession(env, env.Connect("IRQ", "", 0, 0, 2)).Sigh(env.Signal(1)));
        int at = Attach(machine, session, 0);
        machine.Board.Raise(2);
        machine.Board.Raise(2);
        machine.Settle();
        machine.Do("monitor", env =>
        {
            int interrupt = Find(new TraceReader(env.Memory, at), TraceKind.Interrupt, 0);
            Assert.AreEqual(2, new TraceReader(env.Memory, at).Word(interrupt, 0));
            Assert.AreEqual(2, new TraceReader(env.Memory, at).Word(interrupt, 1));
        });
    }

    [TestMethod]
    public void AFullRingKeepsTheNewestAndCountsWhatItLost()
    {
        Machine machine = Three(out int session);
        int at = Attach(machine, session, Subject(machine, "a"));
        machine.Do("a", env =>
        {
            for (int i = 0; i < 1000; i++)
            {
                env.Trace(i, 0, 0);
            }
        });
        machine.Do("monitor", env =>
        {
            var reader = new TraceReader(env.Memory, at);
            Assert.AreEqual(Ring, reader.Capacity);
            Assert.AreEqual(Ring, reader.Count);
            Assert.AreEqual(1003L, reader.Written);
            Assert.AreEqual(1003L - Ring, reader.Overwritten);
            for (int i = 0; i < Ring - 1; i++)
            {
                Assert.AreEqual(1000 - Ring + 1 + i, reader.Word(i, 0));
            }

            Assert.AreEqual(TraceKind.End, reader.Kind(Ring - 1));
        });
    }

    [TestMethod]
    public void APausedSubjectIsSilentAndADetachedOneLeavesItsBufferAlone()
    {
        Machine machine = Three(out int session);
        int subject = Subject(machine, "a");
        int at = Attach(machine, session, subject);
        machine.Do("monitor", env => Expect.Ok(new TraceSession(env, session).Pause(subject)));
        machine.Do("a", env => env.Trace(1, 0, 0));
        Assert.AreEqual(0L, Written(machine, at));
        machine.Do("monitor", env =>
        {
            var info = default(TraceSubject);
            Expect.Ok(new TraceSession(env, session).Read(subject, ref info));
            Assert.AreEqual(TraceState.Paused, info.State);
            Expect.Ok(new TraceSession(env, session).Resume(subject));
        });
        machine.Do("a", env => env.Trace(1, 0, 0));
        long written = Written(machine, at);
        Assert.AreEqual(4L, written);
        machine.Do("monitor", env =>
        {
            Expect.Ok(new TraceSession(env, session).Detach(subject));
            Expect.Error(Error.Busy, new TraceSession(env, session).Detach(subject));
        });
        machine.Do("a", env => env.Trace(1, 0, 0));
        Assert.AreEqual(written, Written(machine, at));
    }

    [TestMethod]
    public void ABufferThatEndsTakesNobodyWithIt()
    {
        Machine machine = Three(out int session);
        int dataspace = 0;
        machine.Do("monitor", env =>
        {
            dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            Expect.Ok(new TraceSession(env, session).Attach(Subject(machine, "a"), dataspace));
            new PdSession(env, Selectors.Pd).FreeDataspace(dataspace);
            int other = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            env.Memory.WriteInt32(env.Attach(other) + 40, 77);
        });
        machine.Do("a", env => env.Trace(1, 2, 3));
        machine.Do("monitor", env => Assert.AreEqual(77, env.Memory.ReadInt32(LastAttached(env) + 40), "the memory has another owner"));
    }

    [TestMethod]
    public void WhatCannotBeTracedIsRefused()
    {
        Machine machine = Three(out int session);
        machine.Board.WithModule("text", new byte[100]);
        int subject = Subject(machine, "a");
        machine.Do("monitor", env =>
        {
            var trace = new TraceSession(env, session);
            int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            int module = new RomSession(env, env.Connect("ROM", "text", 0, 0, 0)).Dataspace(out int _, out Error _);
            Expect.Error(Error.InvalidCapability, trace.Attach(subject, Selectors.Invalid));
            Expect.Error(Error.WrongObject, trace.Attach(subject, Selectors.Log));
            Expect.Error(Error.NotPermitted, trace.Attach(subject, module));
            Expect.Error(Error.NotFound, trace.Attach(999_999, dataspace));
            Expect.Error(Error.NotFound, trace.Attach(-5, dataspace));
            Expect.Ok(trace.Attach(subject, dataspace));
            Expect.Error(Error.Busy, trace.Attach(subject, dataspace));
            Expect.Error(Error.Busy, trace.Pause(Subject(machine, "b")));
            Expect.Error(Error.NotPermitted, new TraceSession(env, env.Connect("TRACE")).Detach(subject));
            Expect.Error(Error.UnknownOpcode, env.Call(session, env.Compose(77).Add(subject)));
        });
    }

    [TestMethod]
    public void ABufferGoesWithItsSessionAndWithItsSubject()
    {
        Machine machine = Three(out int session);
        int subject = Subject(machine, "a");
        Attach(machine, session, subject);
        Attach(machine, session, 0);
        machine.Do("monitor", env =>
        {
            Expect.Ok(env.Close(session));
            int again = env.Connect("TRACE");
            var info = default(TraceSubject);
            Expect.Ok(new TraceSession(env, again).Read(subject, ref info));
            Assert.AreEqual(TraceState.Untraced, info.State);
            Expect.Ok(new TraceSession(env, again).Read(0, ref info));
            Assert.AreEqual(TraceState.Untraced, info.State);
        });
        Assert.IsFalse(machine.Kernel.Tracer.IsOn);
    }

    [TestMethod]
    public void NobodySeesBesideWhoeverStartedHim()
    {
        Machine machine = Three(out int _);
        TestChild nested = machine.Describe("nested");
        nested.Ram = 16 * 1024;
        nested.Caps = 24;
        machine.Spawn("a", nested);
        machine.Do("nested", env =>
        {
            int trace = env.Connect("TRACE");
            Expect.Ok(env.LastError);
            string seen = "";
            var info = default(TraceSubject);
            for (int id = new TraceSession(env, trace).Next(-1); id >= 0; id = new TraceSession(env, trace).Next(id))
            {
                Expect.Ok(new TraceSession(env, trace).Read(id, ref info));
                seen += info.Label + ";";
            }

            Assert.AreEqual("init -> a;init -> a -> nested;", seen);
            Expect.Error(Error.NotPermitted, new TraceSession(env, trace).Read(0, ref info));
            Expect.Error(Error.NotPermitted, new TraceSession(env, trace).Read(Subject(machine, "b"), ref info));
        });
    }

    private static Machine Three(out int session)
    {
        var machine = new Machine();
        machine.Add("monitor");
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        Assert.IsFalse(machine.Kernel.Tracer.IsOn);
        int opened = 0;
        machine.Do("monitor", env => opened = env.Connect("TRACE"));
        session = opened;
        return machine;
    }

    private static int Subject(Machine machine, string name)
        => machine.Kernel.Objects.Badge(machine.Task(name).FirstThread!.Identity);

    private static int Attach(Machine machine, int session, int subject)
    {
        int at = 0;
        machine.Do("monitor", env =>
        {
            int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            at = env.Attach(dataspace);
            Expect.Ok(new TraceSession(env, session).Attach(subject, dataspace));
        });
        return at;
    }

    private static long Written(Machine machine, int at)
    {
        long written = -1;
        machine.Do("monitor", env => written = new TraceReader(env.Memory, at).Written);
        return written;
    }

    private static int LastAttached(Env env)
    {
        var region = default(Region);
        int last = 0;
        for (int i = 0; env.ReadRegion(Selectors.AddressSpace, i, ref region); i++)
        {
            last = region.Start;
        }

        return last;
    }

    private static int Find(TraceReader reader, int kind, int from)
    {
        int at = from;
        while (at < reader.Count && reader.Kind(at) != kind)
        {
            at++;
        }

        Assert.IsTrue(at < reader.Count, "no record of kind " + kind);
        return at;
    }
}
