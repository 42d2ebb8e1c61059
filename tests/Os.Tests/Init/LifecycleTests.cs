// How children end, what their end means to the others, and that nothing of what init spent on them is lost.
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
        InitBench bench = new InitBench().Start(Server() + Node("a", "", "", """<open name="S"/><exit/>"""));

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
        Quota never = new InitBench().Start(Server() + """<start name="a"><binary name="nothing"/></start>""").Quota;
        for (int i = 0; i < ends.Length; i++)
        {
            InitBench bench = new InitBench().Start(Server() + Node("a", "", "", ends[i]));
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
    public void AClientsSessionsEndWithIt()
    {
        InitBench bench = new InitBench().With("waiter", new Waiter())
            .Start(Server() + """<start name="a"><binary name="waiter"/></start>""");
        bench.Expect("[init -> a] got both");
        bench.ExpectNot("[init -> server] closed");
        bench.Run(10);
        bench.Expect("exited with exit value 7");
        Assert.AreEqual(2, bench.CountLogged("[init -> server] closed"));
    }

    [TestMethod]
    public void MoreSessionsThanRequestsFitEndTogether()
    {
        InitBench bench = new InitBench().With("hoarder", new Hoarder())
            .Start(Server() + """<start name="a" caps="200"><binary name="hoarder"/></start>""");
        bench.Run(10);

        Assert.AreEqual(60, bench.CountLogged("[init -> server] opened by a"));
        bench.Expect("""child "a" exited with exit value 60""");
        Assert.AreEqual(60, bench.CountLogged("[init -> server] closed"));
    }

    [TestMethod]
    public void ASessionThatIsOpenedForNobodyIsClosed()
    {
        InitBench bench = new InitBench().With("slow", new Slow()).With("waiter", new Waiter()).Start(
            """<start name="server"><binary name="slow"/><provides><service name="S"/></provides></start>"""
            + """<start name="client"><binary name="waiter"/></start>""");
        bench.Run(6);
        bench.Expect("""child "client" exited""");
        Assert.AreEqual(2, bench.CountLogged("[init -> server] asked by client"));
        bench.ExpectNot("[init -> server] told of an end");
        bench.Run(10);

        Assert.AreEqual(2, bench.CountLogged("[init -> server] told of an end"));
        bench.ExpectNot("[init -> client] got");
    }

    [TestMethod]
    public void WhoWaitsForAServerThatEndsIsDenied()
    {
        InitBench bench = new InitBench().Start(Node("client", "", "", """<open name="S"/>""")
            + """<start name="server"><binary name="actor"/><provides><service name="S"/></provides><config after="5"><exit/>"""
            + """</config></start>""");
        bench.ExpectNot("open S");
        bench.Run(10);

        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void WhoAsksForAServerThatHasEndedIsDenied()
    {
        InitBench bench = new InitBench().Start(Node("client", "", "after=\"5\"", """<open name="S"/>""")
            + """<start name="server"><binary name="actor"/><provides><service name="S"/></provides><config><exit/></config></start>""");
        bench.Run(10);

        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void AServerThatFaultsWhileItOpensDenies()
    {
        InitBench bench = new InitBench().With("brittle", new Brittle()).Start(
            """<start name="server"><binary name="brittle"/><provides><service name="S"/></provides></start>"""
            + Node("client", "", "", """<open name="S"/>"""));

        bench.Expect("""[init] Error: child "server" faulted""");
        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void WhoWaitsForAServerThatRestartsGoesOnWaiting()
    {
        InitBench bench = new InitBench().With("second", new SecondTime()).Start(Node("client", "", "", """<open name="S"/>""")
            + """<start name="server" restart="yes"><binary name="second"/><provides><service name="S"/></provides></start>""");
        bench.Run(50);

        bench.Expect("""[init] Error: child "server" faulted""");
        bench.Expect("[init -> client] open S: ok");
    }

    [TestMethod]
    public void AConfigurationIsTheSameAfterARestart()
    {
        InitBench bench = new InitBench().With("vandal", new Vandal()).Start(
            """<start name="a" restart="yes"><binary name="vandal"/><config x="1"/></start>""");
        bench.Run(5);

        Assert.AreEqual(6, bench.CountLogged("""[init -> a] <config x="1"/>"""), bench.Log());
    }

    private static void Same(Quota expected, Quota actual, string what)
    {
        Assert.AreEqual(expected.RamQuota, actual.RamQuota, what);
        Assert.AreEqual(expected.RamUsed, actual.RamUsed, what);
        Assert.AreEqual(expected.CapQuota, actual.CapQuota, what);
        Assert.AreEqual(expected.CapUsed, actual.CapUsed, what);
    }

    private static string Server() => InitBench.Node("server", "", "S", "", """<announce name="S"/>""");

    private static string Node(string name, string elements, string attributes, string actions)
        => InitBench.Node(name, elements, "", attributes, actions);

    /// <summary>Throws, in another thread than its first.</summary>
    private sealed class Thrower : Program
    {
        public override void Construct(Env env) => env.Submit(env.Signal(1, env.Entrypoint(1, "worker", 5)));

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

    /// <summary>Has two sessions, and exits after 5 ms.</summary>
    private sealed class Waiter : Program
    {
        public override void Construct(Env env)
        {
            env.Open("S", "", 1);
            env.Open("S", "", 2);
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerOnce(5000);
        }

        public override void OnReply(Env env, int label, Error error, Message answer) => env.Log(label == 2 ? "got both" : "got one");

        public override void OnSignal(Env env, int label, int count) => env.Exit(7);
    }

    /// <summary>Answers its session requests 10 ms after its start.</summary>
    private sealed class Slow : Program
    {
        private const int Root = 5;
        private const int Session = 6;

        public override void Construct(Env env)
        {
            int root = env.Gate(Root);
            env.Call(Selectors.Parent, env.Compose(ParentOperation.Announce).AddText("S").AddCapability(root));
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerOnce(10000);
        }

        public override Error OnRequest(Env env, int label, Message request)
        {
            if (request.Opcode == RootOperation.Close)
            {
                env.Log("told of an end" + (env.LabelOf(request.Capability(0)) == Session ? "" : " of something else"));
                return Error.None;
            }

            env.Log("asked by " + request.Text);
            env.Defer();
            return Error.Deferred;
        }

        public override void OnSignal(Env env, int label, int count)
        {
            // The kernel numbers deferred requests from 1.
            for (int token = 1; token <= 2; token++)
            {
                int gate = env.Gate(Session);
                env.Reply(token, Error.None, env.Compose(0).AddCapability(gate));
            }
        }
    }

    /// <summary>Opens one session after the other, and exits with their number when there are 60.</summary>
    private sealed class Hoarder : Program
    {
        public override void Construct(Env env) => env.Open("S", "", 1);

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            if (label < 60 && error == Error.None)
            {
                env.Open("S", "", label + 1);
            }
            else
            {
                env.Exit(error == Error.None ? label : -1);
            }
        }
    }

    /// <summary>Faults when somebody opens a session.</summary>
    private sealed class Brittle : Program
    {
        public override void Construct(Env env) => env.Announce("S", 8);

        public override Error OnOpen(Env env, int session, Message request)
        {
            env.Memory.ReadInt32(0);
            return Error.None;
        }
    }

    /// <summary>Announces if the board is older than 4 ms, and faults otherwise, 3 ms after its start.</summary>
    private sealed class SecondTime : Program
    {
        public override void Construct(Env env)
        {
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerOnce(3000);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            int timer = env.Connect("Timer");
            Message message = env.Compose(TimerOperation.Elapsed);
            env.Call(timer, message);
            if (message.Word64(0) < 4000000)
            {
                env.Memory.ReadInt32(0);
            }

            env.Announce("S", 8);
        }
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
