// How children end, what init does about it, and that nothing of what it spent on them is lost.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class LifecycleTests
{
    [TestMethod]
    public void AnExitIsToldAndTakesTheChildApart()
    {
        InitBench bench = new InitBench().Start(Node("a", "", "", "<exit/>") + Node("b", "", "", """<exit value="-3"/>"""));

        bench.ExpectLine("""[init] child "a" exited with exit value 0""");
        bench.ExpectLine("""[init] child "b" exited with exit value -3""");
        Assert.IsNull(bench.Kernel.DumpCapabilities("init -> a"));
    }

    [TestMethod]
    public void AChildIsNotEnteredAfterItsExit()
    {
        InitBench bench = new InitBench().Start(InitBench.Server() + Node("a", "", "", """<open name="S"/><exit/>"""));

        bench.Expect("exited with exit value 0");
        bench.ExpectNot("[init -> a] open");
    }

    [TestMethod]
    public void AFaultIsToldAndTheOthersRunOn()
    {
        InitBench bench = new InitBench().Start(Node("a", "", "", "<fault/>") + Node("b", "", "after=\"5\"", """<call name="Timer"/>"""));
        bench.Run(10);

        bench.Expect("""[init] Error: child "a" faulted: """);
        bench.Expect("it stays stopped");
        Assert.AreEqual(1, bench.CountLogged("[init -> a] hello"));
        bench.Expect("[init -> b] call Timer: ok");
    }

    [TestMethod]
    public void AChildThatIsToRestartDoes()
    {
        InitBench bench = new InitBench().Start("""<start name="a" restart="yes"><binary name="actor"/><config after="10">"""
            + """<fault/></config></start>""");
        bench.Run(25);

        Assert.AreEqual(3, bench.CountLogged("[init -> a] hello"));
        Assert.AreEqual(2, bench.CountLogged("starting it again"));
    }

    [TestMethod]
    public void AReportSaysWhatHappenedWhereAndWhatInitDid()
    {
        InitBench bench = new InitBench().With("thrower", new Thrower()).Start(Node("a", "", "", "<fault/>")
            + """<start name="b" restart="yes"><binary name="thrower"/></start>""");

        bench.ExpectLine("""[init] Error: child "a" faulted: no read access to address 0x0 in thread "a"; it stays stopped""");
        bench.ExpectLine("""[init] Error: child "b" faulted: exception InvalidCastException in thread "worker"; starting it again""");
    }

    [TestMethod]
    public void AnExitStartsTheChildAgainIfItIsSaidSo()
    {
        InitBench bench = new InitBench().Start("""<start name="a"><binary name="actor"/><exit restart="yes"/><config after="10">"""
            + """<exit value="2"/></config></start>""");
        bench.Run(25);

        Assert.AreEqual(3, bench.CountLogged("[init -> a] hello"));
        Assert.AreEqual(2, bench.CountLogged("""child "a" exited with exit value 2; starting it again"""));
        bench.Run(100);
        bench.ExpectLine("""[init] child "a" exited with exit value 2; it stays ended after 5 restarts in 60 s""");
        Assert.AreEqual(6, bench.CountLogged("[init -> a] hello"));
    }

    [TestMethod]
    public void AnExitThatPropagatesEndsTheSubsystemWithItsValue()
    {
        InitBench bench = new InitBench().Start("""<start name="sub" ram="256K" caps="300"><binary name="init"/><config>""" + InitBench.Defaults
            + """<start name="a"><binary name="actor"/><exit propagate="yes"/><config after="5"><exit value="42"/></config></start>"""
            + Node("b", "", "after=\"10\"", """<call name="Timer"/>""") + "</config></start>");
        bench.Run(20);

        bench.ExpectLine("""[init -> sub] child "a" exited with exit value 42; so does this init""");
        bench.ExpectLine("""[init] child "sub" exited with exit value 42""");
        bench.ExpectNot("[init -> sub -> b] call");
        Assert.IsNull(bench.Kernel.DumpCapabilities("init -> sub -> b"));
    }

    [TestMethod]
    public void AnExitThatPropagatesToCoreLeavesTheBoardRunning()
    {
        InitBench bench = new InitBench().Start("""<start name="a"><binary name="actor"/><exit propagate="yes"/><config><exit value="3"/></config></start>"""
            + Node("b", "", "after=\"10\"", """<call name="Timer"/>"""));
        bench.Run(20);

        bench.ExpectLine("init exited with 3");
        bench.Expect("[init -> b] call Timer: ok");
    }

    [TestMethod]
    public void AnExitOfAComponentOfSeveralThreadsStopsThemAll()
    {
        InitBench bench = new InitBench().With("many", new Many()).Start("""<start name="a"><binary name="many"/></start>""");
        bench.Run(20);

        bench.Expect("""child "a" exited with exit value 1""");
        bench.ExpectNot("entered after the exit");
    }

    [TestMethod]
    public void AChildThatFaultsTooOftenStaysStopped()
    {
        InitBench bench = new InitBench().Start("""<start name="a" restart="yes"><binary name="actor"/><config><fault/>"""
            + """</config></start>""");

        Assert.AreEqual(6, bench.CountLogged("[init -> a] hello"));
        bench.Expect("it stays stopped after 5 restarts in 60 s");
    }

    [TestMethod]
    public void RestartsAreForgottenAfterAWhile()
    {
        InitBench bench = new InitBench().Start(
            """<start name="a" restart="yes"><binary name="actor"/><config after="20000"><fault/></config></start>""");
        bench.Run(210000);

        Assert.AreEqual(11, bench.CountLogged("[init -> a] hello"));
    }

    [TestMethod]
    public void AnEndReturnsAllThatInitSpent()
    {
        // What init has when the child could not be made at all is what it must have after one has come and gone.
        string[] ends = new string[] { "<exit/>", "<fault/>", """<call name="Timer"/><open name="S"/><call name="RM"/><exit/>""" };
        Quota never = new InitBench().Start(InitBench.Server() + """<start name="a"><binary name="nothing"/></start>""").Quota;
        for (int i = 0; i < ends.Length; i++)
        {
            InitBench bench = new InitBench().Start(InitBench.Server() + Node("a", "", "", ends[i]));
            Same(never, bench.Quota, ends[i] + "\n" + bench.Kernel.DumpCapabilities("init") + bench.Log());
        }
    }

    [TestMethod]
    public void RestartsWithSessionsAndRequestsLoseNothing()
    {
        // Both ends of sessions and requests come and go, at different times.
        string client = """<start name="client" restart="yes"><binary name="actor"/><config after="20000">"""
            + """<open name="S"/><open name="T"/><call name="Timer"/><open name="S"/><fault/></config></start>""";
        string server = """<start name="server" restart="yes"><binary name="actor"/><provides><service name="S"/>"""
            + """<service name="T"/></provides>"""
            + """<config after="30000"><announce name="S"/><fault/></config></start>""";
        InitBench bench = new InitBench().Start(client + server
            + Node("other", "", "after=\"25000\"", """<open name="S"/><open name="T"/>"""));
        bench.Run(75000);
        Quota early = bench.Quota;
        string dump = bench.Kernel.DumpCapabilities("init")!;
        bench.Run(600000);

        Same(early, bench.Quota, dump + bench.Kernel.DumpCapabilities("init"));
    }

    [TestMethod]
    public void AConfigurationIsTheSameAfterARestart()
    {
        InitBench bench = new InitBench().With("vandal", new Vandal()).Start(
            """<start name="a" restart="yes"><binary name="vandal"/><config x="1"/></start>""");
        bench.Run(5);

        Assert.AreEqual(6, bench.CountLogged("""<config x="1"/>"""), bench.Log());
    }

    private static void Same(Quota expected, Quota actual, string what)
    {
        Assert.AreEqual(expected.RamQuota, actual.RamQuota, what);
        Assert.AreEqual(expected.RamUsed, actual.RamUsed, what);
        Assert.AreEqual(expected.CapQuota, actual.CapQuota, what);
        Assert.AreEqual(expected.CapUsed, actual.CapUsed, what);
    }

    private static string Node(string name, string elements, string attributes, string actions)
        => InitBench.Node(name, elements, "", attributes, actions);

    /// <summary>Throws, in another thread than its first.</summary>
    private sealed class Thrower : Program
    {
        public override void Construct(Env env) => env.Submit(env.Signal(1, env.Entrypoint(1, "worker", 4)));

        public override void OnSignal(Env env, int label, int count) => throw new System.InvalidCastException();
    }

    /// <summary>Exits while events wait in another of its threads, and resumes itself for good measure.</summary>
    private sealed class Many : Program
    {
        public override void Construct(Env env)
        {
            int worker = env.Entrypoint(1, "worker", 3);
            env.Submit(env.Signal(1, worker));
            env.Exit(1);
            new CpuSession(env, Selectors.Cpu).Resume(worker);
        }

        public override void OnSignal(Env env, int label, int count) => env.Log("entered after the exit");
    }

    /// <summary>Reads its configuration, overwrites it and faults.</summary>
    private sealed class Vandal : Program
    {
        public override void Construct(Env env)
        {
            var rom = new RomSession(env, env.Connect("ROM", "config", 0, 0, 0));
            env.Log(rom.ReadText(100, out Error _));
            int address = env.Attach(rom.Dataspace(out int _, out Error _));
            env.Memory.WriteInt32(address, 0);
            env.Memory.ReadInt32(0);
        }
    }
}
