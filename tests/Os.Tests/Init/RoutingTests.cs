// Where session requests go, and what their servers see of them.
namespace Tern.Os.Tests;

[TestClass]
public class RoutingTests
{
    private const string Any = "<any-service> <parent/> <any-child/> </any-service>";

    [TestMethod]
    public void ASiblingsSessionIsOpenedUnderTheClientsName()
    {
        InitBench bench = new InitBench().Start(Server("server") + Client("", """<open name="S" label="x"/>"""));

        bench.Expect("[init -> server] opened by client -> x, argument 0");
        bench.Expect("[init -> client] open S: ok");
        bench.Expect("[init -> client] answer 42: ok");
    }

    [TestMethod]
    public void ACallForASiblingsSessionIsToldToSend()
    {
        InitBench bench = new InitBench().Start(Server("server") + Client("", """<call name="S"/>"""));

        bench.Expect("[init -> client] call S: not callable: must be sent");
        bench.ExpectNot("opened by");
    }

    [TestMethod]
    public void CoresSessionIsThereAtOnceForCallAndSend()
    {
        InitBench bench = new InitBench().Start(Client("", """<call name="Timer" close="yes"/><open name="RM" close="yes"/>"""));

        bench.Expect("[init -> client] call Timer: ok");
        bench.Expect("[init -> client] open RM: ok");
        Assert.AreEqual(2, bench.CountLogged("[init -> client] close: ok"));
    }

    [TestMethod]
    public void ARequestWaitsUntilItsServerAnnounces()
    {
        InitBench bench = new InitBench().Start(Client("", """<open name="S"/>""")
            + Node("server", "", "S", "after=\"5\"", """<announce name="S"/>"""));

        bench.ExpectNot("open S");
        bench.Run(6);
        bench.Expect("[init -> client] answer 42: ok");
    }

    [TestMethod]
    public void WaitingRequestsAreServedInTheirOrder()
    {
        InitBench bench = new InitBench().Start(
            Client("", """<open name="S" label="1"/><open name="S" label="2"/><open name="S" label="3"/>""")
            + Node("server", "", "S", "after=\"5\"", """<announce name="S"/>"""));
        bench.Run(6);

        string log = bench.Log();
        int first = log.IndexOf("opened by client -> 1");
        int second = log.IndexOf("opened by client -> 2");
        int third = log.IndexOf("opened by client -> 3");
        Assert.IsTrue(first > 0 && first < second && second < third, log);
    }

    [TestMethod]
    public void TwoServicesOfOneChildAreKeptApart()
    {
        InitBench bench = new InitBench().Start(
            """<start name="server"><binary name="actor"/><provides><service name="S"/><service name="T"/></provides>"""
            + """<config><announce name="T"/><announce name="S"/></config></start>"""
            + Client("", """<open name="S" label="s"/><open name="T" label="t"/>"""));

        bench.Expect("[init -> server] opened by client -> s");
        bench.Expect("[init -> server] opened by client -> t");
        bench.Expect("[init -> client] open S: ok");
        bench.Expect("[init -> client] open T: ok");
    }

    [TestMethod]
    public void TheFirstMatchingServiceElementDecides()
    {
        Served("a", """<service name="S"> <child name="a"/> </service><service name="S"> <child name="b"/> </service>""");
        Served("b", """<service name="T"> <child name="a"/> </service><service name="S"> <child name="b"/> </service>""" + Any);
        Served("a", """<service name="S"> <parent/> <child name="nobody"/> <child name="a"/> </service>""");
        Served("b", """<any-service> <parent/> </any-service><service name="S"> <child name="b"/> </service>""");
    }

