// Capability spaces: what it means to hold a right, to pass it on, and to lose it.
using System;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class CapabilityTests
{
    private const int Hand = 1;
    private const int HandBack = 2;

    [TestMethod]
    public void ADelegatedCapabilityNamesTheSameObjectUnderASelectorOfTheReceiver()
    {
        Machine machine = TwoSiblings(out int toServer);
        int kept = 0;
        int badge = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            kept = env.Keep(request.Capability(0));
            return Error.None;
        };

        int own = 0;
        machine.Do("client", env =>
        {
            own = env.Gate(7);
            badge = env.Badge(own);
            Expect.Ok(env.Send(toServer, env.Compose(Hand).AddCapability(own), 1));
        });

        Assert.IsTrue(kept >= Selectors.FirstFree);
        machine.Do("server", env =>
        {
            Assert.AreEqual(badge, env.Badge(kept));
            Assert.AreEqual((int)ObjectType.Gate, (int)env.TypeOf(kept));
            Assert.AreEqual(0, env.LabelOf(kept), "a label is told to its own component only");
        });
        machine.Do("client", env => Assert.AreEqual(7, env.LabelOf(own)));
    }

    [TestMethod]
    public void AnObjectWhoseSelectorWasGivenUpStillCountsAgainstItsMakersQuota()
    {
        Machine machine = TwoSiblings(out int _);
        int quota = machine.Task("client").CapQuota;
        machine.Do("client", env =>
        {
            int maps = env.Connect("RM");
            int made = 0;
            for (int selector = env.Signal(1); selector != 0; selector = made % 2 == 0 ? env.Signal(1) : env.Gate(1))
            {
                env.Release(selector);
                made++;
                Assert.IsTrue(made <= quota, "the board's tables are filled at no cost");
            }

            Expect.Error(Error.OutOfCaps, env.LastError);
            new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error error);
            Expect.Error(Error.OutOfCaps, error);
            new RmSession(env, maps).Create(4096, out error);
            Expect.Error(Error.OutOfCaps, error);
        });
        machine.Do("server", env => Assert.IsTrue(env.Signal(1) != 0, "a sibling is not concerned"));
    }

    [TestMethod]
    public void WhatAHandlerDoesNotKeepIsGoneWhenItEnds()
    {
        Machine machine = TwoSiblings(out int toServer);
        int seen = 0;
        int before = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            seen = request.Capability(0);
            Assert.IsTrue(env.Badge(seen) != 0);
            return Error.None;
        };

        before = machine.Task("server").Capabilities.Count;
        machine.Do("client", env => Expect.Ok(env.Send(toServer, env.Compose(Hand).AddCapability(env.Gate(7)), 1)));

        Assert.AreEqual(before, machine.Task("server").Capabilities.Count);
        machine.Do("server", env => Assert.AreEqual((int)ObjectType.None, (int)env.TypeOf(seen)));
    }

    [TestMethod]
    public void OnlyWhatCameWithTheRequestCanBeKept()
    {
        Machine machine = TwoSiblings(out int toServer);
        machine["server"].Requested = (env, label, request) =>
        {
            Assert.AreEqual(Selectors.Invalid, env.Keep(Selectors.Parent));
            Assert.AreEqual(request.Capability(0), env.Keep(request.Capability(0)));
            Assert.AreEqual(Selectors.Invalid, env.Keep(request.Capability(0)), "once is enough");
            return Error.None;
        };

        machine.Do("client", env => env.Send(toServer, env.Compose(Hand).AddCapability(Selectors.Log), 1));
    }

    [TestMethod]
    public void ASelectorReleasedInAHandlerAndFilledAnewStaysWithItsComponent()
    {
        Machine machine = TwoSiblings(out int toServer);
        int gate = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            int received = request.Capability(0);
            env.Release(received);
            gate = env.Gate(5);
            Assert.AreEqual(received, gate, "the lowest free selector is used again");
            return Error.None;
        };

        machine.Do("client", env => env.Send(toServer, env.Compose(Hand).AddCapability(Selectors.Log), 1));
        machine.Do("server", env => Assert.AreEqual(5, env.LabelOf(gate)));
    }

    [TestMethod]
    public void AnAnswersCapabilitiesBelongToTheClient()
    {
        Machine machine = TwoSiblings(out int toServer);
        int served = 0;
        machine.Do("server", env => served = env.Gate(9));
        machine["server"].Requested = (env, label, request) =>
        {
            request.AddCapability(served);
            return Error.None;
        };
        int received = 0;
        machine["client"].Replied = (env, label, error, answer) => received = answer.Capability(0);

        machine.Do("client", env => env.Send(toServer, env.Compose(HandBack), 1));

        machine.Do("client", env => Assert.AreEqual((int)ObjectType.Gate, (int)env.TypeOf(received)));
        Assert.AreEqual(BadgeOf(machine, "server", served), BadgeOf(machine, "client", received));
    }

    [TestMethod]
    public void ASelectorThatNamesNothingTravelsAsNoCapability()
    {
        Machine machine = TwoSiblings(out int toServer);
        int count = -1;
        int first = -1;
        machine["server"].Requested = (env, label, request) =>
        {
            count = request.CapabilityCount;
            first = request.Capability(0);
            return Error.None;
        };

        machine.Do("client", env => env.Send(toServer, env.Compose(Hand).AddCapability(4000), 1));

        Assert.AreEqual(1, count);
        Assert.AreEqual(Selectors.Invalid, first);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void ACapabilityWhoseObjectEndsOnTheWayArrivesAsNoneWhoeverTookItsPlace(int replaced)
    {
        Machine machine = TwoSiblings(out int toServer);
        int received = -1;
        machine["server"].Requested = (env, label, request) =>
        {
            received = request.Capability(0);
            return Error.None;
        };
        machine.Do("init", env => machine.Child("server").Pause(env));
        machine.Do("client", env =>
        {
            int gate = env.Gate(7);
            env.Send(toServer, env.Compose(Hand).AddCapability(gate), 1);
            new PdSession(env, Selectors.Pd).FreeGate(gate);
            Assert.IsTrue(replaced == 0 || env.Signal(8) != 0);
        });

        machine.Do("init", env => machine.Child("server").Resume(env));

        Assert.AreEqual(Selectors.Invalid, received);
    }

    [TestMethod]
    public void EndingAnObjectEndsEveryCapabilityToIt()
    {
        Machine machine = TwoSiblings(out int toServer);
        int gate = 0;
        machine.Do("server", env => gate = env.Gate(3));
        int first = machine.Grant("server", gate, "client");
        int second = machine.Grant("server", gate, "client");
        int atInit = machine.Grant("server", gate, "init");

        machine.Do("server", env => Expect.Ok(new PdSession(env, Selectors.Pd).FreeGate(gate)));

        machine.Do("client", env =>
        {
            Expect.Error(Error.InvalidCapability, env.Send(first, env.Compose(1), 1));
            Expect.Error(Error.InvalidCapability, env.Send(second, env.Compose(1), 1));
            Assert.AreEqual(0, env.Badge(first));
        });
        machine.Do("init", env => Assert.AreEqual((int)ObjectType.None, (int)env.TypeOf(atInit)));
    }

    [TestMethod]
    public void ASelectorOfAnEndedObjectStaysInUseUntilItIsReleased()
    {
        Machine machine = TwoSiblings(out int _);
        int gate = 0;
        machine.Do("server", env => gate = env.Gate(3));
        int dead = machine.Grant("server", gate, "client");
        int count = machine.Task("client").Capabilities.Count;
        machine.Do("server", env => new PdSession(env, Selectors.Pd).FreeGate(gate));

        Assert.AreEqual(count, machine.Task("client").Capabilities.Count);
        machine.Do("client", env =>
        {
            int fresh = env.Gate(4);
            Assert.AreNotEqual(dead, fresh, "a dead selector must not come to name something else");
            env.Release(dead);
            Assert.AreEqual(dead, env.Gate(5));
        });
    }

    [TestMethod]
    public void EndingAComponentEndsTheCapabilitiesToAllItMade()
    {
        Machine machine = TwoSiblings(out int toServer);
        machine.Do("init", env => Expect.Ok(machine.Child("server").Destroy(env)));

        machine.Do("client", env => Expect.Error(Error.InvalidCapability, env.Send(toServer, env.Compose(1), 1)));
        Assert.IsNull(machine.FindTask("server"));
    }

    [TestMethod]
    public void BadgesAreUniqueAndNeverUsedAgain()
    {
        Machine machine = TwoSiblings(out int _);
        int last = 0;
        machine.Do("client", env =>
        {
            var pd = new PdSession(env, Selectors.Pd);
            for (int i = 0; i < 100; i++)
            {
                int gate = env.Gate(1);
                Assert.IsTrue(env.Badge(gate) > last, "each badge is new");
                last = env.Badge(gate);
                pd.FreeGate(gate);
            }
        });
    }

    [TestMethod]
    public void ACapabilitySpaceGrowsUpToItsQuota()
    {
        var machine = new Machine();
        machine.Add("holder").Caps = 200;
        machine.Child("holder").Ram = 128 * 1024;
        machine.Boot();
        int held = 0;

        machine.Do("holder", env =>
        {
            for (int gate = env.Gate(1); gate != Selectors.Invalid; gate = env.Gate(1))
            {
                held++;
            }

            Expect.Error(Error.OutOfCaps, env.LastError);
        });

        Assert.AreEqual(200, machine.Task("holder").Capabilities.Count);
        Assert.IsTrue(machine.Task("holder").Capabilities.Size >= 200);
        Assert.IsTrue(held > 150);
    }

    [TestMethod]
    public void AReceiverWithoutRoomGetsNoneOfAMessagesCapabilitiesAndTheSenderAnError()
    {
        Machine machine = TwoSiblings(out int toServer);
        machine["server"].Requested = (env, label, request) => Error.None;
        Fill(machine, "server", 1);
        Error outcome = Error.None;
        machine["client"].Replied = (env, label, error, answer) => outcome = error;

        machine.Do("client", env => env.Send(toServer, env.Compose(Hand).AddCapability(Selectors.Log).AddCapability(Selectors.Pd), 1));

        Expect.Error(Error.OutOfCaps, outcome);
        Assert.AreEqual(machine.Task("server").CapQuota - 1, machine.Task("server").Capabilities.Count);
    }

    [TestMethod]
    public void AClientWithoutRoomForItsAnswersCapabilitiesLearnsItAndKeepsTheRestOfTheAnswer()
    {
        Machine machine = TwoSiblings(out int toServer);
        machine["server"].Requested = (env, label, request) =>
        {
            request.Add(42).AddCapability(Selectors.Log);
            return Error.None;
        };
        Fill(machine, "client", 0);
        Error outcome = Error.None;
        int word = 0;
        machine["client"].Replied = (env, label, error, answer) =>
        {
            outcome = error;
            word = answer.Word(0);
            Assert.AreEqual(0, answer.CapabilityCount);
        };

        machine.Do("client", env => env.Send(toServer, env.Compose(HandBack), 1));

        Expect.Error(Error.OutOfCaps, outcome);
        Assert.AreEqual(42, word);
    }

    [TestMethod]
    public void WhatItsOwnerHasNoRoomToNameIsNotMade()
    {
        Machine machine = TwoSiblings(out int _);
        int objects = 0;
        int sessions = 0;
        machine.Do("client", env => objects = env.Gate(1));
        Fill(machine, "client", 0);
        objects = machine.Kernel.Objects.Count;
        sessions = CountSessions(machine);
        long used = machine.Task("client").RamUsed;

        machine.Do("client", env =>
        {
            Assert.AreEqual(0, env.Gate(2));
            Expect.Error(Error.OutOfCaps, env.LastError);
            Assert.AreEqual(0, env.Signal(2));
            Assert.AreEqual(0, new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error error));
            Expect.Error(Error.OutOfCaps, error);
            Assert.AreEqual(0, new CpuSession(env, Selectors.Cpu).CreateThread(Selectors.Pd, "second", 3, out error));
            Expect.Error(Error.OutOfCaps, error);
        });

        Assert.AreEqual(objects, machine.Kernel.Objects.Count);
        Assert.AreEqual(used, machine.Task("client").RamUsed);
        Assert.AreEqual(sessions, CountSessions(machine));
    }

    [TestMethod]
    public void ASessionThatItsOpenerHasNoRoomToNameIsClosedAndItsQuotaReturned()
    {
        var machine = new Machine();
        machine.Profile.Capabilities = 100;
        machine.Boot();
        Fill(machine, "init", 21);
        int sessions = CountSessions(machine);
        int quota = machine.Task("init").CapQuota;

        machine.Do("init", env =>
        {
            Assert.AreEqual(0, env.ConnectPd("late", 4096, 20, out int _), "20 donated leave room for one of two capabilities");
            Expect.Error(Error.OutOfCaps, env.LastError);
        });

        Assert.AreEqual(quota, machine.Task("init").CapQuota);
        Assert.AreEqual(sessions, CountSessions(machine));
        Assert.IsNull(machine.FindTask("late"));
    }

    [TestMethod]
    public void AFullCapabilitySpaceIsANamedError()
    {
        var machine = new Machine();
        machine.Profile.MaxSelectors = 60;
        machine.Profile.Capabilities = 5000;
        machine.Boot();

        machine.Do("init", env =>
        {
            int gate = env.Gate(1);
            while (gate != Selectors.Invalid)
            {
                Assert.IsTrue(gate <= 60);
                gate = env.Gate(1);
            }

            Expect.Error(Error.TableFull, env.LastError);
        });
    }

    [TestMethod]
    public void TheNativeInterfaceFillsEmptySelectorsOnly()
    {
        Machine machine = TwoSiblings(out int _);
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("client").Native);
            Expect.Ok(native.Install(100, Selectors.Log));
            Expect.Error(Error.Exists, native.Install(100, Selectors.Log));
            Expect.Error(Error.BadArgument, native.Install(0, Selectors.Log));
            Expect.Error(Error.BadArgument, native.Install(-1, Selectors.Log));
            Expect.Error(Error.TableFull, native.Install(0x7fffffff, Selectors.Log));
            Expect.Error(Error.InvalidCapability, native.Install(101, 3999));
            Assert.AreEqual((int)ObjectType.Gate, (int)native.ReadSelector(100, out int badge));
            Assert.AreEqual(env.Badge(Selectors.Log), badge);
            Assert.AreEqual((int)ObjectType.None, (int)native.ReadSelector(101, out badge));
            Assert.AreEqual(0, badge);
        });
    }

    [TestMethod]
    public void TheCapabilityMapGrowsAlsoWhenTheHeapHasToGrowForIt()
    {
        var machine = new Machine();
        TestChild child = machine.Add("client");
        child.Caps = 2300;
        child.Ram = 256 * 1024;
        machine.Profile.MaxGates = 2500;
        machine.Profile.MaxObjects = 3000;
        machine.Boot();
        machine.Do("client", env =>
        {
            // The heap is left with less room than any larger map needs, wherever the map's end is met.
            for (int i = 0; i < 2100; i++)
            {
                FillHeap(env);
                int gate = env.Gate(i + 1);
                Expect.Ok(env.LastError);
                Assert.IsTrue(gate != 0);
            }

            int at = CapabilityMap.Locate(env.Memory, MemoryLayout.InitialMemory, out int size);
            for (int selector = 0; selector < size; selector++)
            {
                Assert.AreEqual(env.Badge(selector), new CapabilityMap(env.Memory, at).Read(selector), "selector " + selector.ToString());
            }
        });
    }

    /// <summary>Allocates until the next block would need more memory of the quota.</summary>
    private static void FillHeap(Env env)
    {
        var heap = new Heap(env.Memory);
        while (heap.Allocate(64) != 0)
        {
        }
    }

    [TestMethod]
    public void ManySelectorsAreReadWithOneMessage()
    {
        Machine machine = TwoSiblings(out int _);
        machine.Do("client", env =>
        {
            for (int i = 0; i < 30; i++)
            {
                env.Signal(i);
            }

            // One whose object ends, and a gap.
            int gate = env.Gate(1);
            env.Call(Selectors.Pd, env.Compose(PdOperation.FreeGate).AddCapability(gate));
            env.Release(Selectors.FirstFree + 5);
        });
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("client").Native);
            var records = new byte[NativePd.SelectorBytes];
            int expected = 0;
            int next = 0;
            int messages = 0;
            do
            {
                next = native.ReadSelectors(next, records, out int count);
                Assert.IsTrue(count > 0, "an empty message");
                messages++;
                for (int i = 0; i < count; i++)
                {
                    int selector = BitConverter.ToInt32(records, 8 * i);
                    for (; expected < selector; expected++)
                    {
                        Assert.IsFalse(native.IsUsed(expected), "selector " + expected.ToString() + " was passed over");
                    }

                    native.ReadSelector(selector, out int badge);
                    Assert.IsTrue(native.IsUsed(selector));
                    Assert.AreEqual(badge, BitConverter.ToInt32(records, (8 * i) + 4));
                    expected++;
                }
            }
            while (next != 0);

            Assert.IsTrue(expected > Selectors.FirstFree + 30);
            Assert.IsTrue(messages < 5);
            native.ReadSelectors(-5, records, out int fromTheFirst);
            Assert.IsTrue(fromTheFirst > 0);
            Assert.AreEqual(0, native.ReadSelectors(0x7fffffff, records, out int beyond));
            Assert.AreEqual(0, beyond);
        });
    }

    [TestMethod]
    public void ADumpHasTheFormOfTheReport()
    {
        Machine machine = TwoSiblings(out int _);
        machine.Do("client", env => env.Signal(1));
        string dump = machine.Kernel.DumpCapabilities("init -> client")!;
        string[] rows = dump.Split('\n');

        string task = Hex.Format(BadgeOf(machine, "client", Selectors.Task), 5);
        Assert.AreEqual("000000\t-\t" + task + "-SW Task\t-\t-", rows[0]);
        Assert.AreEqual(
            "000008\t" + Cell(machine, Selectors.Parent) + " Gate\t" + Cell(machine, Selectors.Pd) + " Gate\t"
                + Cell(machine, Selectors.Cpu) + " Gate\t" + Cell(machine, Selectors.Log) + " Gate",
            rows[1], "empty rows are left out");
        Assert.AreEqual("00000c\t" + Cell(machine, 12) + " Thread\t" + Cell(machine, 13) + " RegionMap\t-\t-", rows[2]);
        Assert.IsTrue(rows[3].StartsWith("000010\t") && rows[3].Contains("-SW IRQ"));
        Assert.IsNull(machine.Kernel.DumpCapabilities("init -> nobody"));
    }

    [TestMethod]
    public void TheCapabilityMapMirrorsTheCapabilitySpace()
    {
        Machine machine = TwoSiblings(out int _);
        machine.Do("client", env =>
        {
            int first = env.Gate(1);
            for (int i = 0; i < 40; i++)
            {
                env.Signal(i);
            }

            env.Release(first);
            var map = new CapabilityMap(env.Memory, CapabilityMap.Locate(env.Memory, MemoryLayout.InitialMemory, out int size));
            Assert.IsTrue(size >= 56, "it grew with the space");
            for (int selector = Selectors.Parent; selector < size; selector++)
            {
                // What was granted past the component is not in its map.
                Assert.IsTrue(map.Read(selector) == env.Badge(selector) || map.Read(selector) == 0);
            }

            Assert.AreEqual(0, map.Read(first));
            Assert.AreEqual(env.Badge(first + 1), map.Read(first + 1));
            Assert.AreEqual(env.Badge(Selectors.Pd), map.Read(Selectors.Pd));
        });
    }

    [TestMethod]
    public void AForgedSelectorNamesNothing()
    {
        Machine machine = TwoSiblings(out int _);
        machine.Do("client", env =>
        {
            Expect.Error(Error.InvalidCapability, env.Call(-1, env.Compose(1)));
            Expect.Error(Error.InvalidCapability, env.Call(0, env.Compose(1)));
            Expect.Error(Error.InvalidCapability, env.Call(0x7fffffff, env.Compose(1)));
            Expect.Error(Error.InvalidCapability, env.Send(0x10000 + Selectors.Parent, env.Compose(1), 1));
            Expect.Error(Error.WrongObject, env.Call(Selectors.Task, env.Compose(1)));
            Expect.Error(Error.WrongObject, env.Submit(Selectors.Parent));
            env.Release(-5);
            env.Release(0x7fffffff);
        });
    }

    private static Machine TwoSiblings(out int toServer)
    {
        var machine = new Machine();
        machine.Add("server");
        machine.Add("client");
        machine.Boot();
        toServer = machine.Gate("server", 1, "client");
        return machine;
    }

    /// <summary>Takes capabilities until a component has room for no more than some.</summary>
    private static void Fill(Machine machine, string name, int room)
    {
        Task task = machine.Task(name);
        while (task.CapQuota - task.Capabilities.Count > room)
        {
            task.Capabilities.Insert(task.Identity, out Error error);
            Expect.Ok(error);
        }
    }

    private static int CountSessions(Machine machine)
    {
        int count = 0;
        for (int i = 0; i < machine.Profile.MaxSessions; i++)
        {
            count += machine.Kernel.Core.SessionAt(i) != null ? 1 : 0;
        }

        return count;
    }

    private static int BadgeOf(Machine machine, string name, int selector)
        => machine.Kernel.Objects.Badge(machine.Task(name).Capabilities.Lookup(selector));

    private static string Cell(Machine machine, int selector) => Hex.Format(BadgeOf(machine, "client", selector), 5) + "-SW";
}
