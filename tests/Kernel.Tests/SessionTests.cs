// Sessions: services that components announce, their clients' records, and the end of either side.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SessionTests
{
    [TestMethod]
    public void ASessionOfASiblingIsSentForAndHasItsOwnRecord()
    {
        Machine machine = Served(out int _);
        machine["server"].Requested = (env, session, request) =>
        {
            int total = env.Memory.ReadInt32(session) + request.Word(0);
            env.Memory.WriteInt32(session, total);
            request.Add(total);
            return Error.None;
        };
        int first = Open(machine, "one", "");
        int second = Open(machine, "two", "");

        Assert.AreEqual(5, Ask(machine, "one", first, 5));
        Assert.AreEqual(7, Ask(machine, "two", second, 7));
        Assert.AreEqual(6, Ask(machine, "one", first, 1));
    }

    [TestMethod]
    public void ASessionOfASiblingCannotBeCalledFor()
    {
        Machine machine = Served(out int _);
        machine.Do("one", env =>
        {
            Assert.AreEqual(0, env.Connect("Counter"));
            Expect.Error(Error.MustSend, env.LastError);
        });
    }

    [TestMethod]
    public void AServerLearnsTheLabelAndMayRefuse()
    {
        Machine machine = Served(out int _);
        machine["server"].Opened = (env, session, request) =>
        {
            machine.Note(request.Text);
            Assert.AreEqual(0, env.Memory.ReadInt32(session), "the record is zeroed");
            env.Memory.WriteInt32(session, -1);
            return request.Text == "two" ? Error.ServiceDenied : Error.None;
        };
        long used = machine.Task("server").Capabilities.Count;

        Assert.IsTrue(Open(machine, "one", "front left") != 0);
        Assert.AreEqual(0, Open(machine, "two", ""));

        Assert.AreEqual("one -> front left two", machine.Notes);
        Assert.AreEqual(used + 1, machine.Task("server").Capabilities.Count, "what was refused left nothing");
        Assert.IsTrue(Open(machine, "one", "") != 0);
    }

    [TestMethod]
    public void WhatAServerAddsWhenASessionOpensIsNoCapabilityOfTheClients()
    {
        Machine machine = Served(out int _);
        machine["server"].Opened = (env, session, request) =>
        {
            request.AddCapability(Selectors.Pd);
            return Error.None;
        };
        int session = Open(machine, "one", "");
        Assert.AreEqual(ServerBadge(machine), machine.Kernel.Objects.Badge(machine.Task("one").Capabilities.Lookup(session)));
    }

    [TestMethod]
    public void AServerWalksItsSessionsInTheOrderOfTheirOpening()
    {
        Machine machine = Served(out int _);
        machine["server"].Opened = (env, session, request) =>
        {
            env.Memory.WriteInt32(session, request.Text[0]);
            return Error.None;
        };
        int first = Open(machine, "one", "");
        Open(machine, "two", "");
        Open(machine, "one", "");
        Walk(machine);
        Assert.AreEqual("o t o", machine.Notes);

        machine.Do("one", env => Expect.Ok(env.Close(first)));

        machine.ClearNotes();
        Walk(machine);
        Assert.AreEqual("t o", machine.Notes);
        Open(machine, "one", "");
        machine.ClearNotes();
        Walk(machine);
        Assert.AreEqual("t o o", machine.Notes);

        int last = Open(machine, "two", "");
        machine.Do("two", env => Expect.Ok(env.Close(last)));
        Open(machine, "one", "");
        machine.ClearNotes();
        Walk(machine);
        Assert.AreEqual("t o o o", machine.Notes, "and after the last one was closed");
    }

    [TestMethod]
    public void AClosedSessionEndsForItsClientAndItsServerIsTold()
    {
        Machine machine = Served(out int _);
        int session = Open(machine, "one", "");
        int caps = machine.Task("server").Capabilities.Count;
        machine["server"].Closed = (env, record) => machine.Note("closed");

        machine.Do("one", env => Expect.Ok(env.Close(session)));

        Assert.AreEqual("closed 0ok", machine.Notes, "the server closed it, and init got its answer");
        Assert.AreEqual(caps - 1, machine.Task("server").Capabilities.Count);
        machine.Do("one", env => Expect.Error(Error.InvalidCapability, env.Send(session, env.Compose(1), 1)));
    }

    [TestMethod]
    public void ARootClosesOnlySessionsOfItsOwn()
    {
        Machine machine = Served(out int root);
        machine.Do("init", env =>
        {
            env.Send(root, env.Compose(RootOperation.Close).AddCapability(Selectors.Log), 1);
            env.Send(root, env.Compose(RootOperation.Close), 2);
            env.Send(root, env.Compose(99), 3);
        });
        Assert.AreEqual("1invalid capability 2invalid capability 3unknown opcode", machine.Notes);
    }

    [TestMethod]
    public void AServerOutOfMemoryOrCapabilitiesRefusesWithItsName()
    {
        Machine machine = Served(out int root);
        Task server = machine.Task("server");
        int quota = server.CapQuota;
        while (server.Capabilities.Count < quota)
        {
            server.Capabilities.Insert(server.Identity, out Error _);
        }

        machine.Do("init", env => env.Send(root, env.Compose(RootOperation.Create), 1));
        Assert.AreEqual("1out of capabilities", machine.Notes);
        machine.ClearNotes();
        Walk(machine);
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void ASessionEndsWithItsServer()
    {
        Machine machine = Served(out int _);
        int session = Open(machine, "one", "");
        machine.Do("init", env => Expect.Ok(machine.Child("server").Destroy(env)));
        machine.Do("one", env => Expect.Error(Error.InvalidCapability, env.Send(session, env.Compose(1), 1)));
    }

    [TestMethod]
    public void SessionsOfCoreEndWithWhoeverOpenedThem()
    {
        var machine = new Machine();
        machine.Add("a").Caps = 120;
        machine.Child("a").Ram = 128 * 1024;
        machine.Boot();
        int sessions = machine.Kernel.Objects.Count;
        TestChild child = machine.Describe("grandchild");
        child.Ram = 32 * 1024;
        child.Caps = 40;
        machine.Spawn("a", child);
        machine.Do("grandchild", env =>
        {
            new TimerSession(env, env.Connect("Timer")).TriggerPeriodic(1000);
            Assert.IsTrue(env.Connect("IRQ", "", 0, 0, 3) != 0);
            env.Connect("RM");
        });
        Assert.IsFalse(machine.Kernel.Core.Interrupts.IsFree(3));

        machine.Do("init", env => Expect.Ok(machine.Child("a").Destroy(env)));

        Assert.IsTrue(machine.Kernel.Core.Interrupts.IsFree(3));
        Assert.AreEqual(long.MaxValue, machine.Kernel.NextDeadlineNanoseconds);
        Assert.IsTrue(machine.Kernel.Objects.Count < sessions);
        Assert.IsNull(machine.FindTask("grandchild"));
    }

    [TestMethod]
    public void CoreNamesWhatItDoesNotServe()
    {
        var machine = new Machine();
        machine.Boot();
        machine.Do("init", env =>
        {
            Assert.AreEqual(0, env.Connect("Teleporter"));
            Expect.Error(Error.ServiceDenied, env.LastError);
            Assert.AreEqual(0, env.Connect(""));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.Connect("ROM", "missing", 0, 0, 0));
            Expect.Error(Error.NotFound, env.LastError);
            Assert.AreEqual(0, env.Connect("Block"));
            Expect.Error(Error.NoDevice, env.LastError);
            Assert.AreEqual(0, env.Connect("IRQ", "", 0, 0, 99));
            Expect.Error(Error.NoDevice, env.LastError);
            Assert.AreEqual(0, env.Connect("LOG", new string('x', 200), 0, 0, 0));
            Expect.Error(Error.MessageTooLong, env.LastError);
            Expect.Error(Error.UnknownOpcode, env.Call(Selectors.Parent, env.Compose(99)));
            Expect.Error(Error.InvalidCapability, env.Close(Selectors.Parent));
        });
    }

    [TestMethod]
    public void ASessionIsClosedByItsClientOrAboveAndByNobodyElse()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        int timer = 0;
        machine.Do("a", env => timer = env.Connect("Timer"));
        Task b = machine.Task("b");

        // What init would refuse, core refuses too: b asks core directly.
        int core = machine.Task("init").Capabilities.Lookup(Selectors.Parent);
        int direct = b.Capabilities.Insert(core, out Error _);
        int stolen = machine.Grant("a", timer, "b");
        machine.Do("b", env =>
        {
            Message message = env.Compose(ParentOperation.Close).AddCapability(stolen);
            Expect.Error(Error.InvalidCapability, env.Call(direct, message));
            message = env.Compose(ParentOperation.Session).Add(2).Add(0).Add(0).AddText("PD").AddCapability(Selectors.Pd);
            Expect.Ok(env.Call(direct, message));
        });
        int pdOfA = machine.Grant("a", Selectors.Pd, "b");
        machine.Do("b", env =>
        {
            Message message = env.Compose(ParentOperation.Session).Add(2).Add(4096).Add(0).AddText("PD").AddCapability(pdOfA);
            // b may not spend a's budget.
            Expect.Error(Error.NotPermitted, env.Call(direct, message));
        });
        machine.Do("a", env => Expect.Ok(env.Close(timer)));
    }

    [TestMethod]
    public void AFullTableOfSessionsIsANamedErrorAndNothingIsLost()
    {
        var machine = new Machine();
        machine.Profile.MaxSessions = 12;
        machine.Boot();
        machine.Do("init", env =>
        {
            int opened = 0;
            while (env.Connect("Timer") != 0)
            {
                opened++;
            }

            Expect.Error(Error.TableFull, env.LastError);
            Assert.IsTrue(opened > 3);
            int quota = machine.Task("init").CapQuota;
            Assert.AreEqual(0, env.ConnectPd("child", 4096, 20, out int _));
            Expect.Error(Error.TableFull, env.LastError);
            Assert.AreEqual(quota, machine.Task("init").CapQuota);
        });
    }

    [TestMethod]
    public void ADomainForWhichOnlyOneSessionIsLeftIsNotMadeInHalf()
    {
        var machine = new Machine();
        machine.Profile.MaxSessions = 12;
        machine.Boot();
        machine.Do("init", env =>
        {
            int last = 0;
            for (int session = env.Connect("LOG"); session != 0; session = env.Connect("LOG"))
            {
                last = session;
            }

            env.Close(last);
            Task init = machine.Task("init");
            int caps = init.CapQuota;
            long ram = init.RamQuota;
            Assert.AreEqual(0, env.ConnectPd("child", 4096, 20, out int _));
            Expect.Error(Error.TableFull, env.LastError);
            Assert.AreEqual(caps, init.CapQuota);
            Assert.AreEqual(ram, init.RamQuota);
            Assert.IsTrue(env.Connect("LOG") != 0, "the one session is left");
        });
    }

    private static Machine Served(out int root)
    {
        var machine = new Machine();
        machine.Add("server");
        machine.Add("one");
        machine.Add("two");
        machine.Boot();
        machine.Do("server", env => Expect.Ok(env.Announce("Counter", 8)));
        Task init = machine.Task("init");
        root = init.Capabilities.Size;
        while (--root > 0 && init.Capabilities.Lookup(root) == 0)
        {
        }

        machine.Init.Replied = (env, label, error, answer) => machine.Note(label + Errors.Name(error));
        return machine;
    }

    private static int Open(Machine machine, string client, string label)
    {
        int session = 0;
        machine[client].Replied = (env, reply, error, answer) => session = answer.Capability(0);
        machine.Do(client, env => Expect.Ok(env.Open("Counter", label, 1)));
        return session;
    }

    private static int Ask(Machine machine, string client, int session, int word)
    {
        int answered = 0;
        machine[client].Replied = (env, reply, error, answer) => answered = answer.Word(0);
        machine.Do(client, env => Expect.Ok(env.Send(session, env.Compose(1).Add(word), 1)));
        return answered;
    }

    private static int ServerBadge(Machine machine)
    {
        int badge = 0;
        machine.Do("server", env =>
        {
            int session = env.NextSession(0);
            badge = env.Badge(new ServedSessions(env.Memory).Gate(session));
        });
        return badge;
    }

    private static void Walk(Machine machine) => machine.Do("server", env =>
    {
        for (int session = env.NextSession(0); session != 0; session = env.NextSession(session))
        {
            machine.Note("" + (char)env.Memory.ReadInt32(session));
        }
    });
}
