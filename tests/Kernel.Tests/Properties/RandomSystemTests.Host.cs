// Random systems: components that do whatever comes to their mind. The kernel's invariants hold after every dispatch, and
// when init has ended its children, all it ever gave is back.
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class RandomSystemTests
{
    // Some set themselves a timer of a microsecond, in which the board does not get done with the last: they are cut short.
    private const int MostDispatches = 2000;

    [TestMethod]
    public void WhateverComponentsDoTheKernelStaysSoundAndBudgetsReturn()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Dice.Seeds, seed => Run(seed, 250)));

    private static void Run(int seed, int steps)
    {
        var machine = new Machine();
        machine.Profile.PageSize = 256;
        machine.Profile.AddressSpaceSize = 1024 * 1024;
        machine.Profile.BankSizes = [64 * 1024, 32 * 1024];
        machine.Profile.MaxObjects = 200;
        machine.Profile.MaxGates = 70;
        machine.Profile.MaxIrqs = 24;
        machine.Profile.MaxDataspaces = 30;
        machine.Profile.MaxRegionMaps = 12;
        machine.Profile.MaxRegions = 40;
        machine.Profile.MaxRequests = 12;
        machine.Profile.MaxRequestsPerTask = 6;
        machine.Profile.MaxSessions = 40;
        machine.Profile.MaxTasks = 8;
        machine.Profile.MaxThreads = 10;
        machine.Profile.MaxCallDepth = 4;
        machine.Profile.CpuPeriodNanoseconds = 20_000;
        machine.Profile.Cores = 2;
        var dice = new Dice(seed);
        string[] names = ["a", "b", "c"];
        foreach (string name in names)
        {
            TestChild child = machine.Add(name);
            child.Ram = 20 * 1024;
            child.Caps = 50;
            child.InitialMemory = 2048;
            child.Share = dice.Roll(4) * 2000;
            child.Levels = dice.Roll(3) == 0 ? Priorities.Default + 1 + dice.Roll(11) : 0;
        }

        foreach (string name in new[] { "d", "e" })
        {
            machine.Describe(name);
        }

        machine.Boot();
        foreach (string name in new[] { "init", "a", "b", "c", "d", "e" })
        {
            Unruly(machine, name, dice);
        }

        for (int step = 0; step < steps; step++)
        {
            string name = dice.Chance(5) ? "init" : names[dice.Roll(names.Length)];
            Task? task = machine.FindTask(name);
            int signal = task == null ? 0 : task.Capabilities.Lookup(machine[name].EnterSignal, ObjectType.Irq);
            if (signal != 0 && machine.Kernel.Irqs.Thread(machine.Kernel.Objects.Index(signal)) != null)
            {
                machine.Post(name, env => Whim(machine, env, name, dice));
            }

            if (dice.Chance(4))
            {
                machine.Run(dice.Roll(3_000_000), MostDispatches);
            }
            else
            {
                machine.Settle(MostDispatches);
            }
        }

        End(machine, names);
    }

    /// <summary>Ends init's children past whatever state they are in, and counts.</summary>
    private static void End(Machine machine, string[] names)
    {
        machine.Task("init").FirstThread!.PauseCount = 0;
        machine.Kernel.Ready.Add(machine.Task("init").FirstThread!);
        machine.Settle(MostDispatches);
        for (int i = 0; i < machine.Profile.MaxSessions; i++)
        {
            if (machine.Kernel.Core.SessionAt(i) is PdSessionServer pd && pd.Task != machine.Task("init"))
            {
                machine.Kernel.Core.Close(pd);
            }
        }

        Expect.Sound(machine.Kernel);
        // What core has is what init donated to sessions of its own.
        Task core = machine.Kernel.Core.Task;
        Assert.AreEqual(machine.Profile.MemorySize, machine.Task("init").RamQuota + core.RamQuota);
        Assert.AreEqual(machine.Profile.Capabilities, machine.Task("init").CapQuota + core.CapQuota);
        foreach (string name in names)
        {
            Assert.IsNull(machine.FindTask(name));
        }
    }

    private static void Unruly(Machine machine, string name, Dice dice)
    {
        Scripted script = machine[name];
        script.IsUnruly = true;
        script.Requested = (env, label, request) =>
        {
            for (int i = 0; i < request.CapabilityCount; i++)
            {
                if (dice.Chance(2))
                {
                    env.Keep(request.Capability(i));
                }
            }

            if (dice.Chance(3))
            {
                Whim(machine, env, name, dice);
            }

            if (dice.Chance(4))
            {
                request.AddCapability(Any(env, dice));
            }

            return dice.Roll(5) switch
            {
                0 => env.Defer() != 0 ? Error.Deferred : Error.None,
                1 => Error.Deferred,
                2 => Error.Full,
                _ => Error.None,
            };
        };
        script.Replied = (env, label, error, answer) =>
        {
            if (dice.Chance(3))
            {
                Whim(machine, env, name, dice);
            }
        };
        script.Signalled = (env, label, count) =>
        {
            if (dice.Chance(3))
            {
                Whim(machine, env, name, dice);
            }
        };
    }

    private static int Any(Env env, Dice dice) => dice.Chance(10) ? dice.Roll(5000) - 100 : dice.Between(1, 50);

    private static void Whim(Machine machine, Env env, string name, Dice dice)
    {
        var pd = new PdSession(env, dice.Chance(8) ? Any(env, dice) : Selectors.Pd);
        var cpu = new CpuSession(env, Selectors.Cpu);
        int any = Any(env, dice);
        bool isInit = name == "init";
        switch (dice.Roll(38))
        {
            case 0:
                env.Gate(dice.Between(1, 9));
                break;
            case 1:
                env.Signal(dice.Between(1, 9));
                break;
            case 2:
                pd.AllocateDataspace(dice.Roll(3000), out Error _);
                break;
            case 3:
                env.AttachAt(dice.Chance(3) ? any : Selectors.AddressSpace, Any(env, dice), dice.Roll(4) * 256, dice.Roll(5) * 256, dice.Chance(2) ? -1 : dice.Roll(0x80000) & ~255, (Rights)dice.Roll(4));
                break;
            case 4:
                // A program that pulls its own memory away ends there and then; not always, or nobody would be left.
                env.DetachFrom(dice.Chance(3) ? any : Selectors.AddressSpace, dice.Between(0x100, 0x300) * 256);
                break;
            case 5 when any > Selectors.AddressSpace:
                env.Release(any);
                break;
            case 6:
                pd.FreeGate(any);
                break;
            case 7 when any > Selectors.AddressSpace + 3:
                pd.FreeSignal(any);
                break;
            case 8:
                pd.FreeDataspace(any);
                break;
            case 9:
            case 10:
            case 11:
            case 12:
                env.Send(any, env.Compose(dice.Roll(16)).Add(dice.Roll(100)).AddCapability(Any(env, dice)).AddCapability(Any(env, dice)), dice.Roll(9));
                break;
            case 13:
            case 14:
                env.Call(any, env.Compose(dice.Roll(16)).Add(dice.Roll(5000)).AddCapability(Any(env, dice)));
                break;
            case 15:
                env.Submit(any, dice.Between(1, 3));
                break;
            case 16:
                env.Reply(dice.Roll(12), (Error)dice.Roll(26), env.Compose(0).AddCapability(Any(env, dice)));
                break;
            case 17:
                int timer = env.Connect("Timer");
                new TimerSession(env, timer).Sigh(any);
                new TimerSession(env, timer).TriggerPeriodic(dice.Between(300, 4000));
                break;
            case 18:
                env.Connect(dice.Chance(2) ? "IRQ" : "RM", "", 0, 0, dice.Roll(9));
                break;
            case 19:
                env.Close(any);
                break;
            case 20:
                new RmSession(env, any).Create(dice.Roll(9) * 256, out Error _);
                break;
            case 21 when !isInit:
                cpu.CreateThread(Selectors.Pd, "t", dice.Roll(16), out Error _);
                break;
            case 22:
                cpu.Start(any, false);
                break;
            case 23:
                cpu.Pause(any);
                break;
            case 24:
                cpu.Resume(any);
                break;
            case 25 when dice.Chance(3):
                cpu.Kill(any);
                break;
            case 26:
                pd.TransferQuota(any, dice.Roll(4000), dice.Roll(6));
                break;
            case 27:
                string made = dice.Chance(2) ? "d" : "e";
                if (machine.FindTask(made) == null && machine[name].Children.Count < 6)
                {
                    var child = new TestChild(made, machine[made]) { Ram = 6 * 1024, Caps = 24, InitialMemory = 1024 };
                    machine[name].Children.Add(child);
                    machine[made].Children.Clear();
                    if (child.Make(env, Scripted.FirstChildLabel + machine[name].Children.Count - 1) != Error.None && child.Pd != 0)
                    {
                        child.Destroy(env);
                    }
                }

                break;
            case 28:
                env.SetFaultHandler(any, Any(env, dice));
                break;
            case 29 when !isInit:
                env.Entrypoint(dice.Roll(4), "e", dice.Roll(17));
                break;
            case 30:
                env.Submit(dice.Chance(2) ? env.Signal(dice.Between(1, 9), any) : env.Gate(dice.Between(1, 9), any));
                break;
            case 31:
                env.Send(Any(env, dice), env.Compose(dice.Roll(16)).AddCapability(Any(env, dice)), dice.Roll(9), any);
                break;
            case 32:
                cpu.SetPriority(any, dice.Roll(17));
                break;
            case 33 when !isInit:
                env.Announce("S", dice.Roll(40), 1, any);
                break;
            case 34:
                cpu.SetAffinity(any, Affinity.Space(2, 1), Affinity.Location(dice.Roll(3), 0, dice.Roll(3), 1));
                break;
            case 35:
                int mine = env.ConnectCpu("c", 0, 0, dice.Roll(12000), dice.Roll(18));
                new CpuSession(env, mine).CreateThread(dice.Chance(3) ? any : Selectors.Pd, "s", dice.Roll(16), 2, out Error _);
                break;
            case 36:
                env.Upgrade(any, dice.Roll(3000), dice.Roll(4));
                break;
            case 37 when !isInit:
                new CpuSession(env, dice.Chance(2) ? any : Selectors.Cpu).SetExceptionHandler(Any(env, dice));
                break;
            default:
                env.CopyDataspace(any, dice.Roll(300), Any(env, dice), dice.Roll(300), dice.Roll(600));
                env.Memory.WriteInt32(env.Allocate(dice.Roll(300)) + 4, dice.Chance(40) ? env.Memory.ReadInt32(dice.Roll(0x100000)) : 1);
                break;
        }
    }
}
