// The table of states: states down, flavours across, each cell a test of its own.
using System.Collections.Generic;

namespace Tern.Tests;

[TestClass]
public class StatesTests
{
    public static IEnumerable<object[]> Cells()
    {
        State[] states = StateTable.All();
        for (int state = 0; state < states.Length; state++)
        {
            for (int flavour = 0; flavour < Flavour.Count; flavour++)
            {
                if (flavour != Flavour.SmallPages || states[state].NeedsSamePages.Length == 0)
                {
                    yield return new object[] { states[state].Name, Flavour.Name(flavour), state, flavour };
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void ATargetSurvives(string state, string flavour, int row, int column)
    {
        string problem = StateRun.Run(StateTable.All()[row], column);
        Assert.AreEqual("", problem, state + " / " + flavour + ": " + problem);
    }
}
