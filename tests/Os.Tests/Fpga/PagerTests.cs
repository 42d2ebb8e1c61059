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
    public void BanksThatBreakShowNothingAndTheOthersGoOn()
    {
        var bench = new PagingBench(6, 2);
        int first = bench.Attached(bench.A, 0, 4 * Page);
        int second = bench.Attached(bench.A, 4 * Page, 4 * Page);
        bench.Do(bench.A, env =>
        {
            env.Memory.WriteByte(first, 1);
            env.Memory.WriteByte(first + Page, 1);
            env.Memory.WriteByte(second, 2);
        });
        bench.Do(bench.Driver, env => bench.Pager.Break(Page, 1));
        int reads = bench.Store.Reads;
        bench.Do(bench.A, env =>
        {
            Assert.IsTrue(PagingClient.Faults(env, first, false), "shown before");
            Assert.IsTrue(PagingClient.Faults(env, first + Page, true));
            Assert.IsTrue(PagingClient.Faults(env, first + (3 * Page), false), "never touched");
            Assert.AreEqual(2, (int)env.Memory.ReadByte(second));
            env.Memory.WriteByte(second + Page, 3);
        });
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, 8 * Page)));
        Assert.AreEqual(1, bench.Store.Reads - reads);
        Assert.AreEqual(2, bench.Store.Writes);
        Assert.AreEqual((int)CountingStore.Initial(0), (int)bench.Store.Content[0], "what was dirty is forgotten");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void APageThatCannotBeReadIsAFaultAndTheBankIsBroken(int tellsMeanwhile)
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 0, 4 * Page);
        bench.Store.Watcher = tellsMeanwhile != 0 ? bench.Pager : null;
        bench.Do(bench.A, env =>
        {
            env.Memory.WriteByte(at + Page, 1);
            bench.Store.FailIn(1);
            Assert.IsTrue(PagingClient.Faults(env, at, false));
            Assert.IsTrue(bench.Store.HasFailed);
            Assert.IsTrue(PagingClient.Faults(env, at, false));
            Assert.IsTrue(PagingClient.Faults(env, at + Page, false), "its bank's content is lost");
        });
        bench.Expect("r4096 r0");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void APageThatCannotBeWrittenBackBreaksItsOwnBank(int tellsMeanwhile)
    {
        var bench = new PagingBench(4, 2);
        int first = bench.Attached(bench.A, 0, 4 * Page);
        int second = bench.Attached(bench.A, 4 * Page, 8 * Page);
        bench.Store.Watcher = tellsMeanwhile != 0 ? bench.Pager : null;
        bench.Do(bench.A, env =>
        {
            env.Memory.WriteByte(first, 1);
            env.Memory.ReadByte(second);
            env.Memory.ReadByte(second + Page);
            env.Memory.ReadByte(second + (2 * Page));
            bench.Store.FailIn(1);
            Assert.IsTrue(PagingClient.Faults(env, second + (3 * Page), false), "its frame was to be the other's");
            Assert.IsTrue(PagingClient.Faults(env, first, false));
            Assert.AreEqual(tellsMeanwhile != 0, PagingClient.Faults(env, second, false));
            Assert.AreEqual(tellsMeanwhile != 0, PagingClient.Faults(env, second + (3 * Page), false));
        });
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void ALossThatAStoreTellsOfWhileItIsAskedIsALossThoughItSucceeds(int operation)
    {
        var bench = new PagingBench(4, 2);
        int at = bench.Attached(bench.A, 0, 8 * Page);
        bench.Store.Watcher = bench.Pager;
        bench.Store.Recovers = true;
        bench.Do(bench.A, env =>
        {
            for (int page = 0; page < 4; page++)
            {
                env.Memory.WriteByte(at + (page * Page), 1);
            }

            // A page is written back, then one is read.
            bench.Store.FailIn(operation);
            Assert.IsTrue(PagingClient.Faults(env, at + (5 * Page), false));
            Assert.IsTrue(bench.Store.HasFailed);
            for (int page = 0; page < 8; page++)
            {
                Assert.IsTrue(PagingClient.Faults(env, at + (page * Page), false), "page " + page);
            }
        });
        bench.Do(bench.Driver, env =>
        {
            Expect.Ok(bench.Pager.WriteBack(0, 8 * Page));
            Expect.Ok(bench.Pager.Drop(0, 8 * Page));
        });
        Assert.AreEqual(1, bench.Store.Writes, "nothing of what was lost is written");

        int again = bench.Attached(bench.A, 0, 8 * Page);
        bench.Do(bench.A, env => Assert.AreEqual((int)CountingStore.Initial(Page), (int)env.Memory.ReadByte(again + Page)));
        bench.Do(bench.A, env => env.Memory.WriteByte(again, 1));
        bench.Store.FailIn(1);
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, Page)));
        bench.Do(bench.A, env => Assert.IsTrue(PagingClient.Faults(env, again, false)));
    }

    [TestMethod]
    public void WriteBackAndDropTellWhyAPageCouldNotBeWritten()
    {
        var bench = new PagingBench(4, 2);
        int first = bench.Attached(bench.A, 0, 2 * Page);
        int second = bench.Attached(bench.A, 2 * Page, 2 * Page);
        bench.Do(bench.A, env =>
        {
            env.Memory.WriteByte(first, 1);
            env.Memory.WriteByte(second, 2);
        });
        bench.Do(bench.Driver, env =>
        {
            bench.Store.FailIn(1);
            Expect.Error(Error.DeviceFailed, bench.Pager.WriteBack(0, 4 * Page));
            Assert.AreEqual(2, (int)bench.Store.Content[2 * Page], "the other bank's page was written all the same");
            Expect.Ok(bench.Pager.WriteBack(0, 4 * Page));
        });
        bench.Do(bench.A, env => env.Memory.WriteByte(second, 3));
        bench.Do(bench.Driver, env =>
        {
            bench.Store.FailIn(1);
            Expect.Error(Error.DeviceFailed, bench.Pager.Drop((2 * Page) + 1, 1));
        });
        bench.Do(bench.A, env => Assert.IsTrue(PagingClient.Faults(env, first, false) && PagingClient.Faults(env, second, false)));
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
    public void ABrokenBankMayBeFollowedByAnotherOfTheSameMemory()
    {
        var bench = new PagingBench(4, 2);
        int old = bench.Attached(bench.A, 0, 2 * Page);
        bench.Do(bench.A, env => env.Memory.WriteByte(old, 1));
        bench.Do(bench.Driver, env => bench.Pager.Break(0, CountingStore.Size));
        int at = bench.Attached(bench.A, 0, 2 * Page);
        bench.Do(bench.A, env =>
        {
            Assert.AreEqual((int)CountingStore.Initial(0), (int)env.Memory.ReadByte(at), "what was dirty is not here");
            Assert.IsTrue(PagingClient.Faults(env, old, false));
            env.Memory.WriteByte(at, 7);
        });
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, Page)));
        Assert.AreEqual(7, (int)bench.Store.Content[0]);
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
    public void ABankEndsAlsoWhenItCannotBeWrittenBack()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 2 * Page);
        bench.Do(bench.A, env => env.Memory.WriteByte(env.Attach(bank), 8));
        bench.Store.FailIn(1);
        bench.Do(bench.A, env => bench.A.GiveBack(env, bank));
        Expect.Error(Error.DeviceFailed, bench.A.Outcome);
        bench.Bank(bench.A, 0, 2 * Page);
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