    [TestMethod]
    public void AServiceElementWhoseTargetsDoNotProvideDenies()
    {
        InitBench bench = Two("""<service name="S"> <parent/> </service><any-service> <child name="a"/> </any-service>""", "x");

        bench.Expect("""[init] Error: start "client" line 1, column""");
        bench.Expect("""no route to service "S" (label "x")""");
        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void LabelsChooseTheServiceElement()
    {
        string other = """<service name="S"> <child name="b"/> </service>""";
        Served("a", """<service name="S" label="x -> y"> <child name="a"/> </service>""" + other);
        Served("b", """<service name="S" label="x"> <child name="a"/> </service>""" + other);
        Served("a", """<service name="S" label_prefix="x"> <child name="a"/> </service>""" + other);
        Served("b", """<service name="S" label_prefix="y"> <child name="a"/> </service>""" + other);
        Served("a", """<service name="S" label_suffix="> y"> <child name="a"/> </service>""" + other);
        Served("b", """<service name="S" label_suffix="x"> <child name="a"/> </service>""" + other);
        Served("a", """<service name="S" label_last="y"> <child name="a"/> </service>""" + other);
        Served("b", """<service name="S" label_last="x -> y"> <child name="a"/> </service>""" + other);
        Served("b", """<service name="S" label_prefix="x" label_last="z"> <child name="a"/> </service>""" + other);
    }

    [TestMethod]
    public void ATargetsLabelTakesThePlaceOfTheClients()
    {
        InitBench bench = Two("""<service name="S"> <child name="a" label="guest"/> </service>""", "x");

        bench.Expect("[init -> a] opened by guest, argument 0");
    }

    [TestMethod]
    public void AnyChildIsNobodyWhenSeveralProvide()
    {
        InitBench bench = Two("<any-service> <any-child/> </any-service>", "x");

        bench.Expect("""several children provide "S"; say which:""");
        bench.Expect("[init -> client] open S: service denied");
    }

    [TestMethod]
    public void AnyChildIsNeverOneself()
    {
        InitBench bench = new InitBench().Start(Node("server", "", "S", "", """<announce name="S"/><open name="S"/>"""));

        bench.Expect("[init -> server] open S: service denied");
    }

    [TestMethod]
    public void TheDefaultRouteIsForThoseWithoutOne()
    {
        InitBench bench = new InitBench().Start("""<default-route> <service name="S"> <child name="b"/> </service> </default-route>"""
            + Server("a") + Server("b")
            + Client("", """<open name="S"/><call name="Timer"/>""")
            + Node("other", "<route>" + Any + "</route>", "", "", """<call name="Timer"/>"""));

        bench.Expect("[init -> b] opened by client");
        bench.Expect("[init -> client] call Timer: service denied");
        bench.Expect("[init -> other] call Timer: ok");
    }

    [TestMethod]
    public void TheParentProvidesWhatIsListed()
    {
        InitBench bench = new InitBench().Start("""<parent-provides><service name="Timer"/></parent-provides>"""
            + Client("", """<call name="Timer"/><call name="RM"/>"""));

        bench.Expect("[init -> client] call Timer: ok");
        bench.Expect("[init -> client] call RM: service denied");
    }

    [TestMethod]
    public void WithoutAListTheParentProvidesWhatCoreDoes()
    {
        string[] services = new string[] { "PD", "CPU", "RM", "ROM", "LOG", "Report", "Timer", "IRQ", "IO_MEM", "SPI", "TRACE", "Block", "Nic", "Crypto", "Power" };
        for (int i = 0; i < services.Length; i++)
        {
            InitBench bench = new InitBench().Start(Client("", "<call name=\"" + services[i] + "\"/>"));

            bench.Expect("[init -> client] call " + services[i] + ": ");
            bench.ExpectNot("service denied");
        }
    }

    [TestMethod]
    public void WhatAServerRefusesItsClientIsTold()
    {
        InitBench bench = Two("""<service name="S"> <child name="a" label="refused"/> </service>""", "x");

        bench.Expect("[init -> client] open S: not permitted");
    }

    [TestMethod]
    public void AServiceThatIsNotProvidedCannotBeAnnounced()
    {
        InitBench bench = new InitBench().Start(Client("", """<announce name="S"/>"""));

        bench.Expect("[init -> client] announce S: not permitted");
        bench.Expect("""announces "S"; add <service name="S"/> to its <provides>""");
    }

    [TestMethod]
    public void AServiceIsAnnouncedOnce()
    {
        InitBench bench = new InitBench().Start(Node("server", "", "S", "", """<announce name="S"/><announce name="S"/>"""));

        bench.Expect("[init -> server] announce S: ok");
        bench.Expect("[init -> server] announce S: exists already");
    }

    [TestMethod]
    public void AChildThatAsksTooMuchIsRefusedAlone()
    {
        string opens = Xml.Repeat("""<open name="S"/>""", 20);
        InitBench bench = new InitBench().Start(Client("", opens) + Node("server", "", "S", "after=\"5\"", """<announce name="S"/>""")
            + Node("other", "", "", "after=\"2\"", """<open name="S"/>"""));

        Assert.AreEqual(4, bench.CountLogged("[init -> client] open S: kernel table full"));
        bench.Expect("""[init] Error: start "client": table full: a child may have 16 requests""");
        bench.Run(10);
        Assert.AreEqual(16, bench.CountLogged("[init -> client] open S: ok"));
        bench.Expect("[init -> other] open S: ok");
    }

    [TestMethod]
    public void ChildrenHaveBoundedNumbersOfSessions()
    {
        InitBench bench = new InitBench().Start(Client("", Xml.Repeat("""<call name="RM"/>""", 70)));

        Assert.AreEqual(64, bench.CountLogged("[init -> client] call RM: ok"));
        Assert.AreEqual(6, bench.CountLogged("[init -> client] call RM: kernel table full"));
    }

    [TestMethod]
    public void VerboseTellsWhereSessionsGo()
    {
        InitBench bench = new InitBench().Boot("""<config verbose="yes">""" + InitBench.Defaults
            + Server("server") + Client("", """<open name="S" label="x"/>""") + "</config>");

        bench.Expect("[init] child \"client\": S \"client -> x\" -> \"server\"");
    }

    /// <summary>The session <c>x -> y</c> of S of a client with this route goes to a or b.</summary>
    private static void Served(string by, string route)
    {
        InitBench bench = Two(route, "x -> y");
        bench.Expect("[init -> " + by + "] opened by client -> x -> y");
        bench.ExpectNot("[init -> " + (by == "a" ? "b" : "a") + "] opened");
    }

    private static InitBench Two(string route, string label)
        => new InitBench().Start(Server("a") + Server("b")
        + Client("<route>" + route + "</route>", "<open name=\"S\" label=\"" + label + "\"/>"));

    private static string Server(string name) => Node(name, "", "S", "", """<announce name="S"/>""");

    private static string Client(string elements, string actions) => Node("client", elements, "", "", actions);

    private static string Node(string name, string elements, string provides, string attributes, string actions)
        => InitBench.Node(name, elements, provides, attributes, actions);
}
