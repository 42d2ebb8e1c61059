// Banks in the hands of others: several address spaces, region maps in between, and clients that do with theirs what they like.
using Tern.Kernel;
using Expect = Tern.Tests.Expect;

namespace Tern.Os.Tests;

[TestClass]
public class PagerSharingTests
{
    private const int Page = PagingBench.Page;

    [TestMethod]
    public void TwoAddressSpacesSeeTheSameBankWhateverComesAndGoes()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 8 * Page);
        int atA = 0;
        int atB = 0;
        bench.Do(bench.A, env =>
        {
            atA = env.Attach(bank);
            env.Send(bench.A.Session, env.Compose(PagingClient.Lend).AddCapability(bank), 3);
        });
        bench.Do(bench.B, env => env.Send(bench.B.Session, env.Compose(PagingClient.Lend), 3));
        bench.Do(bench.B, env => atB = env.Attach(bench.B.Bank));
        for (int page = 0; page < 8; page++)
        {
            int at = page * Page;
            bench.Do(bench.A, env => env.Memory.WriteInt32(atA + at, 1000 + at));
            bench.Do(bench.B, env =>
            {
                Assert.AreEqual(1000 + at, env.Memory.ReadInt32(atB + at));
                env.Memory.WriteInt32(atB + at + 4, at);
            });
            bench.Do(bench.A, env => Assert.AreEqual(at, env.Memory.ReadInt32(atA + at + 4)));
            bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(at, Page)));
            int writes = bench.Store.Writes;
            bench.Do(bench.B, env => env.Memory.WriteInt32(atB + at + 8, 5));
            bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(at, Page)));
            Assert.AreEqual(writes + 1, bench.Store.Writes, "the other's write was noticed too");
        }

        bench.Do(bench.Driver, env => bench.Pager.Break(0, 1));
        bench.Do(bench.A, env => Assert.IsTrue(PagingClient.Faults(env, atA + (7 * Page), false)));
        bench.Do(bench.B, env => Assert.IsTrue(PagingClient.Faults(env, atB + (7 * Page), false)));
    }

    [TestMethod]
    public void PartsOfABankInFurtherRegionMapsFollowIt()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 8 * Page);
        int map = 0;
        bench.Do(bench.A, env =>
        {
            // Two maps more, and the parts not in their order; then the same once more.
            map = new RmSession(env, env.Connect("RM")).Create(4 * Page, out Error _);
            env.AttachAt(map, bank, 6 * Page, 2 * Page, 0, Rights.ReadWrite);
            env.AttachAt(map, bank, 0, 2 * Page, 2 * Page, Rights.ReadWrite);
            int outer = new RmSession(env, env.Connect("RM")).Create(8 * Page, out Error _);
            env.AttachAt(outer, map, 0, 0, 4 * Page, Rights.ReadWrite);
            Expect.Ok(env.LastError);
            int at = env.Attach(outer) + (4 * Page);
            int again = env.AttachAt(Selectors.AddressSpace, map, Page, 2 * Page, -1, Rights.ReadWrite);
            Expect.Ok(env.LastError);
            Assert.AreEqual((int)CountingStore.Initial(6 * Page), (int)env.Memory.ReadByte(at));
            Assert.AreEqual((int)CountingStore.Initial(Page), (int)env.Memory.ReadByte(at + (3 * Page)));

            // Across the boundary between two parts.
            env.Memory.WriteInt64(at + (2 * Page) - 3, 0x1122334455667788);
            Assert.AreEqual(0x1122334455667788, env.Memory.ReadInt64(again + Page - 3));
            env.Root = again;
        });
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, 8 * Page)));
        Assert.AreEqual(0x88, (int)bench.Store.Content[(8 * Page) - 3]);
        Assert.AreEqual(0x11, (int)bench.Store.Content[4]);
        bench.Store.Content[4] = 0x77;
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.Drop(0, Page)));
        bench.Do(bench.A, env => Assert.AreEqual(0x7722334455667788, env.Memory.ReadInt64(env.Root + Page - 3)));
    }

    [TestMethod]
    public void ARegionOnTheWayThatForbidsWritingIsNotThePagersAffair()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 2 * Page);
        bench.Do(bench.A, env =>
        {
            int at = env.AttachAt(Selectors.AddressSpace, bank, 0, 0, -1, Rights.Read);
            Assert.AreEqual((int)CountingStore.Initial(0), (int)env.Memory.ReadByte(at));
            Assert.IsTrue(PagingClient.Faults(env, at, true));
            Assert.IsTrue(PagingClient.Faults(env, at, true));
            Assert.AreEqual((int)CountingStore.Initial(0), (int)env.Memory.ReadByte(at));
        });
        Assert.AreEqual(1, bench.Store.Reads);
        Assert.IsTrue(bench.Driver.Faults <= 4, "asked too often");
    }

    [TestMethod]
    public void AFaultInTheMiddleOfAHandlerDisturbsNothingThere()
    {
        var bench = new PagingBench(4, 1);
        int at = bench.Attached(bench.A, 0, 4 * Page);
        bench.Do(bench.A, env =>
        {
            Message message = env.Compose(PdOperation.AllocateDataspace).Add(3 * Page);
            env.Memory.WriteByte(at + Page, 1);
            Expect.Ok(env.Call(Selectors.Pd, message));
            Assert.AreEqual(3 * Page, env.SizeOf(message.Capability(0)));
        });
    }

    [TestMethod]
    public void TheDriverItselfCannotTouchABank()
    {
        var bench = new PagingBench(4, 1);
        bench.Do(bench.Driver, env =>
        {
            Expect.Ok(bench.Pager.Create(0, Page, out int bank));
            Assert.IsTrue(PagingClient.Faults(env, env.Attach(bank), false));
        });
        bench.Expect("");
    }

    [TestMethod]
    public void AClientThatTakesPagesOutOfItsBankHasThemShownAgain()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 8 * Page);
        bench.Do(bench.A, env =>
        {
            int at = env.Attach(bank);
            env.Memory.WriteByte(at, 7);
            env.Memory.ReadByte(at + Page);
            Expect.Ok(env.DetachFrom(bank, 0));
            Expect.Ok(env.DetachFrom(bank, Page));
            Assert.AreEqual(7, (int)env.Memory.ReadByte(at));
            env.Memory.WriteByte(at + Page, 8);
            Assert.AreEqual(8, (int)env.Memory.ReadByte(at + Page));
            Expect.Ok(env.DetachFrom(bank, 0));
            Expect.Ok(env.DetachFrom(bank, Page));
            for (int page = 2; page < 8; page++)
            {
                env.Memory.ReadByte(at + (page * Page));
            }
        });
        Assert.AreEqual(7, (int)bench.Store.Content[0]);
        Assert.AreEqual(8, (int)bench.Store.Content[Page]);
    }

    [TestMethod]
    public void WhatAClientPutsIntoItsBankHurtsNobodyElse()
    {
        var bench = new PagingBench(4, 2);
        int bank = bench.Bank(bench.A, 0, 4 * Page);
        int other = bench.Attached(bench.B, 4 * Page, 8 * Page);
        bench.Do(bench.A, env =>
        {
            int at = env.Attach(bank);
            env.Memory.WriteByte(at, 7);
            int own = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            Expect.Ok(env.DetachFrom(bank, 0));
            env.AttachAt(bank, own, 0, 0, 0, Rights.Read);
            env.AttachAt(bank, own, 0, 0, Page, Rights.Read);
            Assert.AreEqual(0, (int)env.Memory.ReadByte(at));
            Assert.IsTrue(PagingClient.Faults(env, at, true));
            env.Memory.ReadByte(at + Page);
            PagingClient.Faults(env, at + Page, true);
        });
        bench.Do(bench.B, env =>
        {
            for (int i = 0; i < 24; i++)
            {
                int place = (i % 8 * Page) + i;
                Assert.AreEqual((int)CountingStore.Initial((4 * Page) + place), (int)env.Memory.ReadByte(other + place));
            }
        });
        Assert.AreEqual(7, (int)bench.Store.Content[0], "what it wrote before is not lost");
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.Drop(0, 4 * Page)));
    }

    [TestMethod]
    public void WithoutARegionToShowItInAPageIsAFaultAndNothingIsLost()
    {
        var bench = new PagingBench(4, 1);
        int at = bench.Attached(bench.A, 0, 8 * Page);
        bench.Do(bench.A, env =>
        {
            env.Memory.ReadByte(at);
            for (int round = 0; round < 2; round++)
            {
                for (int page = 0; page < 8; page++)
                {
                    int place = at + (page * Page) + round;
                    bench.Board.Kernel.Failpoint.Arm(1);
                    Assert.IsTrue(PagingClient.Faults(env, place, true));
                    Assert.IsFalse(bench.Board.Kernel.Failpoint.IsArmed);
                    env.Memory.WriteByte(place, (byte)(page + 10));
                    bench.Board.Kernel.Failpoint.Arm(0);
                }
            }

            for (int page = 0; page < 8; page++)
            {
                Assert.AreEqual(page + 10, (int)env.Memory.ReadByte(at + (page * Page)));
                Assert.AreEqual(page + 10, (int)env.Memory.ReadByte(at + (page * Page) + 1));
            }
        });
        bench.Do(bench.A, env => env.Memory.WriteByte(at + 9, 90));
        bench.Do(bench.Driver, env =>
        {
            bench.Board.Kernel.Failpoint.Arm(1);
            Expect.Ok(bench.Pager.WriteBack(0, 8 * Page));
            bench.Board.Kernel.Failpoint.Arm(0);
        });
        Assert.AreEqual(90, (int)bench.Store.Content[9]);
        bench.Do(bench.A, env => Assert.AreEqual(90, (int)env.Memory.ReadByte(at + 9)));
    }

    [TestMethod]
    public void ABankThatCannotBeMadeLeavesNothingBehind()
    {
        var bench = new PagingBench(4, 1);
        bench.Do(bench.Driver, env =>
        {
            for (int number = 1; number <= 2; number++)
            {
                var before = default(Quota);
                var after = default(Quota);
                new PdSession(env, Selectors.Pd).ReadQuota(ref before);
                bench.Board.Kernel.Failpoint.Arm(number);
                Error error = bench.Pager.Create(0, Page, out int bank);
                bench.Board.Kernel.Failpoint.Arm(0);
                if (error == Error.None)
                {
                    Expect.Ok(bench.Pager.Destroy(bank));
                }

                new PdSession(env, Selectors.Pd).ReadQuota(ref after);
                Assert.AreEqual(before.CapUsed, after.CapUsed);
                Assert.IsTrue(number > 1 || error != Error.None, "the first allocation failed");
            }

            Expect.Ok(bench.Pager.Create(0, Page, out int _));
        });
    }

    [TestMethod]
    [DataRow(256)]
    [DataRow(8192)]
    public void APageIsTheBoards(int pageSize)
    {
        var bench = new PagingBench(4, 1, pageSize);
        int at = bench.Attached(bench.A, pageSize, 8 * pageSize);
        bench.Do(bench.A, env =>
        {
            for (int page = 0; page < 8; page++)
            {
                int last = ((page + 1) * pageSize) - 1;
                Assert.AreEqual((int)CountingStore.Initial(pageSize + last), (int)env.Memory.ReadByte(at + last));
                env.Memory.WriteByte(at + last, (byte)page);
            }
        });
        bench.Do(bench.Driver, env => Expect.Ok(bench.Pager.WriteBack(0, CountingStore.Size)));
        for (int page = 0; page < 8; page++)
        {
            Assert.AreEqual(page, (int)bench.Store.Content[pageSize + ((page + 1) * pageSize) - 1]);
        }

        Assert.IsTrue(bench.Store.LongestTransfer <= 4096);
    }
}
