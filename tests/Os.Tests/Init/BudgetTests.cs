// What children get: what they ask for, what the defaults say, or what is left.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class BudgetTests
{
    [TestMethod]
    public void DefaultsAreForThoseThatSayNothing()
    {
        InitBench bench = Bench().Boot("""<config><default caps="50" ram="64K"/>""" + Meter("a", "", "")
            + Meter("b", "caps=\"60\" ram=\"128K\"", "")
            + Meter("c", "", """<resource name="RAM" quantum="256K"/><resource name="CAP" quantum="70"/>""")
            + Meter("d", "", """<resource name="caps" quantum="80"/>""") + "</config>");

        bench.Expect("[init -> a] ram 65536 caps 50");
        bench.Expect("[init -> b] ram 131072 caps 60");
        bench.Expect("[init -> c] ram 262144 caps 70");
        bench.Expect("[init -> d] ram 65536 caps 80");
        bench.ExpectNot("Warning");
    }

    [TestMethod]
    public void WithoutADefaultAChildHasAHundredCaps()
        => Bench().Boot("<config>" + Meter("a", "ram=\"64K\"", "") + "</config>").Expect("[init -> a] ram 65536 caps 100");

    [TestMethod]
    public void AnAttributeCountsBeforeAResource()
    {
        InitBench bench = Bench().Boot("<config>" + Meter("a", "caps=\"60\" ram=\"128K\"",
            """<resource name="RAM" quantum="64K"/><resource name="CAP" quantum="70"/>""") + "</config>");

        bench.Expect("[init -> a] ram 131072 caps 60");
        Assert.AreEqual(2, bench.CountLogged("is given twice; the attribute of <start> counts"));
    }

    [TestMethod]
    public void WhoAsksForMoreThanIsLeftGetsTheRest()
    {
        InitBench bench = Bench().Boot("<config>" + Meter("a", "ram=\"3M\" caps=\"9000\"", "")
            + Meter("b", "ram=\"3M\" caps=\"9000\"", "") + "</config>");

        bench.Expect("[init -> a] ram 3145728 caps 9000");
        bench.Expect("""[init] Warning: start "b" line 1, column 76: RAM exceeds what is left; proceeding with """);
        bench.Expect("""[init] Warning: start "b" line 1, column 76: caps exceed what is left; proceeding with """);
        bench.Expect("[init -> b] ram 10");
    }

    [TestMethod]
    public void WhenNothingIsLeftAChildIsNotStarted()
    {
        InitBench bench = Bench().Boot("<config>" + Meter("a", "ram=\"1G\"", "") + Meter("b", "ram=\"64K\"", "")
            + Meter("c", "ram=\"64K\"", "") + "</config>");

        bench.Expect("[init -> a] ram ");
        bench.Expect("""[init] Error: start "b" line 1, column 64: not started: """);
        bench.Expect("""[init] Error: start "c" line 1, column """);
    }

    [TestMethod]
    public void AChildThatCouldNotBeStartedCostsNothing()
    {
        Quota empty = Bench().Boot("<config/>").Quota;
        string[] starts = new string[]
        {
            Meter("a", "ram=\"1K\"", ""),
            Meter("a", "ram=\"64K\" caps=\"1\"", ""),
            Meter("a", "ram=\"64K\" caps=\"8\"", ""),
            """<start name="a" ram="64K"><config/></start>""",
            """<start name="a" ram="64K"><route><nonsense/></route><config/></start>""",
        };
        for (int i = 0; i < starts.Length; i++)
        {
            InitBench bench = Bench().Boot("<config>" + starts[i] + "</config>");
            Quota quota = bench.Quota;
            bool ran = bench.Logged("[init -> a]");
            Assert.AreEqual(empty.RamUsed, ran ? empty.RamUsed : quota.RamUsed, starts[i] + bench.Log());
            Assert.AreEqual(empty.RamQuota, ran ? empty.RamQuota : quota.RamQuota, starts[i] + bench.Log());
            Assert.IsTrue(ran || bench.Logged("Error: start \"a\""), bench.Log());
        }
    }

    [TestMethod]
    public void PriorityIsTheThreads()
    {
        InitBench bench = Bench().Boot("""<config><default ram="64K"/><start name="low"><binary name="meter"/></start>"""
            + """<start name="high" priority="9"><binary name="meter"/></start></config>""");

        string log = bench.Log();
        Assert.IsTrue(log.IndexOf("[init -> high]") < log.IndexOf("[init -> low]"), log);
    }

    private static InitBench Bench() => new InitBench().With("meter", new Gauge());

    private static string Meter(string name, string attributes, string elements)
        => "<start name=\"" + name + "\" " + attributes + """><binary name="meter"/>""" + elements + "</start>";

    private sealed class Gauge : Program
    {
        public override void Construct(Env env)
        {
            var quota = default(Quota);
            new PdSession(env, Selectors.Pd).ReadQuota(ref quota);
            env.Log("ram " + quota.RamQuota + " caps " + quota.CapQuota);
        }
    }
}
