// No allocation after boot on the hot paths: what runs a million times a second must leave nothing to collect.
using System;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class AllocationTests
{
    [TestMethod]
    public void ANestedCallAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        machine.Init.Requested = (env, label, request) =>
        {
            request.Add(request.Word(0));
            return Error.None;
        };
        int up = machine.Gate("init", 10, "client");
        machine.Do("client", env => AssertNone(() =>
        {
            Message message = env.Compose(1).Add(1);
            env.Call(up, message);
        }));
    }

    [TestMethod]
    public void ACapabilityThatComesAndGoesAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        machine.Init.Requested = (env, label, request) =>
        {
            request.AddCapability(Selectors.Log);
            return Error.None;
        };
        int up = machine.Gate("init", 10, "client");
        machine.Do("client", env => AssertNone(() =>
        {
            Message message = env.Compose(1).AddCapability(Selectors.Pd);
            env.Call(up, message);
            env.Release(message.Capability(0));
        }));
    }

    [TestMethod]
    public void AnObjectThatComesAndGoesAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        machine.Do("client", env => AssertNone(() =>
        {
            var pd = new PdSession(env, Selectors.Pd);
            pd.FreeGate(env.Gate(1));
            pd.FreeSignal(env.Signal(1));
            int dataspace = pd.AllocateDataspace(4096, out Error _);
            env.Detach(env.Attach(dataspace));
            pd.FreeDataspace(dataspace);
        }));
    }

    [TestMethod]
    public void ATracedCallAndATracedPointAllocateNothing()
    {
        Machine machine = Pair(out int _);
        machine.Do("server", env =>
        {
            int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error _);
            int client = machine.Kernel.Objects.Badge(machine.Task("client").FirstThread!.Identity);
            Expect.Ok(new TraceSession(env, env.Connect("TRACE")).Attach(client, dataspace));
        });
        machine.Do("client", env => AssertNone(() =>
        {
            env.Call(Selectors.Pd, env.Compose(PdOperation.Quota));
            env.Trace(1, 2, 3);
        }));
    }

    [TestMethod]
    public void ASendItsServiceAndItsAnswerAllocateNothing()
    {
        Machine machine = Pair(out int gate);
        int left = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            request.Add(1);
            return Error.None;
        };
        machine["client"].Replied = (env, label, error, answer) =>
        {
            if (left-- > 0)
            {
                env.Send(gate, env.Compose(1).Add(2), 1);
            }
        };
        AssertNoneInDispatches(machine, () =>
        {
            left = 100;
            machine.Post("client", env => env.Send(gate, env.Compose(1).Add(2), 1));
        });
    }

    [TestMethod]
    public void ASignalAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        int left = 0;
        int signal = 0;
        machine.Do("client", env => signal = env.Signal(1));
        machine["client"].Signalled = (env, label, count) =>
        {
            if (left-- > 0)
            {
                env.Submit(signal);
            }
        };
        AssertNoneInDispatches(machine, () =>
        {
            left = 100;
            machine.Post("client", env => env.Submit(signal));
        });
    }

    [TestMethod]
    public void ATimerAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        machine.Do("client", env =>
        {
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerPeriodic(10);
        });
        AssertNone(() =>
        {
            machine.Board.Nanoseconds += 10_000;
            machine.Kernel.Poll();
            Assert.IsTrue(machine.Kernel.Dispatch());
        });
    }

    [TestMethod]
    public void AccessesAndPageFaultsAllocateNothing()
    {
        Machine machine = Pair(out int _);
        machine.Do("client", env =>
        {
            int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(8192, out Error _);
            int address = env.Attach(dataspace);
            var bytes = new byte[100];
            AssertNone(() =>
            {
                env.Memory.WriteInt32(address + 4094, env.Memory.ReadInt32(address) + 1);
                env.Memory.WriteByte(address, env.Memory.ReadByte(address + 8191));
                env.Memory.WriteInt64(address + 9, env.Memory.ReadInt64(address + 4));
                env.Memory.Write(address + 4000, bytes, 0, 100);
                env.Memory.Copy(address, address + 4096, 4096);
                env.CopyDataspace(dataspace, 0, dataspace, 4096, 100);
                env.DetachFrom(Selectors.AddressSpace, address);
                env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, address, Rights.ReadWrite);
            });
        });
    }

    [TestMethod]
    public void AFaultHandlersUpcallAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        int map = 0;
        int dataspace = 0;
        machine.Do("server", env =>
        {
            map = new RmSession(env, env.Connect("RM")).Create(4096, out Error _);
            dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error _);
            env.SetFaultHandler(map, env.Gate(5));
        });
        machine["server"].Requested = (env, label, request) =>
        {
            env.AttachAt(map, dataspace, 0, 0, 0, Rights.ReadWrite);
            return env.LastError;
        };
        int shared = machine.Grant("server", map, "client");
        machine.Do("client", env =>
        {
            int address = env.Attach(shared);
            int own = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error _);
            AssertNone(() =>
            {
                env.Memory.ReadInt32(address);
                env.DetachFrom(shared, 0);
                Expect.Ok(env.CopyDataspace(own, 0, shared, 0, 4096));
                env.DetachFrom(shared, 0);
            });
        });
    }

    [TestMethod]
    public void AnAuditThatFindsNothingAllocatesNothing()
    {
        Machine machine = Pair(out int _);
        AssertNone(() => machine.Kernel.Audit());
    }

    private static Machine Pair(out int gate)
    {
        var machine = new Machine();
        machine.Add("server");
        machine.Add("client");
        machine.Boot();
        gate = machine.Gate("server", 1, "client");
        return machine;
    }

    private static void AssertNone(Action action)
    {
        for (int i = 0; i < 50; i++)
        {
            action();
        }

        // The runtime's own count jumps now and then, when a collection comes; what is allocated each time shows in every attempt.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3 && least != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.AreEqual(0L, least);
    }

    /// <summary>Begins something that goes on for a hundred rounds and more, and measures from its second dispatch to its last but few.</summary>
    private static void AssertNoneInDispatches(Machine machine, Action begin)
    {
        for (int warm = 0; warm < 3; warm++)
        {
            begin();
            while (machine.Kernel.Dispatch())
            {
            }
        }

        begin();
        machine.Kernel.Dispatch();
        machine.Kernel.Dispatch();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int dispatches = 0;
        while (machine.Kernel.Dispatch())
        {
            dispatches++;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsTrue(dispatches > 90);
        Assert.AreEqual(0L, allocated);
    }
}
