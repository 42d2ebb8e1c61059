// The harness: its arithmetic, on cases whose times are known.
namespace Tern.Benchmarks.Tests;

[TestClass]
public class SamplerTests
{
    [TestMethod]
    public void A_median_is_not_moved_by_a_disturbed_round()
    {
        Result result = Sampled(100, 100, 100, 100, 9000);

        Assert.AreEqual(100.0, result.Median);
        Assert.AreEqual(100.0, result.Least);
        Assert.AreEqual(0.0, result.Spread);
    }

    [TestMethod]
    public void A_ratio_is_taken_round_by_round()
    {
        // The machine was ten times slower in two rounds, for both.
        Result beside = Sampled(100, 1000, 100, 1000, 100);
        Result result = Sampled(120, 1200, 120, 1200, 120);
        result.CompareWith(beside);

        Assert.AreEqual(1.2, result.Ratio, 1e-9);
    }

    [TestMethod]
    public void An_aim_is_reached_at_its_limit_and_missed_above_it()
    {
        Result beside = Sampled(80);
        Result at = Sampled(100);
        Result above = Sampled(101);
        at.CompareWith(beside);
        above.CompareWith(beside);

        foreach (Aim aim in new[] { Aim.Nanoseconds(100), Aim.Times(1.25), Aim.Share(0.8), Aim.Overhead(0.2) })
        {
            Assert.IsTrue(aim.IsReached(at), aim.Text);
            Assert.IsFalse(aim.IsReached(above), aim.Text);
        }
    }

    [TestMethod]
    public void A_short_operation_is_repeated_until_its_sample_is_long_enough()
    {
        int largest = 0;
        var quick = new Case("10 ns", count =>
        {
            largest = Math.Max(largest, count);
            return 10L * count;
        });
        Result result = new Sampler(3, 100_000, 0, 1_000_000).Run([quick])[0];

        Assert.AreEqual(10_000, largest, 6_400);
        Assert.AreEqual(10.0, result.Median);
        Assert.HasCount(3, result.Samples);
    }

    private static Result Sampled(params double[] samples) => new(new Case("", _ => 0), samples, new double[samples.Length]);
}
