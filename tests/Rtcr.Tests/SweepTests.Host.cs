// At every dispatch: the programs of the table of states are checkpointed after each of their dispatches, and restored on another
// board from each of these checkpoints. A column of the table of its own.
// Budget: the suite runs each program for LengthInSuite and restores from at most RestoresInSuite of its checkpoints, spread evenly and
// always with the first and the last. With the environment variable TERN_SWEEP=long, ten times as long, and from every one.
using System;
using System.Collections.Generic;

namespace Tern.Tests;

[TestClass]
public class SweepTests
{
    private const int LengthInSuite = 640;
    private const int RestoresInSuite = 60;

    public static IEnumerable<object[]> Rows()
    {
        State[] all = StateTable.All();
        for (int row = 0; row < all.Length; row++)
        {
            if (Scenario.Of(all[row]) != null)
            {
                yield return new object[] { all[row].Name, "each dispatch", row };
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void ATargetSurvives(string state, string flavour, int row)
    {
        bool isLong = Environment.GetEnvironmentVariable("TERN_SWEEP") == "long";
        Scenario scenario = Scenario.Of(StateTable.All()[row])!;
        scenario.Length = isLong ? 10 * LengthInSuite : LengthInSuite;
        Sweep sweep = Sweep.Of(scenario, out string problem);
        Assert.AreEqual("", problem, state + " / " + flavour);
        Assert.IsGreaterThan(1, sweep.Points, state);
        int restores = isLong ? sweep.Points : Math.Min(RestoresInSuite, sweep.Points);
        for (int i = 0; i < restores; i++)
        {
            int index = restores == 1 ? 0 : (int)((long)i * (sweep.Points - 1) / (restores - 1));
            string found = sweep.Restore(index);
            Assert.AreEqual("", found, found);
        }

        Console.WriteLine($"{sweep.Points} checkpoints, {restores} restored");
    }
}
