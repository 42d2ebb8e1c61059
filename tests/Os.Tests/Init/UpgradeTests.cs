// Donations to sessions: with the request and afterwards, to siblings, to core and through a nested init; what they are at each
// moment, to the byte, and that they return.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public partial class UpgradeTests
{
    private const string Up = """<parent-provides><service name="S"/><service name="Timer"/><service name="ROM"/></parent-provides>""";

    [TestMethod]
    public void ADonationIsTheServersWhileTheSessionIsOpenAndReturnsAtItsClose()
    {
        InitBench bench = Start(Server(""), Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" close="10" """));
        bench.Run(30);

        Assert.AreEqual("at first 32768/100. opened: ok 28672/95. upgraded: ok 27672/93. closed: ok. in the end 32768/100. ",
            bench.LogOf("[init -> client] "), bench.Log());
        Assert.AreEqual("at first 32768/100. opened with 4096/5, has 36864/105. upgraded by 1000/2 to 5096/7, has 37864/107. "
            + "closed with 5096/7. in the end 32768/100. ", bench.LogOf("[init -> server] "), bench.Log());
    }

    [TestMethod]
    public void ADonationToCoreIsKeptAndReturnsAtTheClose()
    {
        InitBench bench = new InitBench().With("client", new Donor()).Start(
            """<start name="client"><config service="Timer" ram="4096" caps="5" more-ram="1000" more-caps="2" close="10"/></start>""");
        bench.Run(30);

        Assert.AreEqual("at first 32768/100. opened: ok 28672/95. upgraded: ok 27672/93. closed: ok. in the end 32768/100. ",
            bench.LogOf("[init -> client] "), bench.Log());
    }

    [TestMethod]
    public void ADonationPassesThroughANestedInitAtItsGrandchildsCost()
    {
        InitBench bench = new InitBench().With("server", new Taker()).With("client", new Donor()).Start(Server("")
            + """<start name="sub" ram="256K" caps="300"><binary name="init"/><config>""" + InitBench.Defaults + Up
            + Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" close="10" """) + "</config></start>");
        bench.Run(30);

        Assert.AreEqual("at first 32768/100. opened: ok 28672/95. upgraded: ok 27672/93. closed: ok. in the end 32768/100. ",
            bench.LogOf("[init -> sub -> client] "), bench.Log());
        bench.Expect("[init -> server] upgraded by 1000/2 to 5096/7, has 37864/107.");
        bench.Expect("[init -> server] in the end 32768/100.");
    }

    [TestMethod]
    public void WhatInitHasIsNotTouched()
    {
        Quota never = Start(Server(""), Client("")).Quota;
        InitBench bench = Start(Server(""), Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" """));
        Same(never, bench.Quota, bench.Log());
        bench = Start(Server(""), Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" close="10" """));
        bench.Run(30);
        InitBench plain = Start(Server(""), Client("""close="10" """));
        plain.Run(30);
        Same(plain.Quota, bench.Quota, bench.Log());
    }

    [TestMethod]
    [DataRow("more-ram=\"1000000\"", "out of RAM")]
    [DataRow("more-caps=\"1000\"", "out of capabilities")]
    [DataRow("more-ram=\"-1\"", "bad argument")]
    [DataRow("more-caps=\"-1\"", "bad argument")]
    public void AnUpgradeThatCannotBeIsNamedAndChangesNothing(string more, string error)
    {
        foreach (string service in new string[] { "S", "Timer" })
        {
            InitBench bench = Start(Server(""), Client("service=\"" + service + "\" " + more + " close=\"10\""));
            bench.Run(30);
            bench.Expect("[init -> client] upgraded: " + error + " 32768/100.");
            bench.Expect("[init -> client] in the end 32768/100.");
        }
    }

    [TestMethod]
    [DataRow("ram=\"1000000\"", "out of RAM")]
    [DataRow("caps=\"1000\"", "out of capabilities")]
    [DataRow("ram=\"-1\"", "bad argument")]
    public void ADonationThatCannotBeOpensNoSession(string donation, string error)
    {
        foreach (string service in new string[] { "S", "Timer" })
        {
            InitBench bench = Start(Server(""), Client("service=\"" + service + "\" " + donation));
            bench.Expect("[init -> client] opened: " + error + " 32768/100.");
            bench.ExpectNot("opened with");
        }
    }

    [TestMethod]
    public void ADeniedSessionReturnsItsDonation()
    {
        InitBench bench = Start(Server("""denies="yes" """), Client("""ram="4096" caps="5" """));
        bench.Run(30);

        bench.Expect("[init -> client] opened: not permitted 32768/100.");
        bench.Expect("[init -> server] in the end 32768/100.");
    }

    [TestMethod]
    public void AServersEndReturnsWhatItWasDonated()
    {
        foreach (string end in new string[] { "exits=\"10\"", "faults=\"10\"" })
        {
            InitBench bench = Start(Server(end), Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" """));
            bench.Expect("[init -> client] upgraded: ok 27672/93.");
            bench.Run(30);
            bench.Expect("[init -> client] in the end 32768/100.");
        }
    }

    [TestMethod]
    public void AClientsEndReturnsItsDonationToInit()
    {
        InitBench bench = Start(Server(""), Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" exits="10" """));
        bench.Run(30);
        bench.Expect("closed with 5096/7");
        bench.Expect("[init -> server] in the end 32768/100.");
        InitBench plain = Start(Server(""), Client("""exits="10" """));
        plain.Run(30);
        Same(plain.Quota, bench.Quota, bench.Log());
    }

    [TestMethod]
    public void WhatAServerUsedUpIsSaidAndTheRestReturns()
    {
        // The heap keeps the 40000 bytes that it grew by.
        InitBench bench = Start(Server("""wastes="40000" """), Client("""ram="20000" close="10" """));
        bench.Run(30);

        bench.Expect("""[init] Warning: child "server" has used up """);
        bench.ExpectNot("in the end 32768/100. in the end");
        Assert.IsFalse(bench.LogOf("[init -> client] ").Contains("in the end 32768/100"), bench.Log());
    }

    [TestMethod]
    public void ADonationThatWaitsForAServerReturnsWhenTheClientIsDenied()
    {
        InitBench bench = Start(Server("""late="yes" exits="5" """), Client("""ram="4096" caps="5" """));
        bench.ExpectNot("opened:");
        bench.Run(30);
        bench.Expect("[init -> client] opened: service denied 32768/100.");
    }

    [TestMethod]
    public void AnUpgradeThatItsServerDoesNotSurviveReturns()
    {
        InitBench bench = Start(Server("""trips="yes" """), Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" """));
        bench.Run(30);

        bench.Expect("""child "server" faulted""");
        bench.Expect("[init -> client] upgraded: server faulted ");
        bench.Expect("[init -> client] in the end 32768/100.");
    }

    [TestMethod]
    public void UpgradesThatWaitAreLimitedAndWhatIsTooManyReturns()
    {
        InitBench bench = new InitBench().With("server", new Taker()).With("client", new Hasty()).Start(Server("") + """<start name="client"/>""");
        bench.Run(30);

        Assert.AreEqual(16, bench.CountLogged("[init -> client] upgraded: ok"), bench.Log());
        Assert.AreEqual(4, bench.CountLogged("[init -> client] upgraded: kernel table full"), bench.Log());
        bench.Expect("table full: a child may have 16 requests, all together 64");
        bench.Expect("[init -> client] left " + (32768 - 1600) + "/100.");
        bench.Expect("[init -> server] in the end " + (32768 + 1600) + "/100.");
    }

    [TestMethod]
    public void AnUpgradeThatWaitsWhenItsServerEndsIsToldSo()
    {
        InitBench bench = new InitBench().With("server", new Taker()).With("client", new Hasty()).Start(Server("""leaves="yes" """)
            + """<start name="client"/>""");
        bench.Run(30);

        Assert.AreEqual(1, bench.CountLogged("[init -> client] upgraded: ok"), bench.Log());
        Assert.AreEqual(15, bench.CountLogged("[init -> client] upgraded: server gone"), bench.Log());
        bench.Expect("[init -> client] left 32768/100.");
    }

    [TestMethod]
    public void ADonationOnItsWayToAServerThatEndsReturns()
    {
        // The client asks in the instant in which the server leaves, just before it.
        InitBench bench = Start(Client("""ram="4096" caps="5" after="10" """), Server("""exits="10" """));
        bench.Run(30);

        bench.Expect("[init -> client] opened: service denied 32768/100.");
        bench.Expect("[init -> client] in the end 32768/100.");
    }

    [TestMethod]
    public void ASessionThatEndsWithItsServerReturnsItsDonationOnce()
    {
        // The server leaves with the first of three upgrades, behind which the session's end waits for it.
        InitBench bench = new InitBench().With("server", new Taker()).With("client", new Hasty()).Start(Server("""leaves="yes" """)
            + """<start name="client"><config count="3" close="1"/></start>""");
        bench.Run(30);

        bench.Expect("[init -> client] closed: ok.");
        bench.ExpectNot("[init -> server] closed");
        bench.Expect("[init -> client] in the end 32768/100.");
    }

    [TestMethod]
    public void AnUpgradeThatItsServerRefusesReturnsAndTheSessionStays()
    {
        InitBench bench = new InitBench().With("server", new Plain()).With("client", new Donor()).Start(Server("")
            + Client("""ram="4096" caps="5" more-ram="1000" more-caps="2" """));

        bench.Expect("[init -> client] opened: ok 28672/95.");
        bench.Expect("[init -> client] upgraded: unknown opcode 28672/95.");
    }

    [TestMethod]
    public void AnUpgradeThatIsUnderWayWhenItsSessionEndsIsToldSo()
    {
        InitBench bench = new InitBench().With("server", new Taker()).With("client", new Hasty()).Start(Server("")
            + """<start name="client"><config close="1"/></start>""");
        bench.Run(30);

        // Those that were sent are the server's; those that waited are given up with the session.
        Assert.AreEqual(8, bench.CountLogged("[init -> client] upgraded: ok"), bench.Log());
        Assert.AreEqual(8, bench.CountLogged("[init -> client] upgraded: server gone"), bench.Log());
        bench.Expect("[init -> client] in the end 32768/100.");
        bench.Expect("[init -> server] in the end 32768/100.");
    }

    [TestMethod]
    public void AnUpgradeIsOfAnOpenSessionAndByWhoPaysForIt()
    {
        InitBench bench = new InitBench().With("server", new Taker()).With("thief", new Thief()).Start(Server("")
            + """<start name="thief"/>""");
        Assert.AreEqual("call: not callable: must be sent. no session: invalid capability. no payer: not permitted. "
            + "other payer: not permitted. no payer at core: not permitted. ", bench.LogOf("[init -> thief] "), bench.Log());
    }

    private static InitBench Start(string server, string client)
        => new InitBench().With("server", new Taker()).With("client", new Donor()).Start(server + client);

    private static string Server(string attributes)
        => """<start name="server"><provides><service name="S"/></provides><config """ + attributes + "/></start>";

    private static string Client(string attributes) => "<start name=\"client\"><config " + attributes + "/></start>";

    private static void Same(Quota expected, Quota actual, string what)
    {
        Assert.AreEqual(expected.RamQuota, actual.RamQuota, what);
        Assert.AreEqual(expected.CapQuota, actual.CapQuota, what);
        Assert.AreEqual(expected.RamUsed, actual.RamUsed, what);
        Assert.AreEqual(expected.CapUsed, actual.CapUsed, what);
    }

    private static string Quotas(Env env)
    {
        var quota = default(Quota);
        new PdSession(env, Selectors.Pd).ReadQuota(ref quota);
        return quota.RamQuota + "/" + quota.CapQuota + ".";
    }

    private static int Configured(Env env, string attribute)
    {
        int session = env.Connect("ROM", "config", 0, 0, 0);
        string text = new RomSession(env, session).ReadText(XmlLimits.Bytes, out Error _);
        env.Close(session);
        int value = 0;
        string given = XmlNode.TryParse(text, out XmlNode root, out XmlFault _) ? root.Attribute(attribute, "") : "";
        if (given.Length > 0 && given[0] == '-')
        {
            return -1;
        }

        root.Attribute(attribute).Read(ref value);
        return given == "yes" || given == "Timer" ? 1 : value;
    }

    private static void Tick(Env env, int label, long milliseconds)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(label));
        timer.TriggerOnce(milliseconds * 1000);
    }

    /// <summary>Opens, upgrades and closes a session as its configuration says, and tells its budgets.</summary>
    private sealed class Donor : Program
    {
        public override void Construct(Env env)
        {
            env.Root = env.Allocate(8);
            env.Log("at first " + Quotas(env));
            if (Configured(env, "after") > 0)
            {
                Tick(env, 4, Configured(env, "after"));
            }
            else
            {
                Open(env);
            }

            Tick(env, 2, 20);
            if (Configured(env, "close") > 0)
            {
                Tick(env, 1, Configured(env, "close"));
            }

            if (Configured(env, "exits") > 0)
            {
                Tick(env, 3, Configured(env, "exits"));
            }
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            if (label == 1)
            {
                env.Memory.WriteInt32(env.Root, answer.Capability(0));
            }

            env.Log((label == 1 ? "opened: " : "upgraded: ") + Errors.Name(error) + " " + Quotas(env));
            int ram = Configured(env, "more-ram");
            int caps = Configured(env, "more-caps");
            if (label == 1 && error == Error.None && (ram != 0 || caps != 0))
            {
                env.Upgrade(env.Memory.ReadInt32(env.Root), ram, caps, 2);
            }
        }

        public override void OnSignal(Env env, int label, int count)
        {
            if (label == 1)
            {
                env.Log("closed: " + Errors.Name(env.Close(env.Memory.ReadInt32(env.Root))) + ".");
            }
            else if (label == 3)
            {
                env.Exit(0);
            }
            else if (label == 4)
            {
                Open(env);
            }
            else
            {
                env.Log("in the end " + Quotas(env));
            }
        }

        private static void Open(Env env)
        {
            string service = Configured(env, "service") == 1 ? "Timer" : "S";
            env.OpenWith(service, "", Configured(env, "ram"), Configured(env, "caps"), 0, 1);
        }
    }

    /// <summary>Serves sessions, and tells what they bring.</summary>
    private sealed class Taker : Program
    {
        public override void Construct(Env env)
        {
            env.Log("at first " + Quotas(env));
            if (Configured(env, "late") == 0)
            {
                env.Announce("S", 16);
            }

            Tick(env, 2, 20);
            if (Configured(env, "exits") > 0)
            {
                Tick(env, 3, Configured(env, "exits"));
            }

            if (Configured(env, "faults") > 0)
            {
                Tick(env, 4, Configured(env, "faults"));
            }
        }

        public override Error OnOpen(Env env, int session, Message request)
        {
            env.Log("opened with " + request.Word(0) + "/" + request.Word(1) + ", has " + Quotas(env));
            env.Allocate(Configured(env, "wastes"));
            return Configured(env, "denies") == 1 ? Error.NotPermitted : Error.None;
        }

        public override void OnUpgrade(Env env, int session, int ram, int caps)
        {
            env.Log("upgraded by " + ram + "/" + caps + " to " + env.DonatedRam(session) + "/" + env.DonatedCaps(session) + ", has " + Quotas(env));
            if (Configured(env, "trips") == 1)
            {
                env.Memory.ReadInt32(0);
            }

            if (Configured(env, "leaves") == 1)
            {
                env.Exit(0);
            }
        }

        public override void OnClose(Env env, int session)
            => env.Log("closed with " + env.DonatedRam(session) + "/" + env.DonatedCaps(session) + ".");

        public override void OnSignal(Env env, int label, int count)
        {
            if (label == 3)
            {
                env.Exit(0);
            }
            else if (label == 4)
            {
                env.Memory.ReadInt32(0);
            }

            env.Log("in the end " + Quotas(env));
        }
    }

    /// <summary>Serves sessions with a root of its own, which knows nothing of upgrades.</summary>
    private sealed class Plain : Program
    {
        public override void Construct(Env env)
        {
            int root = env.Gate(1);
            env.Call(Selectors.Parent, env.Compose(ParentOperation.Announce).AddText("S").AddCapability(root));
        }

        public override Error OnRequest(Env env, int label, Message request)
        {
            if (request.Opcode != RootOperation.Create)
            {
                return Error.UnknownOpcode;
            }

            int session = env.Gate(2);
            request.AddCapability(session);
            return Error.None;
        }
    }

    /// <summary>Upgrades a session twenty times at once; then closes it, if it is configured so.</summary>
    private sealed class Hasty : Program
    {
        public override void Construct(Env env)
        {
            env.Open("S", "", 1);
            Tick(env, 2, 20);
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            if (label != 1)
            {
                env.Log((label == 2 ? "upgraded: " : "closed: ") + Errors.Name(error) + ".");
                return;
            }

            int session = answer.Capability(0);
            int count = Configured(env, "count") > 0 ? Configured(env, "count") : 20;
            for (int i = 0; i < count; i++)
            {
                env.Upgrade(session, 100, 0, 2);
            }

            if (Configured(env, "close") == 1)
            {
                env.Send(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(session), 3);
            }
        }

        public override void OnSignal(Env env, int label, int count)
            => env.Log((Configured(env, "close") == 1 ? "in the end " : "left ") + Quotas(env));
    }

    /// <summary>Upgrades in every way that is not its to.</summary>
    private sealed class Thief : Program
    {
        public override void Construct(Env env) => env.Open("S", "", 1);

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            if (label == 1)
            {
                int session = answer.Capability(0);
                int timer = env.Connect("Timer");
                int pd = env.ConnectPd("below", 4096, 20, out int _);
                env.Upgrade(Selectors.Log, 1, 0, 2);
                env.Log("call: " + Errors.Name(env.Upgrade(session, 1, 0)) + ".");
                Ask(env, session, Selectors.Invalid, 3);
                Ask(env, session, pd, 4);
                Ask(env, timer, Selectors.Log, 5);
                return;
            }

            string what = label == 2 ? "no session" : label == 3 ? "no payer" : label == 4 ? "other payer" : "no payer at core";
            env.Log(what + ": " + Errors.Name(error) + ".");
        }

        private static void Ask(Env env, int session, int payer, int label)
            => env.Send(Selectors.Parent, env.Compose(ParentOperation.Upgrade).Add(1).Add(1).AddCapability(session).AddCapability(payer), label);
    }
}
