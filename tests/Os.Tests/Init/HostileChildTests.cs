// A child that does not keep to the rules harms itself at most.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class HostileChildTests
{
    [TestMethod]
    public void NobodyElsePaysForASession()
    {
        Does(1, "no payer: not permitted");
        Does(2, "a LOG session as payer: not permitted");
        Does(3, "an ended session as payer: not permitted");
    }

    [TestMethod]
    public void AMalformedSessionRequestIsRefused()
    {
        Does(4, "negative name: bad argument");
        Does(5, "name beyond the text: bad argument");
        Does(6, "no text: bad argument");
    }

    [TestMethod]
    public void ALabelThatGrowsTooLongIsRefused()
    {
        Does(7, "long label at parent: message too long");
        Does(8, "long label at sibling: message too long");
    }

    [TestMethod]
    public void OnlyTheClientClosesItsSession()
    {
        InitBench bench = Does(9, "foreign session: invalid capability");
        bench.Expect("[init -> server] lent");
        bench.Expect("[init -> server] timer still there: ok");
        Does(10, "nothing: invalid capability");
        Does(11, "own PD: invalid capability");
    }

    [TestMethod]
    public void WhatIsNoGateCannotBeAnnounced() => Does(12, "announce a signal: invalid capability");

    [TestMethod]
    public void UnknownOperationsAreRefused()
    {
        Does(13, "opcode 99: unknown opcode");
        Does(14, "config opcode 99: unknown opcode");
    }

    [TestMethod]
    public void ADonationOfMoreThanItHasIsRefused() => Does(15, "donation: out of RAM");

    [TestMethod]
    public void ExitingTwiceIsExitingOnce()
    {
        InitBench bench = Does(16, "exits");
        Assert.AreEqual(1, bench.CountLogged("""child "villain" exited with exit value 1"""));
        bench.ExpectNot("exit value 2");
    }

    [TestMethod]
    public void WhoExitsAndFaultsIsNotStartedAgain()
    {
        InitBench bench = Does(17, "exits");
        Assert.AreEqual(1, bench.CountLogged("[init -> villain] exits"));
        Assert.IsNull(bench.Kernel.DumpCapabilities("init -> villain"));
    }

    [TestMethod]
    public void AServerThatNeverAnswersKeepsNobodyElseWaiting()
    {
        string greedy = Xml.Repeat("""<open name="H"/>""", 16);
        string nodes = """<start name="hung"><binary name="hung"/><provides><service name="H"/></provides></start>"""
            + InitBench.Node("server", "", "S", "", """<announce name="S"/>""")
            + InitBench.Node("good", "", "", "after=\"5\"", """<open name="S" close="yes"/>""");
        for (int i = 0; i < 3; i++)
        {
            nodes += InitBench.Node("greedy" + i, "", "", "", greedy);
        }

        InitBench bench = new InitBench().With("hung", new Hung()).Start(nodes);
        bench.Run(10);

        bench.Expect("[init -> hung] asked");
        bench.Expect("[init -> good] open S: ok");
        bench.Expect("[init -> server] closed");
        bench.ExpectNot("open H");
    }

    private static InitBench Does(int deed, string outcome)
    {
        InitBench bench = new InitBench().With("villain", new Villain()).With("lender", new Lender()).Start(
            """<start name="server"><binary name="lender"/><provides><service name="S"/></provides></start>"""
            + "<start name=\"villain\" restart=\"yes\"><binary name=\"villain\"/><provides><service name=\"V\"/></provides>"
            + "<config deed=\"" + deed + "\"/></start>"
            + InitBench.Node("good", "", "", "after=\"5\"", """<open name="S"/>"""));
        bench.Run(10);

        bench.Expect("[init -> villain] " + outcome);
        bench.ExpectNot("[init] fault");
        bench.Expect("[init -> good] open S: ok");
        return bench;
    }

    /// <summary>Keeps every session request for ever.</summary>
    private sealed class Hung : Program
    {
        public override void Construct(Env env)
        {
            int root = env.Gate(5);
            env.Call(Selectors.Parent, env.Compose(ParentOperation.Announce).AddText("H").AddCapability(root));
        }

        public override Error OnRequest(Env env, int label, Message request)
        {
            env.Log("asked");
            env.Defer();
            return Error.Deferred;
        }
    }

    /// <summary>Lends its timer session to whoever asks.</summary>
    private sealed class Lender : Program
    {
        public override void Construct(Env env) => env.Announce("S", 8);

        public override Error OnRequest(Env env, int label, Message request)
        {
            if (request.Opcode == 2)
            {
                // What was lent is tried again when the borrower has done its worst.
                env.Log("timer still there: " + Errors.Name(env.Call(env.Memory.ReadInt32(label), env.Compose(TimerOperation.Elapsed))));
                return Error.None;
            }

            int timer = env.Connect("Timer");
            env.Memory.WriteInt32(label, timer);
            env.Log("lent");
            request.AddCapability(timer);
            return Error.None;
        }
    }

    private sealed class Villain : Program
    {
        private const int Borrowed = 1000;

        public override void Construct(Env env)
        {
            int rom = env.Connect("ROM", "config", 0, 0, 0);
            int deed = 0;
            Xml.Parse(new RomSession(env, rom).ReadText(100, out Error _)).Attribute("deed").Read(ref deed);
            switch (deed)
            {
                case 1:
                    Told(env, "no payer", env.Call(Selectors.Parent, Session(env, "PD", "", 2)));
                    break;
                case 2:
                    Told(env, "a LOG session as payer", env.Call(Selectors.Parent, Session(env, "PD", "", 2).AddCapability(Selectors.Log)));
                    break;
                case 3:
                    int pd = env.ConnectPd("x", 4096, 8, out int _);
                    int kept = env.Connect("RM");
                    env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(pd));
                    Told(env, "an ended session as payer", env.Call(Selectors.Parent, Session(env, "PD", "", 2).AddCapability(pd)));
                    env.Close(kept);
                    break;
                case 4:
                    Told(env, "negative name", env.Call(Selectors.Parent, Session(env, "PD", "", -1).AddCapability(Selectors.Pd)));
                    break;
                case 5:
                    Told(env, "name beyond the text", env.Call(Selectors.Parent, Session(env, "PD", "", 3).AddCapability(Selectors.Pd)));
                    break;
                case 6:
                    Told(env, "no text", env.Call(Selectors.Parent, env.Compose(ParentOperation.Session)));
                    break;
                case 7:
                    env.Connect("LOG", Xml.Repeat("x", 120), 0, 0, 0);
                    Told(env, "long label at parent", env.LastError);
                    break;
                case 8:
                    env.Open("S", Xml.Repeat("x", 126), 8);
                    break;
                case 9:
                    env.Open("S", "", 9);
                    break;
                case 10:
                    Told(env, "nothing", env.Call(Selectors.Parent, env.Compose(ParentOperation.Close)));
                    break;
                case 11:
                    Told(env, "own PD", env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(Selectors.Pd)));
                    break;
                case 12:
                    int signal = env.Signal(1);
                    Told(env, "announce a signal",
                        env.Call(Selectors.Parent, env.Compose(ParentOperation.Announce).AddText("V").AddCapability(signal)));
                    break;
                case 13:
                    Told(env, "opcode 99", env.Call(Selectors.Parent, env.Compose(99)));
                    break;
                case 14:
                    Told(env, "config opcode 99", env.Call(rom, env.Compose(99)));
                    break;
                case 15:
                    env.Send(Selectors.Parent, env.Compose(ParentOperation.Session).Add(1).Add(1 << 30).AddText("S")
                        .AddCapability(Selectors.Pd), 15);
                    break;
                default:
                    env.Log("exits");
                    env.Exit(1);
                    env.Exit(2);
                    if (deed == 17)
                    {
                        env.Memory.ReadInt32(0);
                    }

                    break;
            }
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            int first = answer.Capability(0);
            if (label == 9)
            {
                env.Send(first, env.Compose(1), Borrowed + first);
            }
            else if (label >= Borrowed)
            {
                Told(env, "foreign session", env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(first)));
                env.Send(label - Borrowed, env.Compose(2), 92);
            }
            else
            {
                Told(env, label == 8 ? "long label at sibling" : label == 15 ? "donation" : "tried", error);
            }
        }

        private static Message Session(Env env, string service, string label, int length)
            => env.Compose(ParentOperation.Session).Add(length).Add(4096).Add(8).AddText(service + label);

        private static void Told(Env env, string what, Error error) => env.Log(what + ": " + Errors.Name(error));
    }
}
