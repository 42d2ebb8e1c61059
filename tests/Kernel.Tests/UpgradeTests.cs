// Donations to sessions of core: who may, what they are meanwhile, and that they return.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class UpgradeTests
{
    [TestMethod]
    public void CoreKeepsADonationUntilTheSessionIsClosed()
    {
        Machine machine = One();
        Task a = machine.Task("a");
        machine.Do("init", env =>
        {
            // A session that init opens in a's name, as a parent does.
            int timer = Open(env, machine.Child("a").Pd, 100, 2);
            Assert.AreEqual(65536L - 100, a.RamQuota);
            Assert.AreEqual(62, a.CapQuota);
            Expect.Ok(Upgrade(env, timer, machine.Child("a").Pd, 11, 3));
            Assert.AreEqual(65536L - 111, a.RamQuota);
            Assert.AreEqual(59, a.CapQuota);
            Expect.Ok(env.Close(timer));
            Assert.AreEqual(65536L, a.RamQuota);
            Assert.AreEqual(64, a.CapQuota);
        });
    }

    [TestMethod]
    public void ADonationIsReturnedWithTheEndOfItsClient()
    {
        Machine machine = One();
        long ram = machine.Task("init").RamQuota + 65536;
        int caps = machine.Task("init").CapQuota + 64;
        machine.Do("init", env =>
        {
            int timer = Open(env, machine.Child("a").Pd, 100, 2);
            Expect.Ok(Upgrade(env, timer, machine.Child("a").Pd, 11, 3));
            Expect.Ok(machine.Child("a").Destroy(env));
            Assert.AreEqual(ram, machine.Task("init").RamQuota);
            Assert.AreEqual(caps, machine.Task("init").CapQuota);
        });
    }

    [TestMethod]
    public void ADonationToADomainIsItsQuota()
    {
        Machine machine = One();
        machine.Do("init", env =>
        {
            Expect.Ok(env.Upgrade(machine.Child("a").Pd, 4096, 5));
            Assert.AreEqual(69632L, machine.Task("a").RamQuota);
            Assert.AreEqual(69, machine.Task("a").CapQuota);
            Expect.Error(Error.OutOfRam, env.Upgrade(machine.Child("a").Pd, int.MaxValue, 0));
        });
    }

    [TestMethod]
    public void AWrongUpgradeIsNamed()
    {
        Machine machine = One();
        machine.Do("init", env =>
        {
            int pd = machine.Child("a").Pd;
            int timer = Open(env, pd, 0, 0);
            int other = machine.Child("b").Pd;
            Expect.Error(Error.OutOfRam, Upgrade(env, timer, pd, 65536, 0));
            Expect.Error(Error.OutOfCaps, Upgrade(env, timer, pd, 0, 64));
            Expect.Error(Error.BadArgument, Upgrade(env, timer, pd, -1, 0));
            Expect.Error(Error.BadArgument, Upgrade(env, timer, pd, 0, -1));
            Expect.Error(Error.NotPermitted, Upgrade(env, timer, other, 1, 0));
            Expect.Error(Error.NotPermitted, Upgrade(env, timer, Selectors.Pd, 1, 0));
            Expect.Error(Error.InvalidCapability, Upgrade(env, timer, Selectors.Log, 1, 0));
            Expect.Error(Error.InvalidCapability, Upgrade(env, Selectors.Thread, pd, 1, 0));
            Assert.AreEqual(0, Open(env, pd, 65536, 0));
            Assert.AreEqual(0, Open(env, pd, 0, 64));
            Assert.AreEqual(0, Open(env, pd, -1, 0));
            Assert.AreEqual(65536L, machine.Task("a").RamQuota);
        });
    }

    [TestMethod]
    public void QuotaMovesUpAndDownTheTreeAndNotAcross()
    {
        Machine machine = One();
        TestChild below = machine.Describe("below");
        below.Ram = 8192 * 2;
        below.Caps = 20;
        machine.Spawn("a", below);
        int grandchild = machine.Grant("a", below.Pd, "init");
        machine.Do("init", env =>
        {
            var own = new PdSession(env, Selectors.Pd);
            Expect.Ok(new PdSession(env, grandchild).TransferQuota(Selectors.Pd, 4096, 2));
            Expect.Ok(own.TransferQuota(grandchild, 4096, 2));
            Expect.Error(Error.NotPermitted, new PdSession(env, grandchild).TransferQuota(machine.Child("b").Pd, 1, 0));
            Expect.Error(Error.NotPermitted, new PdSession(env, machine.Child("a").Pd).TransferQuota(machine.Child("b").Pd, 1, 0));
        });
        Assert.AreEqual(16384L, machine.Task("below").RamQuota);
    }

    [TestMethod]
    public void AServerThatIsToldOfNoSessionOfItsSaysSo()
    {
        Machine machine = One();
        machine["b"].Replied = (env, label, error, answer) => machine.Note(label + ":" + Errors.Name(error));
        int root = 0;
        machine.Do("a", env =>
        {
            Expect.Ok(env.Announce("S", 8));
            root = env.Gate(-new RuntimeBlock(env.Memory).FirstService);
        });
        int atB = machine.Grant("a", root, "b");
        machine.Do("b", env =>
        {
            env.Send(atB, env.Compose(RootOperation.Upgrade).Add(1).Add(1), 1);
            env.Send(atB, env.Compose(RootOperation.Upgrade).Add(1).Add(1).AddCapability(Selectors.Log), 2);
        });
        Assert.AreEqual("1:invalid capability 2:invalid capability", machine.Notes);
    }

    private static Machine One()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Add("b");
        return machine.Boot();
    }

    private static int Open(Env env, int payer, int ram, int caps)
    {
        Message message = env.Compose(ParentOperation.Session).Add(5).Add(ram).Add(caps).AddText("Timer").AddCapability(payer);
        return env.Call(Selectors.Parent, message) == Error.None ? message.Capability(0) : Selectors.Invalid;
    }

    private static Error Upgrade(Env env, int session, int payer, int ram, int caps)
        => env.Call(Selectors.Parent, env.Compose(ParentOperation.Upgrade).Add(ram).Add(caps).AddCapability(session).AddCapability(payer));
}
