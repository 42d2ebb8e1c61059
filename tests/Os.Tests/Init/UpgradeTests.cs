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
}
