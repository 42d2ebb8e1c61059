// What is wrong with a configuration is said with its place, and does not concern the others.
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
            .Expect("""[init] Error: ROM module "config" is longer than 65536 bytes""");
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
        Refused("""<start name="a -> b"/>""", """start line 2, column 1: "a -> b" is no name;""");
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
            "<child> needs a name; for whoever provides the service write <any-child/>");
        RouteRefused("""<any-service> <any-child name="x"/> </any-service>""", 59, """unknown attribute "name"; <any-child> has none""");
    }

    [TestMethod]
    public void WhatIsNotUnderstoodElsewhereIsWarnedOf()
    {
        Warned("<heartbeat/>", "config line 2, column 1: unknown element <heartbeat>; <config> contains parent-provides");
        Warned("""<default caps="100" rum="1"/>""",
            """config line 2, column 21: unknown attribute "rum"; <default> has caps ram; ignored""");
        Warned("<default caps=\"50\"/>\n<default caps=\"60\"/>",
            "config line 3, column 1: a second <default> is ignored; put both into one");
        Warned(Start("colour=\"red\"", ""), """start "a" line 2, column 27: unknown attribute "colour"; <start> has name caps ram""");
        Warned(Start("", "<heartbeat/>"), """start "a" line 2, column 50: unknown element <heartbeat>; <start> contains binary""");
        Warned(Start("", """<resource name="DMA" quantum="10"/>"""),
            """start "a" line 2, column 50: unknown resource "DMA"; init knows RAM, CAP and CPU; ignored""");
        Warned(Start("", "<config/><config/>"), """start "a" line 2, column 59: a second <config> is ignored""");
        Warned(Start("", """<route><service name="S"> <child name="b"/> </service></route>"""),
            """start "a" line 2, column 76: there is no start node "b"; its sessions""");
        Warned(Start("", """<route><service name="S"> <child name="good"/> </service></route>"""),
            "\"good\" has no <service name=\"S\"/> in its <provides>;");
        Warned(Start("", """<route><service name="S"/></route>"""), "<service> names no target, so it denies");
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
}
