// The benchmarks themselves: each case runs, and what is said to allocate nothing allocates nothing. How fast it is depends
// on the machine, so no test says anything about that.
namespace Tern.Benchmarks.Tests;

[TestClass]
public class SmokeTests
{
    private const int Operations = 64;

    public static IEnumerable<object[]> Names => Catalogue.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_case_runs(string name)
    {
        using Benchmark benchmark = Catalogue.Make(name);
        IReadOnlyList<Result> results = Sampler.Once.Run(benchmark.Prepare(Size.Brief));

        Assert.AreNotEqual(0, results.Count);
        Assert.IsTrue(results.All(result => result.Median > 0));
        StringAssert.Contains(Table.Of(name, benchmark, results), results[0].Case.Name);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_hot_path_allocates_nothing(string name)
    {
        using Benchmark benchmark = Catalogue.Make(name);
        foreach (Case measured in benchmark.Prepare(Size.Brief).Where(measured => measured.AllocatesNothing))
        {
            AllocatedBy(measured, Operations);
            Assert.AreEqual(0, AllocatedByMore(measured), $"{name}: {measured.Name}");
        }
    }

    /// <summary>What twice as many operations allocate more: entering a component allocates a little, however much is done there. The
    /// runtime's own count jumps now and then, when a collection comes; what is allocated each time shows in every attempt.</summary>
    private static long AllocatedByMore(Case measured)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3 && least != 0; attempt++)
        {
            long some = AllocatedBy(measured, Operations);
            least = Math.Min(least, Math.Abs(AllocatedBy(measured, 2 * Operations) - some));
        }

        return least;
    }

    private static long AllocatedBy(Case measured, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        measured.Measure(count);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
