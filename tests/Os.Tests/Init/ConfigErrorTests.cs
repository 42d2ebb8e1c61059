// What is wrong with a configuration is said with its place, and does not concern the others.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class ConfigErrorTests
{
    private const string Good = "\n<start name=\"good\" ram=\"64K\"><binary name=\"actor\"/></start>\n</config>";

    [TestMethod]
    public void MalformedXmlIsNamed()
    {
        InitBench bench = new InitBench().Boot("<config>\n  <start name=\"a\">\n</config>");
        bench.ExpectLine("[init] Error: config line 3, column 1: a closing tag must name the element that was opened last");
    }

    [TestMethod]
    public void AnotherRootIsNamed()
        => new InitBench().Boot("\n <start name=\"a\"/>").ExpectLine(
            "[init] Error: config line 2, column 2: the root element is <start>; write <config>");

    [TestMethod]
    public void AMissingConfigurationIsNamed()
    {
        new InitBench().Boot("").ExpectLine("""[init] Error: no ROM module "config": not found""");
        new InitBench().Boot("<config>" + Xml.Repeat(" ", XmlLimits.Bytes) + "</config>")
            .Expect("""[init] Error: config is longer than 65536 bytes""");
    }

    [TestMethod]
    public void AnEmptyConfigurationIsNoError()
    {
        InitBench bench = new InitBench().Boot("<config/>");
        bench.ExpectNot("Error");
        bench.ExpectNot("Warning");
    }

    [TestMethod]
    public void AStartNodeThatIsWrongIsRefusedAlone()
    {
        Refused("<start/>", "start line 2, column 1: <start> needs a name; write name=\"…\"");
        Refused("""<start name="a -> b"/>""", """start line 2, column 8: "a -> b" is no name;""");
        Refused("""<start name="a"/>""", """start "a" line 2, column 1: no RAM; write <resource name="RAM" quantum="1M"/> here""");
        Refused("""<start name="a" ram="64K"/>""",
            """start "a" line 2, column 1: there is no program "a"; name one of the boot image in <binary>""");
        Refused("""<start name="a" ram="many"/>""", """start "a" line 2, column 17: ram is "many"; write bytes from 1 to""");
        Refused("""<start name="a" ram="0"/>""", """start "a" line 2, column 17: ram is "0"; write bytes""");
        Refused("""<start name="a" ram="4G"/>""", """start "a" line 2, column 17: ram is "4G"; write bytes""");
        Refused("""<start name="a" ram="64K" caps="-1"/>""",
            """start "a" line 2, column 27: caps is "-1"; write a number from 1 to 1000000""");
        Refused("""<start name="a" ram="64K" priority="99"/>""",
            """start "a" line 2, column 27: priority is "99"; write a number from 0 to 13""");
        Refused("""<start name="a" ram="64K"><affinity xpos="1"/></start>""",
            """start "a" line 2, column 27: the location 1x1 at 1,0 is not in the affinity space of 1x1; choose one that is, or give init a larger <affinity-space>""");
        Refused("""<start name="a" ram="64K"><affinity width="0"/></start>""",
            """start "a" line 2, column 37: width is "0"; write a number from 1 to 255""");
        Refused("""<start name="a" ram="64K"><resource name="CPU" quantum="101"/></start>""",
            """start "a" line 2, column 48: quantum is "101"; write a number from 1 to 100""");
        Refused("""<start name="a" ram="64K"><exit propagate="yes" restart="yes"/></start>""",
            """start "a" line 2, column 27: <exit> cannot both propagate and restart; choose one""");
        Refused(Start("", """<resource name="DMA" quantum="10"/>"""),
            """start "a" line 2, column 60: unknown resource "DMA"; init knows RAM, CAP and CPU""");
        Refused("""<start name="a"><resource name="RAM" quantum="64K"/><resource name="RAM" quantum="16K"/>"""
            + """<binary name="actor"/></start>""",
            """start "a" line 2, column 53: a second <resource> of RAM; put both into one""");
        Refused(Start("", "<config/><config/>"), """start "a" line 2, column 59: a second <config> does not count""");
        Refused("""<start name="a" ram="64K"><exit propagate="so"/></start>""",
            """start "a" line 2, column 33: propagate is "so"; write yes or no""");
        Refused("""<start name="a" ram="64K" restart="perhaps"/>""",
            """start "a" line 2, column 27: restart is "perhaps"; write yes or no""");
        Refused("<start name=\"a\">\n <resource name=\"RAM\"/></start>", """start "a" line 3, column 2: <resource> needs a quantum""");
        Refused("<start name=\"a\">\n <resource name=\"RAM\" quantum=\"x\"/></start>", "start \"a\" line 3, column 23: quantum is \"x\"");
        Refused("""<start name="a" ram="64K"><binary/></start>""", """start "a" line 2, column 27: <binary> needs a name""");
        Refused("""<start name="a" ram="64K"><provides><service/></provides></start>""",
            """start "a" line 2, column 37: <service> needs a name""");
    }

    [TestMethod]
    public void ARouteThatIsNotUnderstoodRefusesItsChild()
    {
        RouteRefused("""<service name="S" lable="x"> <parent/> </service>""", 52,
            """unknown attribute "lable"; <service> has name label label_prefix""");
        RouteRefused("<services/>", 34, "unknown element <services>; <route> contains service any-service");
        RouteRefused("<service> <parent/> </service>", 34, "<service> needs a name; for all services write <any-service>");
        RouteRefused("""<any-service label="x"> <parent/> </any-service>""", 47, """unknown attribute "label"; <any-service> has none""");
        RouteRefused("<any-service> <children/> </any-service>", 48,
            "unknown element <children>; <any-service> contains parent child any-child");
        RouteRefused("<any-service> <child/> </any-service>", 48,
            "<child> needs a name; for the one child that provides the service write <any-child/>");
        RouteRefused("""<any-service> <any-child name="x"/> </any-service>""", 59, """unknown attribute "name"; <any-child> has none""");
    }

    [TestMethod]
    public void ARouteThatInitCannotServeRefusesItsChild()
    {
        foreach (string service in new string[] { "LOG", "PD", "CPU" })
        {
            string complaint = "a child gets its " + service + " session from core, under its own label";
            RouteRefused("<service name=\"" + service + "\"> <child name=\"good\"/> </service>", 34, complaint);
            RouteRefused("<service name=\"" + service + "\"> <parent label=\"x\"/> </service>", 34, complaint);
            RouteRefused("<service name=\"" + service + "\"/>", 34, complaint);
            new InitBench().Boot("<config>" + Start("", "<route><service name=\"" + service + "\"> <parent/> </service></route>") + Good)
                .Expect("[init -> a] hello");
        }
    }

    [TestMethod]
    public void WhatIsNotKnownElsewhereIsAnErrorThatKeepsNoChildFromStarting()
    {
        Unknown("<heart/>", "config line 2, column 1: unknown element <heart>; <config> contains parent-provides");
        Unknown("""<default caps="100" rum="1"/>""", """config line 2, column 21: unknown attribute "rum"; <default> has caps ram""");
        Unknown("<default caps=\"50\"/>\n<default caps=\"60\"/>",
            "config line 3, column 1: a second <default> does not count; put both into one");
        Unknown(Start("colour=\"red\"", ""), """start "a" line 2, column 27: unknown attribute "colour"; <start> has name caps ram""");
        Unknown(Start("", "<heart/>"), """start "a" line 2, column 50: unknown element <heart>; <start> contains binary""");
    }

    [TestMethod]
    public void AllThatIsNotKnownIsTold()
    {
        InitBench bench = new InitBench().Boot("<config one=\"1\" two=\"2\">\n<three/><four/>"
            + Start("five=\"5\" six=\"6\"", "<seven/><eight/>") + Good);
        Complained(bench, "config line 1, column 9: unknown attribute \"one\"");
        Complained(bench, "config line 1, column 17: unknown attribute \"two\"");
        Complained(bench, "config line 2, column 1: unknown element <three>");
        Complained(bench, "config line 2, column 9: unknown element <four>");
        Complained(bench, "unknown attribute \"five\"");
        Complained(bench, "unknown attribute \"six\"");
        Complained(bench, "unknown element <seven>");
        Complained(bench, "unknown element <eight>");
    }

    [TestMethod]
    public void ATextThatIsMeantForSomethingElseIsToldOfAThousandTimesAndNotMore()
    {
        InitBench bench = new InitBench().Boot("<config>" + Xml.Repeat("<sheep/>", 5000) + Good);
        Assert.AreEqual(ConfigReader.MostTold, bench.CountLogged("unknown element <sheep>"));
        bench.ExpectLine("[init] Error: config has more faults than these 1000; mend them first");
        bench.Expect("[init -> good] hello");
    }

    [TestMethod]
    public void ADefaultRouteThatIsNotUnderstoodIsToldOnceAndRefusesTheChildrenThatHaveIt()
    {
        InitBench bench = new InitBench().Boot("<config>\n<default-route><any-service> <parents/> </any-service></default-route>\n"
            + Start("", "") + "<start name=\"b\" ram=\"64K\"><binary name=\"actor\"/><route><any-service> <parent/> </any-service></route></start></config>");
        Assert.AreEqual(1, bench.CountLogged("unknown element <parents>"), bench.Log());
        Complained(bench, "Error: config line 2, column 30: unknown element <parents>; <any-service> contains parent child any-child");
        Complained(bench, "start \"a\" line 3, column 1: not started: the <default-route> is not understood");
        bench.ExpectNot("[init -> a]");
        bench.Expect("[init -> b] hello");
    }

    [TestMethod]
    public void WhatInitDoesWithoutIsWarnedOf()
    {
        Warned("<heartbeat/>", "config line 2, column 1: element <heartbeat> has no meaning here; ignored");
        Warned(Start("version=\"2\"", ""), """start "a" line 2, column 27: attribute "version" has no meaning here; ignored""");
        Warned(Start("", """<route><service name="S"> <child name="b"/> </service></route>"""),
            """start "a" line 2, column 76: there is no start node "b"; its sessions""");
        Warned(Start("", """<route><service name="S"> <child name="good"/> </service></route>"""),
            "\"good\" has no <service name=\"S\"/> in its <provides>;");
        Warned(Start("", """<route><service name="S"/></route>"""), "<service> names no target, so it denies");
        Warned(Start("", """<config/><route><service name="ROM" label="config"> <parent/> </service></route>"""),
            "the child's configuration is the <config> of its start node; this rule changes nothing");
    }

    [TestMethod]
    public void AConfigurationThatIsRoutedComesFromThere()
    {
        InitBench bench = new InitBench().With("teller", new Teller()).WithModule("a.config", "<config x=\"9\"/>").Boot(
            """<config><start name="a" ram="64K"><binary name="teller"/><route>"""
            + """<service name="ROM" label="config"> <parent label="a.config"/> </service>"""
            + """<any-service> <parent/> </any-service></route></start></config>""");
        bench.Expect("""[init -> a] <config x="9"/>""");
    }

    [TestMethod]
    public void AChildsOwnConfigurationIsNoneOfInitsBusiness()
    {
        InitBench bench = new InitBench().Boot("<config>" + Start("", """<config nonsense="1"><start/><route><x/></route></config>""")
            + Good);
        bench.ExpectNot("Warning");
        bench.ExpectNot("Error");
    }

    [TestMethod]
    public void ADuplicateNameIsRefused()
    {
        InitBench bench = new InitBench().Boot("<config>\n" + Start("", "") + "\n" + Start("", "") + Good);

        bench.Expect("""[init] Error: start "a" line 3, column 1: the name is taken by an earlier start node;""");
        Assert.AreEqual(1, bench.CountLogged("[init -> a] hello"));
        bench.Expect("[init -> good] hello");
    }

    [TestMethod]
    public void MoreStartNodesThanFitAreNamed()
    {
        string starts = "";
        for (int i = 0; i < 34; i++)
        {
            starts += """<start name="n""" + i + "\" ram=\"8K\"><binary name=\"actor\"/></start>\n";
        }

        InitBench bench = new InitBench().Boot("<config>\n" + starts + "</config>");
        bench.Expect("""[init] Error: start "n32" line 34, column 1: table full: one init has at most 32 children""");
        bench.Expect("[init -> n0] hello");
    }

    [TestMethod]
    public void LongComplaintsAreNotCut()
    {
        InitBench bench = new InitBench().Boot("<config>"
            + Start("", """<route><service name="S"> <child name="b" x="1"/> </service></route>""") + Good);
        bench.Expect("<child> has name label");

        bench = new InitBench().Boot("<config><start name=\"a\" ram=\"64K\"><binary name=\"" + Xml.Repeat("ä", 48)
            + "\"/></start></config>");
        bench.Expect("name one of the boot image");
    }

    private static string Start(string attributes, string elements)
        => """<start name="a" ram="64K" """ + attributes + """><binary name="actor"/>""" + elements + "</start>";

    private static void Refused(string start, string complaint)
    {
        InitBench bench = new InitBench().Boot("<config>\n" + start + Good);
        Complained(bench, "Error: " + complaint);
        bench.ExpectNot("[init -> a]");
        bench.Expect("[init -> good] hello");
    }

    private static void RouteRefused(string rules, int column, string complaint)
        => Refused("""<start name="a" ram="64K"><route>""" + rules + """</route><binary name="actor"/></start>""",
            """start "a" line 2, column """ + column + ": " + complaint);

    private static void Unknown(string element, string complaint)
    {
        InitBench bench = new InitBench().Boot("<config>\n" + element + Good);
        Complained(bench, "Error: " + complaint);
        bench.Expect("[init -> good] hello");
        if (element.Contains("<start"))
        {
            bench.Expect("[init -> a] hello");
        }
    }

    private static void Warned(string element, string complaint)
    {
        InitBench bench = new InitBench().Boot("<config>\n" + element + Good);
        Complained(bench, complaint);
        bench.ExpectNot("Error");
        bench.Expect("[init -> good] hello");
    }

    /// <summary>A complaint may go on in the next line of the log.</summary>
    private static void Complained(InitBench bench, string complaint)
    {
        string told = bench.LogOf("[init] ");
        Assert.IsTrue(told.Contains(complaint), complaint + "\n" + bench.Log());
    }

    private sealed class Teller : Program
    {
        public override void Construct(Env env) => env.Log(new RomSession(env, env.Connect("ROM", "config", 0, 0, 0)).ReadText(100));
    }
}
