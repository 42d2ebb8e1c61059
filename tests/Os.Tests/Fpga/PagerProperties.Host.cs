// Banks against arrays: whatever is read, written, copied, written back and dropped, through however few frames, and whenever the
// store fails.
using System;
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class PagerProperties
{
    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [TestMethod]
    public void ABankIsWhatWasWrittenToItByItsClientsAndByJobs() => Check.One(Quick(40), Prop.ForAll(Seeds, seed =>
    {
        var model = new PagingModel(seed);
        for (int step = 0; step < 25; step++)
        {
            model.Step();
        }

        Assert.IsFalse(model.HasFailed);
        model.AssertEachBankIsRightOrGone();
        model.EndBanks();
    }));

    [TestMethod]
    public void WheneverTheStoreFailsNoWrongByteIsRead() => Check.One(Quick(80), Prop.ForAll(Seeds, seed =>
    {
        var model = new PagingModel(seed);
        for (int round = 0; round < 3; round++)
        {
            model.StepUntilFailure();
            model.AssertEachBankIsRightOrGone();
            model.EndBanks();
            model.MakeBanks();
            model.AssertEachBankIsRightOrGone();
        }
    }));

    [TestMethod]
    public void PagesComeAndGoWithoutAnAllocation()
    {
        var bench = new PagingBench(4, 1);
        int bank = bench.Bank(bench.A, 0, 16 * PagingBench.Page);
        bench.Store.IsQuiet = true;
        bench.Do(bench.A, env =>
        {
            int at = env.Attach(bank);
            int own = new PdSession(env, Selectors.Pd).AllocateDataspace(PagingBench.Page, out Error _);
            AssertNone(() =>
            {
                for (int page = 0; page < 16; page++)
                {
                    env.Memory.WriteInt32(at + (page * PagingBench.Page), env.Memory.ReadInt32(at + (page * PagingBench.Page)) + 1);
                }

                env.CopyDataspace(bank, 100, own, 0, 3000);
                env.CopyDataspace(own, 0, bank, 5000, 3000);
            });
        });
        bench.Do(bench.Driver, env => AssertNone(() =>
        {
            bench.Pager.WriteBack(0, 16 * PagingBench.Page);
            bench.Pager.Drop(0, 16 * PagingBench.Page);
        }));
        bench.Do(bench.Driver, env => AssertNone(() => bench.Pager.Break(0, 16 * PagingBench.Page)));
    }

    private static Config Quick(int tests) => Config.QuickThrowOnFailure.WithMaxTest(tests);

    private static void AssertNone(Action action)
    {
        // What the kernel's own tables grow by, they grow by once. The runtime's count jumps now and then: what is allocated each time shows always.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 40; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.AreEqual(0L, least);
    }
}
