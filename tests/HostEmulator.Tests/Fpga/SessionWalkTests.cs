// All that a Copy_engine session offers, in random order, through the driver and the bus, on the model and on the RTL: against what the client
// knows must come of it.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SessionWalkTests
{
    private const int Steps = 150;
    private const string Expect = """<expect within-seconds="60"> <report word="walked"/> <never word="wrong" until="met"/> </expect>""";

    [TestMethod]
    [DataRow(FpgaCoreKind.Model, 12)]
    [DataRow(FpgaCoreKind.Rtl, 4)]
    public void WhateverASessionDoesMemoryRedundantCopiesAndDirtyBitsAreAsTheyMust(FpgaCoreKind kind, int seeds)
    {
        for (int seed = 1; seed <= seeds; seed++)
        {
            var walker = new SessionWalker(seed, Steps);
            using var run = new BenchRun(
                BenchReader.Read(DriverBench.Text("walk", "walker", "frames=\"4\"", Expect), "walk.xml"),
                new BenchOptions { FpgaCore = kind, Programs = name => name == "walker" ? walker : Programs.Make(name) });
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: " + string.Join('\n', result.Failures));
        }
    }
}
