// What the end of a client or a server means to the other: sessions are closed, who waits is denied or goes on waiting.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class SessionEndTests
{
    [TestMethod]
    public void AClientsSessionsEndWithIt()
    {
        InitBench bench = new InitBench().With("waiter", new Waiter())
            .Start(InitBench.Server() + """<start name="a"><binary name="waiter"/></start>""");
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
            .Start(InitBench.Server() + """<start name="a" caps="200"><binary name="hoarder"/></start>""");
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
        InitBench bench = new InitBench().Start(InitBench.Node("client", "", "", "", """<open name="S"/>""")
            + """<start name="server"><binary name="actor"/><provides><service name="S"/></provides><config after="5"><exit/>"""
            + """</config></start>""");
        bench.ExpectNot("open S");
        bench.Run(10);

        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void WhoAsksForAServerThatHasEndedIsDenied()
    {
        InitBench bench = new InitBench().Start(InitBench.Node("client", "", "", "after=\"5\"", """<open name="S"/>""")
            + """<start name="server"><binary name="actor"/><provides><service name="S"/></provides><config><exit/></config></start>""");
        bench.Run(10);

        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void AServerThatFaultsWhileItOpensDenies()
    {
        InitBench bench = new InitBench().With("brittle", new Brittle()).Start(
            """<start name="server"><binary name="brittle"/><provides><service name="S"/></provides></start>"""
            + InitBench.Node("client", "", "", "", """<open name="S"/>"""));

        bench.Expect("""[init] Error: child "server" faulted""");
        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void WhoWaitsForAServerThatRestartsGoesOnWaiting()
    {
        InitBench bench = new InitBench().With("second", new SecondTime()).Start(InitBench.Node("client", "", "", "", """<open name="S"/>""")
            + """<start name="server" restart="yes"><binary name="second"/><provides><service name="S"/></provides></start>""");
        bench.Run(50);

        bench.Expect("""[init] Error: child "server" faulted""");
        bench.Expect("[init -> client] open S: ok");
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
}
