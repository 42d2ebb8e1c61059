// After boot a job, its collection and a page fault allocate nothing in the driver, the pager and the kernel below them.
using System;
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class FpgaAllocationTests
{
    private const int Page = 4096;

    [TestMethod]
    public void JobsAllocateNothing()
    {
        EngineBench bench = NewBench(out QuietBus bus);
        EnvOrder order = env =>
        {
            var session = new CopyEngineSession(env, bench.A.Session);
            bench.A.Ask(env, session.Write(0, 0, 2 * Page));
            bench.A.Ask(env, session.Read(0, 0, 2 * Page));
            bench.A.Ask(env, session.Copy(0, 4 * Page, Page));
            bench.A.Ask(env, session.Compare(0, 4 * Page, Page));
            bench.A.Ask(env, session.Fill(1, 0, 100));
            bench.A.Ask(env, session.Crc(0, 100));
            bench.A.Ask(env, session.Intercept(0, 0, 8 * Page, Page, 8));
            bench.A.Ask(env, session.DirtyRead(0, 0, true, 8, 0));
            for (int i = 0; i < 7; i++)
            {
                bench.A.Ask(env, session.Collect());
            }
        };
        Measure(bench, bus, order);
        Measure(bench, bus, order);
        Assert.AreEqual(0L, Measure(bench, bus, order));
        Assert.IsGreaterThan(0, bus.Transfers);
    }

    [TestMethod]
    public void PageFaultsAllocateNothing()
    {
        EngineBench bench = NewBench(out QuietBus bus);
        bench.Ok(bench.A, session => session.Bank(0, 32 * Page));
        int bank = bench.A.Capability;
        int at = 0;
        bench.Do(bench.A, env => at = env.Attach(bank));
        EnvOrder order = env =>
        {
            for (int i = 0; i < 32; i++)
            {
                env.Memory.WriteInt32(at + (i * Page), env.Memory.ReadInt32(at + (i * Page)) + 1);
            }
        };
        Measure(bench, bus, order);
        Measure(bench, bus, order);
        int before = bus.Transfers;
        Assert.AreEqual(0L, Measure(bench, bus, order));
        Assert.IsGreaterThan(before + 64, bus.Transfers, "the pages were there");
    }

    private static EngineBench NewBench(out QuietBus bus)
    {
        var bench = new EngineBench();
        bus = new QuietBus(bench.Fpga);
        bench.Board.Spi = bus;
        return bench.Ready();
    }

    /// <summary>What an order and all that follows from it allocate, without what the co-processor's stand-in does.</summary>
    private static long Measure(EngineBench bench, QuietBus bus, EnvOrder order)
    {
        bench.A.Order(order);
        bus.Allocated = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 60; i++)
        {
            bench.Board.Board.Nanoseconds += 1_000_000;
            bench.Board.Kernel.Poll();
            while (bench.Board.Kernel.Dispatch())
            {
                bench.Board.Kernel.Poll();
            }
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before - bus.Allocated;
        Assert.IsTrue(bench.A.IsIdle && bench.A.Failure == null);
        Assert.AreEqual(0, bench.A.Refused);
        return allocated;
    }

    /// <summary>Counts what the stand-in allocates.</summary>
    private sealed class QuietBus(FakeFpga fpga) : ISpiBus
    {
        internal long Allocated { get; set; }

        internal int Transfers { get; private set; }

        public int Find(string name) => fpga.Find(name);

        public int ClockHz(int device) => fpga.ClockHz(device);

        public int LongestTransfer(int device) => fpga.LongestTransfer(device);

        public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Transfers++;
            bool done = fpga.Transfer(device, output, outAt, input, inAt, length);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            return done;
        }
    }
}
