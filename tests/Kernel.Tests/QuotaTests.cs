// Budgets: what a domain is given, uses, passes on and returns.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class QuotaTests
{
    [TestMethod]
    public void ADomainsBudgetIsTakenFromItsParentAndReturnedWhenItEnds()
    {
        Machine machine = new Machine().Boot();
        Task init = machine.Task("init");
        long ram = init.RamQuota;
        int caps = init.CapQuota;
        int count = init.Capabilities.Count;
        TestChild child = machine.Describe("child");
        machine.Spawn("init", child);
        Assert.AreEqual(ram - child.Ram, init.RamQuota);
        Assert.AreEqual(caps - child.Caps, init.CapQuota);

        machine.Do("init", env => Expect.Ok(child.Destroy(env)));

        Assert.AreEqual(ram, init.RamQuota);
        Assert.AreEqual(caps, init.CapQuota);
        Assert.AreEqual(count, init.Capabilities.Count);
    }

    [TestMethod]
    [DataRow(2000000, 10, 7)]
    [DataRow(4096, 100000, 8)]
    [DataRow(-1, 10, 6)]
    [DataRow(4096, -1, 6)]
    [DataRow(-2147483648, 10, 6)]
    public void NobodyGivesWhatItHasNot(int ram, int caps, int expected)
    {
        Machine machine = new Machine().Boot();
        machine.Do("init", env =>
        {
            Assert.AreEqual(0, env.ConnectPd("child", ram, caps, out int _));
            Expect.Error((Error)expected, env.LastError);
        });
    }

    [TestMethod]
    public void WhatIsInUseCannotBeGiven()
    {
        Machine machine = new Machine().Boot();
        machine.Do("init", env =>
        {
            Task init = machine.Task("init");
            int free = (int)(init.RamQuota - init.RamUsed);
            Assert.AreEqual(0, env.ConnectPd("child", free + 1, 20, out int _));
            Expect.Error(Error.OutOfRam, env.LastError);
            int pd = env.ConnectPd("child", free, 20, out int _);
            Assert.IsTrue(pd != 0);
            new PdSession(env, Selectors.Pd).AllocateDataspace(1, out Error error);
            Expect.Error(Error.OutOfRam, error);
            Expect.Ok(env.Close(pd));
        });
    }

    [TestMethod]
    public void QuotaMovesBetweenADomainAndItsDonorOnly()
    {
        Machine machine = TwoChildren();
        int pdOfB = machine.Grant("b", Selectors.Pd, "a");
        int pdOfInit = machine.Grant("init", Selectors.Pd, "a");
        machine.Do("init", env =>
        {
            var own = new PdSession(env, Selectors.Pd);
            Expect.Ok(own.TransferQuota(machine.Child("a").Pd, 10000, 5));
            Expect.Error(Error.OutOfRam, own.TransferQuota(machine.Child("a").Pd, 1L << 40, 0));
            Expect.Error(Error.OutOfCaps, own.TransferQuota(machine.Child("a").Pd, 0, 1000000));
            Expect.Error(Error.BadArgument, own.TransferQuota(machine.Child("a").Pd, -1, 0));
            Expect.Error(Error.BadArgument, own.TransferQuota(machine.Child("a").Pd, 0, -1));
            Expect.Error(Error.InvalidCapability, own.TransferQuota(Selectors.Log, 0, 0));
        });
        Assert.AreEqual((64 * 1024) + 10000L, machine.Task("a").RamQuota);
        Assert.AreEqual(69, machine.Task("a").CapQuota);

        machine.Do("a", env =>
        {
            var own = new PdSession(env, Selectors.Pd);
            Expect.Error(Error.NotPermitted, own.TransferQuota(pdOfB, 1, 0));
            Expect.Ok(own.TransferQuota(pdOfInit, 10000, 5));
        });
        Assert.AreEqual(64 * 1024L, machine.Task("a").RamQuota);
        Assert.AreEqual(64, machine.Task("a").CapQuota);
    }

    [TestMethod]
    public void AGrandchildsBudgetReturnsThroughItsParent()
    {
        Machine machine = TwoChildren();
        TestChild grandchild = machine.Describe("grandchild");
        grandchild.Ram = 20000;
        grandchild.Caps = 20;
        grandchild.InitialMemory = 4096;
        machine.Spawn("a", grandchild);
        Assert.AreEqual((64 * 1024) - 20000L, machine.Task("a").RamQuota);

        machine.Do("a", env => Expect.Ok(grandchild.Destroy(env)));
        Assert.AreEqual(64 * 1024L, machine.Task("a").RamQuota);

        machine.Spawn("a", grandchild);
        machine.Do("init", env => Expect.Ok(machine.Child("a").Destroy(env)));
        Assert.AreEqual(machine.Profile.MemorySize - (64 * 1024), machine.Task("init").RamQuota);
        Assert.AreEqual(machine.Profile.Capabilities - 64, machine.Task("init").CapQuota);
    }

    [TestMethod]
    public void ADomainsBudgetIsToldToWhoeverHasItsSession()
    {
        Machine machine = TwoChildren();
        machine.Do("init", env =>
        {
            var quota = default(Quota);
            Expect.Ok(new PdSession(env, machine.Child("a").Pd).ReadQuota(ref quota));
            Assert.AreEqual(64 * 1024L, quota.RamQuota);
            Assert.AreEqual(8192L, quota.RamUsed);
            Assert.AreEqual(64, quota.CapQuota);
            Assert.AreEqual(machine.Task("a").Capabilities.Count, quota.CapUsed);
        });
    }

    [TestMethod]
    public void AFullTableOfDomainsIsANamedErrorAndNothingIsLost()
    {
        var machine = new Machine();
        machine.Profile.MaxTasks = 4;
        machine.Boot();
        machine.Do("init", env =>
        {
            Task init = machine.Task("init");
            long ram = init.RamQuota;
            Assert.IsTrue(env.ConnectPd("a", 4096, 20, out int _) != 0);
            Assert.IsTrue(env.ConnectPd("b", 4096, 20, out int _) != 0);
            Assert.AreEqual(0, env.ConnectPd("c", 4096, 20, out int _));
            Expect.Error(Error.TableFull, env.LastError);
            Assert.AreEqual(ram - 8192, init.RamQuota);
        });
    }

    [TestMethod]
    public void APostedMessageCarriesNoCapabilityThatHasEndedSince()
    {
        // What was set aside named a gate; its number names somebody else's object now.
        Machine machine = TwoChildren();
        machine.Child("a").Program.Replied = (env, label, error, answer) => machine.Note(label + ":" + answer.CapabilityCount + ":" + answer.Capability(0));
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            var pd = new PdSession(env, Selectors.Pd);
            int gate = env.Gate(77);
            Expect.Ok(env.Call(native, env.Compose(NativePdOperation.SetContent).Add(1).AddCapability(gate)));
            Expect.Ok(pd.FreeGate(gate));
            Assert.IsTrue(pd.AllocateDataspace(4096, out Error _) != 0, "this takes the gate's place among the objects");
            Expect.Ok(env.Call(native, env.Compose(NativePdOperation.PostAnswer).Add(9).Add(0)));
        });
        Assert.AreEqual("9:1:0", machine.Notes);
    }

    [TestMethod]
    public void PostedRequestsCountAsTheDomainsOwn()
    {
        Machine machine = TwoChildren();
        machine.Init.Requested = (env, label, request) => Error.None;
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            machine.Child("a").Pause(env);
            int gate = env.Gate(5);
            Expect.Ok(env.Call(native, env.Compose(NativePdOperation.SetContent)));
            for (int i = 0; i < machine.Profile.MaxRequestsPerTask; i++)
            {
                Expect.Ok(env.Call(native, env.Compose(NativePdOperation.PostRequest).Add(i).Add(1).AddCapability(gate)));
            }

            Message message = env.Compose(NativePdOperation.PostRequest).Add(1).Add(1).AddCapability(gate);
            Expect.Error(Error.TableFull, env.Call(native, message));
            Expect.Error(Error.TableFull, env.Call(native, env.Compose(NativePdOperation.PostAnswer).Add(1).Add(0)));
        });
    }

    [TestMethod]
    public void OutstandingRequestsAreReadInTheOrderOfTheirSending()
    {
        Machine machine = TwoChildren();
        machine["b"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        int gate = machine.Gate("b", 1, "a");
        machine.Do("a", env =>
        {
            env.Send(gate, env.Compose(11).Add(1).AddText("one").AddCapability(Selectors.Log), 100);
            env.Send(gate, env.Compose(12).Add(2), 200);
        });
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            Message message = env.Compose(NativePdOperation.ReadRequest).Add(0);
            Expect.Ok(env.Call(native, message));
            int first = message.Word(0);
            Assert.AreEqual(100, message.Word(2));
            Assert.AreEqual(11, message.Word(5));
            message = env.Compose(NativePdOperation.ReadContent).Add(first);
            Expect.Ok(env.Call(native, message));
            Assert.AreEqual(1, message.Word(0));
            Assert.AreEqual("one", message.Text);
            Assert.AreEqual(env.Badge(machine.Child("a").Log), env.Badge(message.Capability(0)));
            env.Release(message.Capability(0));
            message = env.Compose(NativePdOperation.ReadRequest).Add(first);
            Expect.Ok(env.Call(native, message));
            Assert.AreEqual(200, message.Word(2));
            int second = message.Word(0);
            message = env.Compose(NativePdOperation.ReadRequest).Add(second);
            Expect.Ok(env.Call(native, message));
            Assert.AreEqual(0, message.Word(0));
            Expect.Error(Error.NotFound, env.Call(native, env.Compose(NativePdOperation.ReadContent).Add(second + 1)));
            Expect.Error(Error.NotFound, env.Call(native, env.Compose(NativePdOperation.ReadContent).Add(-2147483648)));
        });
    }

    [TestMethod]
    public void TheNativeInterfaceLoadsOneProgramOnce()
    {
        Machine machine = TwoChildren();
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("a").Native);
            Expect.Error(Error.Exists, native.Load("a"));
            int pd = env.ConnectPd("c", 4096, 20, out int fresh);
            Expect.Error(Error.NotFound, new NativePd(env, fresh).Load("nothing"));
            Expect.Ok(new NativePd(env, fresh).Load("b"));
            Expect.Error(Error.WrongObject, native.SetFaultSignal(Selectors.Log));
            Expect.Error(Error.UnknownOpcode, env.Call(machine.Child("a").Native, env.Compose(99)));
            Expect.Error(Error.UnknownOpcode, env.Call(pd, env.Compose(99)));
        });
    }

    private static Machine TwoChildren()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Add("b");
        return machine.Boot();
    }
}
