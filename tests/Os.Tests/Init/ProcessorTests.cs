// What init's configuration gives children of the processor: places in an affinity space, and shares of its time.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class ProcessorTests
{
    [TestMethod]
    [DataRow(4, "", "4x1 at 0,0")]
    [DataRow(4, "<affinity xpos=\"1\"/>", "2x1 at 2,0")]
    [DataRow(4, "<affinity width=\"1\"/>", "2x1 at 0,0")]
    [DataRow(1, "<affinity xpos=\"1\" ypos=\"0\" width=\"1\" height=\"1\"/>", "1x1 at 0,0")]
    [DataRow(2, "<affinity xpos=\"1\" ypos=\"0\" width=\"1\" height=\"1\"/>", "1x1 at 1,0")]
    public void AChildRunsWhereItsStartNodeSays(int cores, string affinity, string where)
    {
        InitBench bench = Cores(cores).Boot("<config>" + InitBench.Defaults + "<affinity-space width=\"2\" height=\"1\"/>"
            + "<start name=\"a\"><binary name=\"teller\"/>" + affinity + "</start></config>");
        bench.Expect("[init -> a] " + where);
    }

    [TestMethod]
    public void WithoutASpaceOfItsOwnLocationsAreInits()
    {
        InitBench bench = Cores(4).Start("""<start name="a"><binary name="teller"/><affinity xpos="3"/></start>""");
        bench.Expect("[init -> a] 1x1 at 3,0");
    }

    [TestMethod]
    public void ASubsystemsPlacesAreWithinItsOwn()
    {
        InitBench bench = Cores(4).Start("""<start name="sub" ram="256K" caps="300"><binary name="init"/><affinity xpos="2"/><config>"""
            + InitBench.Defaults + """<start name="a"><binary name="teller"/><affinity xpos="1"/></start></config></start>""");
        bench.Expect("[init -> sub -> a] 1x1 at 3,0");
    }

    [TestMethod]
    public void AShareIsPercentOfInits()
    {
        InitBench bench = Cores(1).Start("""<start name="sub" ram="256K" caps="300"><binary name="init"/><resource name="CPU" quantum="50"/><config>"""
            + InitBench.Defaults + """<start name="a"><binary name="teller"/><resource name="CPU" quantum="20"/></start>"""
            + """<start name="b"><binary name="teller"/></start></config></start>""");
        bench.Expect("[init -> sub -> a] 1x1 at 0,0 share 10000000 of 100000000");
        bench.Expect("[init -> sub -> b] 1x1 at 0,0 share 50000000 of 100000000");
    }

    [TestMethod]
    public void SharesAddUpToTheWholeAndTheRestIsRefused()
    {
        InitBench bench = Cores(1).Start(Share("a", 70) + Share("b", 40) + Share("c", 1) + """<start name="d"><binary name="teller"/></start>""");
        bench.Expect("[init -> a] 1x1 at 0,0 share 70000000 of");
        bench.Expect("[init] Warning: start \"b\" line 1, column ");
        bench.Expect("CPU quota exceeds what is left; proceeding with 30 of 40 percent");
        bench.Expect("[init -> b] 1x1 at 0,0 share 30000000 of");
        bench.Expect("not started: the other children have all the CPU quota; give them less");
        bench.ExpectNot("[init -> c]");
        bench.Expect("[init -> d] 1x1 at 0,0 share 0 of");
    }

    [TestMethod]
    public void AShareReturnsWithItsChild()
    {
        InitBench bench = Cores(1).Start("""<start name="a" restart="yes"><binary name="actor"/><resource name="CPU" quantum="80"/><config after="10">"""
            + """<fault/></config></start>""");
        bench.Run(35);
        Assert.AreEqual(4, bench.CountLogged("[init -> a] hello"));
        bench.ExpectNot("CPU quota exceeds");
    }

    [TestMethod]
    public void APriorityIsTheHighestOfTheChildAndOfItsChildren()
    {
        InitBench bench = Cores(1).Start(Telling("a", "priority=\"0\"") + Telling("b", "priority=\"13\"")
            + """<start name="sub" priority="2" ram="256K" caps="300"><binary name="init"/><config>""" + InitBench.Defaults
            + Telling("c", "priority=\"1\"") + Telling("d", "") + Telling("e", "priority=\"3\"") + "</config></start>");
        bench.Expect("[init -> a] 1x1 at 0,0 share 0 of 100000000, priorities to 0");
        bench.Expect("[init -> b] 1x1 at 0,0 share 0 of 100000000, priorities to 13");
        bench.Expect("[init -> sub -> c] 1x1 at 0,0 share 0 of 100000000, priorities to 1");
        bench.Expect("[init -> sub -> d] 1x1 at 0,0 share 0 of 100000000, priorities to 2");
        bench.Expect("[init -> sub] Error: start \"e\" line 1, column ");
        bench.Expect("priority 3 is above this init's own; write at most 2, or give this init a higher one");
        bench.ExpectNot("[init -> sub -> e]");
    }

    private static string Telling(string name, string attributes)
        => "<start name=\"" + name + "\" " + attributes + "><binary name=\"teller\"/></start>";

    private static string Share(string name, int percent)
        => "<start name=\"" + name + "\"><binary name=\"teller\"/><resource name=\"CPU\" quantum=\"" + percent + "\"/></start>";

    private static InitBench Cores(int cores)
    {
        InitBench bench = new InitBench().With("teller", new Teller());
        bench.Profile.Cores = cores;
        return bench;
    }

    /// <summary>Tells where it may run, and its share of the time.</summary>
    private sealed class Teller : Program
    {
        public override void Construct(Env env)
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            int place = cpu.ReadAffinity(Selectors.Thread, out int _, out int _);
            int size = Affinity.SizeOf(place);
            cpu.ReadQuota(out long limit, out long _, out long period);
            env.Log(Affinity.Width(size) + "x" + Affinity.Height(size) + " at " + Affinity.Column(place) + "," + Affinity.Row(place)
                + " share " + limit + " of " + period + ", priorities to " + (cpu.Priorities() - 1));
        }
    }
}
