// Banks whose store fails or that break: what was in them is a fault for whoever touches it, is never written, and the other banks go on.
using Tern.Kernel;
using Expect = Tern.Tests.Expect;

namespace Tern.Os.Tests;

[TestClass]
public class PagerLossTests
{
    private const int Page = PagingBench.Page;

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
}
