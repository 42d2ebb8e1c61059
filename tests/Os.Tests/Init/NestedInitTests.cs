// An init as child of an init: the same program, one level further down.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class NestedInitTests
{
    private const string Server = """<start name="nic_router"><binary name="actor"/><provides><service name="Uplink"/></provides>"""
        + """<config><announce name="Uplink"/></config></start>""";

    private const string Up = """<parent-provides><service name="Uplink"/><service name="Timer"/><service name="ROM"/></parent-provides>""";

    [TestMethod]
    public void LabelsNameTheWholeWay()
    {
        InitBench bench = new InitBench().Start(Server
            + Drivers(Actor("nic_drv", "", """<open name="Uplink"/><open name="Uplink" label="eth0"/>""")));

        bench.Expect("[init -> drivers -> nic_drv] hello");
        bench.Expect("[init -> nic_router] opened by drivers -> nic_drv, argument 0");
        bench.Expect("[init -> nic_router] opened by drivers -> nic_drv -> eth0, argument 0");
        bench.Expect("[init -> drivers -> nic_drv] open Uplink: ok");
        bench.Expect("[init -> drivers -> nic_drv] answer 42: ok");
    }

    [TestMethod]
    public void ACallForASessionBehindTheParentIsToldToSend()
    {
        InitBench bench = new InitBench().Start(Server + Drivers(Actor("nic_drv", "", """<call name="Uplink"/>""")));

        bench.Expect("[init -> drivers -> nic_drv] call Uplink: not callable: must be sent");
    }

    [TestMethod]
    public void CoreIsAsNearAsForEverybody()
    {
        InitBench bench = new InitBench().Start(Drivers(Actor("nic_drv", "", """<call name="Timer" close="yes"/><open name="Timer"/>""")));

        bench.Expect("[init -> drivers -> nic_drv] call Timer: ok");
        bench.Expect("[init -> drivers -> nic_drv] close: ok");
        bench.Expect("[init -> drivers -> nic_drv] open Timer: ok");
    }

    [TestMethod]
    public void EachReadsItsOwnConfiguration()
    {
        InitBench bench = new InitBench().Start(Drivers(
            """<start name="a"><binary name="actor"/><config say="a"/></start><start name="b"><binary name="actor"/>"""
            + """<config say="b"/></start>"""));

        bench.Expect("[init -> drivers -> a] hello a");
        bench.Expect("[init -> drivers -> b] hello b");
    }

    [TestMethod]
    public void ASessionIsClosedThroughBoth()
    {
        InitBench bench = new InitBench().Start(Server + Drivers(Actor("nic_drv", "", """<open name="Uplink" close="yes"/>""")));

        bench.Expect("[init -> drivers -> nic_drv] close: ok");
        Assert.AreEqual(1, bench.CountLogged("[init -> nic_router] closed"));
    }

    [TestMethod]
    public void AGrandchildsSessionsEndWithIt()
    {
        InitBench bench = new InitBench().With("leaver", new Leaver()).Start(Server + Drivers("""<start name="leaver"/>"""));
        bench.Expect("[init -> drivers -> leaver] got it");
        bench.Expect("""[init -> drivers] child "leaver" exited with exit value 0""");
        Assert.AreEqual(1, bench.CountLogged("[init -> nic_router] closed"));
    }

    [TestMethod]
    public void ASubsystemThatIsStoppedTakesItsSessionsAlong()
    {
        InitBench bench = new InitBench().With("brittle", new Brittle()).Start(Server
            + """<start name="drivers" caps="400" ram="512K"><binary name="brittle"/><config>""" + InitBench.Defaults + Up
            + Actor("nic_drv", "", """<open name="Uplink"/><open name="Uplink"/><call name="Timer"/>""") + "</config></start>");
        bench.Expect("[init -> drivers -> nic_drv] open Uplink: ok");
        bench.Run(10);

        bench.Expect("""child "drivers" faulted""");
        Assert.IsNull(bench.Kernel.DumpCapabilities("init -> drivers -> nic_drv"));
        Assert.AreEqual(2, bench.CountLogged("[init -> nic_router] closed"));
    }

    [TestMethod]
    public void RestartsBelowLoseNothingAbove()
    {
        InitBench bench = new InitBench().Start(Server + Drivers(
            """<start name="a" restart="yes"><binary name="actor"/><config after="20000"><open name="Uplink"/>"""
            + """<call name="Timer"/><fault/></config></start>"""));
        bench.Run(50000);
        int early = bench.Quota.CapUsed;
        long ram = bench.Quota.RamUsed;
        bench.Run(600000);

        Assert.AreEqual(early, bench.Quota.CapUsed, bench.Kernel.DumpCapabilities("init"));
        Assert.AreEqual(ram, bench.Quota.RamUsed);
        Assert.AreEqual(33, bench.CountLogged("[init -> drivers -> a] hello"));
    }

    [TestMethod]
    public void InnerErrorsBearTheInnerName()
    {
        InitBench bench = new InitBench().Start(Drivers("""<start name="a"><binary name="none"/></start>"""));

        bench.Expect("""[init -> drivers] Error: start "a" line 1, column """);
    }

    private static string Drivers(string starts)
        => """<start name="drivers" caps="400" ram="512K"><binary name="init"/><config>""" + InitBench.Defaults + Up + starts
        + "</config></start>";

    private static string Actor(string name, string attributes, string actions) => InitBench.Node(name, "", "", attributes, actions);

    /// <summary>Opens a session and exits when it has it.</summary>
    private sealed class Leaver : Program
    {
        public override void Construct(Env env) => env.Open("Uplink", "", 1);

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            env.Log("got it");
            env.Exit(0);
        }
    }

    /// <summary>An init that faults after 5 ms.</summary>
    private sealed class Brittle : PinnedProgram
    {
        private const int Fault = 5000;

        private readonly Init _init = new Init();

        public override void Construct(Env env)
        {
            _init.Construct(env);
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(Fault));
            timer.TriggerOnce(Fault);
        }

        public override Error OnRequest(Env env, int label, Message request) => _init.OnRequest(env, label, request);

        public override void OnReply(Env env, int label, Error error, Message answer) => _init.OnReply(env, label, error, answer);

        public override void OnSignal(Env env, int label, int count)
        {
            if (label == Fault)
            {
                env.Memory.ReadInt32(0);
            }

            _init.OnSignal(env, label, count);
        }
    }
}
