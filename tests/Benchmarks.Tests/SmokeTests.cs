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
            // Entering a component allocates a little, however much is done in there.
            AllocatedBy(measured, Operations);
            long some = AllocatedBy(measured, Operations);
            long more = AllocatedBy(measured, 2 * Operations);
            Assert.AreEqual(some, more, $"{name}: {measured.Name}");
        }
    }

    private static long AllocatedBy(Case measured, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        measured.Measure(count);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
