// At every dispatch: a target is checkpointed after each dispatch of its scenario, and restored from each of these checkpoints.
// Budget: the suite restores from at most RestoresInSuite checkpoints a scenario, spread evenly and always with the first and the
// last; with the environment variable TERN_SWEEP=all, from every one.
using System;
using System.Collections.Generic;

namespace Tern.Tests;

[TestClass]
public class SweepTests
{
    private const int RestoresInSuite = 40;

    public static IEnumerable<object[]> Rows()
    {
        Scenario[] all = Scenarios.All();
        for (int row = 0; row < all.Length; row++)
        {
            yield return new object[] { all[row].Name, row };
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void ATargetEndsAsUndisturbedFromACheckpointAtEveryDispatch(string name, int row)
    {
        Sweep sweep = Sweep.Of(Scenarios.All()[row], out string problem);
        Assert.AreEqual("", problem, name);
        Assert.IsGreaterThan(1, sweep.Points, name);
        bool all = Environment.GetEnvironmentVariable("TERN_SWEEP") == "all";
        int restores = all ? sweep.Points : Math.Min(RestoresInSuite, sweep.Points);
        for (int i = 0; i < restores; i++)
        {
            int index = restores == 1 ? 0 : (int)((long)i * (sweep.Points - 1) / (restores - 1));
            string found = sweep.Restore(index);
            Assert.AreEqual("", found, found);
        }

        Console.WriteLine($"{name}: {sweep.Points} checkpoints, {restores} restored");
    }
}
