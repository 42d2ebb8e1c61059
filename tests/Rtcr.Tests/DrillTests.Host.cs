// Every resource fails once: each allocation in a target's life fails in turn. Whoever is refused is told by name, the next try succeeds,
// the neighbours go on, and every budget returns to the byte.
using System.Collections.Generic;
using System.Text;

namespace Tern.Tests;

[TestClass]
public class DrillTests
{
    public static IEnumerable<object[]> Lives()
    {
        yield return new object[] { "sheep counter" };
        yield return new object[] { "a little of everything" };
        yield return new object[] { "managed dataspaces nested" };
        yield return new object[] { "capability map grown" };
        yield return new object[] { "two threads" };
    }

    [TestMethod]
    [DynamicData(nameof(Lives))]
    public void EachAllocationMayFailOnce(string state)
    {
        State row = StateBench.Find(state);
        int allocations = Drill.Allocations(row.Program, row.Config);
        Assert.IsGreaterThan(20, allocations, "hardly anything was allocated");
        var problems = new StringBuilder();
        for (int number = 1; problems.Length == 0; number++)
        {
            string problem = Drill.Run(row.Program, row.Config, number);
            if (problem.Contains("never tried"))
            {
                Assert.IsGreaterThan(20, number);
                break;
            }

            problems.Append(problem);
        }

        Assert.AreEqual("", problems.ToString());
    }
}
