// Banks: memory that is reached page by page only, shown as if it were the board's own.
using Tern.Kernel;
using Expect = Tern.Tests.Expect;

namespace Tern.Os.Tests;

[TestClass]
public class PagerTests
{
    private const int Page = PagingBench.Page;

    [TestMethod]
    public void APageIsReadWhenItIsTouchedAndOnce()
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 8 * Page, 8 * Page);
        bench.Expect("");
        bench.Do(bench.A, env =>
        {
            Assert.AreEqual((int)CountingStore.Initial((9 * Page) + 5), (int)env.Memory.ReadByte(at + Page + 5));
            env.Memory.ReadInt32(at + Page + 100);
            Assert.AreEqual((int)CountingStore.Initial(8 * Page), (int)env.Memory.ReadByte(at));
        });
        bench.Expect("r" + (9 * Page) + " r" + (8 * Page));
    }

    [TestMethod]
    public void WhatWasWrittenIsWrittenBackWhenItsFrameIsTakenAndWhatWasReadIsNot()
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 0, 8 * Page);
        bench.Do(bench.A, env =>
        {
            env.Memory.WriteByte(at + 3, 200);
            env.Memory.ReadByte(at + Page);
            env.Memory.ReadByte(at + (2 * Page));
            env.Memory.WriteByte(at + (2 * Page), 201);
            env.Memory.ReadByte(at + (3 * Page));
        });
        bench.Expect("r0 r4096 r8192 r12288");
        Assert.AreEqual((int)CountingStore.Initial(3), (int)bench.Store.Content[3], "not yet");

        bench.Do(bench.A, env =>
        {
            env.Memory.ReadByte(at + (4 * Page));
            env.Memory.ReadByte(at + (5 * Page));
            env.Memory.ReadByte(at + (6 * Page));
        });
        bench.Expect("w0 r16384 r20480 w8192 r24576");
        Assert.AreEqual(200, (int)bench.Store.Content[3]);
        Assert.AreEqual(201, (int)bench.Store.Content[2 * Page]);

        bench.Do(bench.A, env => Assert.AreEqual(200, (int)env.Memory.ReadByte(at + 3)));
    }

    [TestMethod]
    public void WriteBackMakesPagesCleanAndTheNextWriteIsNoticed()
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 0, 4 * Page);
        bench.Do(bench.A, env =>
        {
            env.Memory.WriteByte(at, 1);
            env.Memory.WriteByte(at + Page, 2);
            env.Memory.ReadByte(at + (2 * Page));
        });
        bench.Store.ClearNotes();

        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(Page - 1, 1)));
        bench.Expect("w0");
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, 4 * Page)));
        bench.Expect("w4096");
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, 4 * Page)));
        bench.Expect("");

        int faults = bench.Driver.Faults;
        bench.Do(bench.A, env =>
        {
            Assert.AreEqual(1, (int)env.Memory.ReadByte(at));
            Assert.AreEqual(faults, bench.Driver.Faults, "it is still shown");
            env.Memory.WriteByte(at, 3);
            Assert.AreEqual(faults + 1, bench.Driver.Faults);
        });
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, 4 * Page)));
        bench.Expect("w0");
        Assert.AreEqual(3, (int)bench.Store.Content[0]);
    }

    [TestMethod]
    public void DropForgetsWholePagesAndKeepsWhatLiesBesideTheRange()
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 0, 4 * Page);
        bench.Do(bench.A, env =>
        {
            for (int page = 0; page < 4; page++)
            {
                env.Memory.WriteByte(at + (page * Page), 99);
            }
        });
        bench.Store.ClearNotes();

        // A job writes from the last byte of page 0 to the first of page 2.
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.Drop(Page - 1, Page + 2)));
        bench.Expect("w0 w8192");
        bench.Store.Content[Page - 1] = 50;
        bench.Store.Content[Page] = 51;
        bench.Store.Content[2 * Page] = 52;
        bench.Do(bench.A, env =>
        {
            Assert.AreEqual(99, (int)env.Memory.ReadByte(at));
            Assert.AreEqual(50, (int)env.Memory.ReadByte(at + Page - 1));
            Assert.AreEqual(51, (int)env.Memory.ReadByte(at + Page));
            Assert.AreEqual(52, (int)env.Memory.ReadByte(at + (2 * Page)));
            Assert.AreEqual(99, (int)env.Memory.ReadByte(at + (3 * Page)));
        });
        bench.Expect("r0 r4096 r8192");
    }

    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    public void ThePageThatCameInLastAndTheOneBeforeItStay(int frames)
    {
        var bench = new PagingBench(frames, 2);
        int at = bench.Attached(bench.A, 0, 16 * Page);
        bench.Do(bench.A, env =>
        {
            env.Memory.ReadByte(at);
            for (int i = 1; i < 60; i++)
            {
                int last = i * 5 % 16;
                int before = (i - 1) * 5 % 16;
                env.Memory.ReadByte(at + (last * Page));
                int reads = bench.Store.Reads;
                env.Memory.WriteByte(at + (before * Page), 1);
                env.Memory.WriteByte(at + (last * Page), 1);
                Assert.AreEqual(reads, bench.Store.Reads, "step " + i);
            }
        });
    }

    [TestMethod]
    public void AFreeFrameIsTakenBeforeAPageHasToGo()
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 0, 8 * Page);
        bench.Do(bench.A, env =>
        {
            for (int page = 0; page < 4; page++)
            {
                env.Memory.ReadByte(at + (page * Page));
            }
        });
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.Drop(3 * Page, Page)));
        bench.Store.ClearNotes();
        bench.Do(bench.A, env =>
        {
            env.Memory.ReadByte(at + (4 * Page));
            env.Memory.ReadByte(at);
            env.Memory.ReadByte(at + Page);
            env.Memory.ReadByte(at + (2 * Page));
        });
        bench.Expect("r" + (4 * Page));
    }

    [TestMethod]
    public void ABankIsMadeOfWholePagesAndOfItsOwn()
    {
        var bench = new PagingBench(4, 3);
        bench.Bank(bench.A, 4 * Page, 4 * Page);
        bench.Do(bench.Driver, env =>
        {
            int before = env.RegionCount(Selectors.AddressSpace);
            Expect.Error(Error.BadArgument, bench.Pager.Create(1, Page, out int _));
            Expect.Error(Error.BadArgument, bench.Pager.Create(0, Page + 1, out int _));
            Expect.Error(Error.BadArgument, bench.Pager.Create(0, 0, out int _));
            Expect.Error(Error.BadArgument, bench.Pager.Create(-Page, Page, out int _));
            Expect.Error(Error.BadArgument, bench.Pager.Create(int.MaxValue - Page + 1, Page, out int _));
            Expect.Error(Error.Exists, bench.Pager.Create(0, 5 * Page, out int _));
            Expect.Error(Error.Exists, bench.Pager.Create(7 * Page, Page, out int none));
            Assert.AreEqual(Selectors.Invalid, none);
            Expect.Ok(bench.Pager.Create(0, 4 * Page, out int below));
            Expect.Ok(bench.Pager.Create(8 * Page, Page, out int above));
            Expect.Error(Error.TableFull, bench.Pager.Create(12 * Page, Page, out int _));
            Expect.Ok(bench.Pager.Destroy(below));
            Expect.Error(Error.InvalidCapability, bench.Pager.Destroy(below));
            Expect.Ok(bench.Pager.Create(12 * Page, Page, out int again));
            Assert.AreEqual(Page, env.SizeOf(again));
            Expect.Error(Error.InvalidCapability, bench.Pager.Destroy(Selectors.Log));
            Expect.Ok(bench.Pager.Destroy(above));
            Assert.AreEqual(before, env.RegionCount(Selectors.AddressSpace));
        });
    }

    [TestMethod]
    public void ABankThatEndsIsWrittenBackAndDisappears()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 2 * Page);
        int at = 0;
        bench.Do(bench.A, env =>
        {
            at = env.Attach(bank);
            env.Memory.WriteByte(at + Page, 8);
        });
        bench.Do(bench.A, env => bench.A.GiveBack(env, bank));
        Expect.Ok(bench.A.Outcome);
        Assert.AreEqual(8, (int)bench.Store.Content[Page]);
        bench.Do(bench.A, env => Assert.IsTrue(PagingClient.Faults(env, at + Page, false)));

        int next = bench.Attached(bench.A, 0, 2 * Page);
        bench.Do(bench.A, env => Assert.AreEqual(8, (int)env.Memory.ReadByte(next + Page), "its number and its frames serve again"));
    }

    [TestMethod]
    public void ManyBanksComeAndGoWithoutATrace()
    {
        var bench = new PagingBench(4, 2);
        bench.Do(bench.Driver, env =>
        {
            var quota = default(Quota);
            for (int round = 0; round < 600; round++)
            {
                Expect.Ok(bench.Pager.Create(0, Page, out int bank));
                Expect.Ok(bench.Pager.Destroy(bank));
                var now = default(Quota);
                Expect.Ok(new PdSession(env, Selectors.Pd).ReadQuota(ref now));
                quota = round == 0 ? now : quota;
                Assert.AreEqual(quota.CapUsed, now.CapUsed);
                Assert.AreEqual(quota.RamUsed, now.RamUsed);
            }
        });
    }
}
