// RTCR's configuration: what each element means, its defaults, and what is wrong told with its place.
using Tern.Kernel;
using Tern.Os;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class RtcrConfigTests
{
    [TestMethod]
    public void AConfigurationWithoutAnythingCountsSheepAndTakesTheFirstCheckpointAlone()
    {
        RtcrConfig config = Read("<config name=\"dummy_1\"/>");
        Assert.AreEqual(1, config.TargetCount);
        Assert.AreEqual("dummy_1", config.Targets[0].Name);
        Assert.AreEqual("sheep_counter", config.Targets[0].Binary);
        Assert.AreEqual(0, config.Defaults.PeriodMilliseconds);
        Assert.IsFalse(config.Defaults.OnChange);
        Assert.IsFalse(config.Defaults.OnRequest);
        Assert.IsFalse(config.Migration.WatchesLoad);
        Assert.IsFalse(config.Migration.WatchesSleep);
        Assert.IsFalse(config.Cdma.IsOn);
        Assert.AreEqual(0, config.Policies.Count);
        Assert.AreEqual(0, config.Reader.Count);
    }

    [TestMethod]
    public void ATargetHasItsOwnRulesWhereItSaysSoAndTheCommonOnesElsewhere()
    {
        RtcrConfig config = Read(
            "<config><checkpoint period_ms=\"2000\" min_ms=\"70\"/><rom changed=\"refuse\"/>"
            + "<start name=\"a\"/>"
            + "<start name=\"b\"><checkpoint on_change=\"yes\" on_request=\"yes\"/><rom changed=\"update\"/><flows open=\"refuse\"/></start></config>");
        Assert.AreEqual(0, config.Reader.Count);
        TargetRules a = config.RulesOf("a");
        Assert.AreEqual(2000, a.PeriodMilliseconds);
        Assert.AreEqual(70, a.MinMilliseconds);
        Assert.IsTrue(a.RefusesOtherRoms);
        Assert.IsFalse(a.OnChange || a.OnRequest || a.RefusesOpenFlows);
        TargetRules b = config.RulesOf("b");
        Assert.AreEqual(2000, b.PeriodMilliseconds);
        Assert.IsTrue(b.OnChange && b.OnRequest && b.RefusesOpenFlows);
        Assert.IsFalse(b.RefusesOtherRoms);
        Assert.IsTrue(config.RulesOf("somebody else's").RefusesOtherRoms, "whoever comes gets the common rules");
    }

    [TestMethod]
    public void ARouteSaysWhichTargetServes()
    {
        RtcrConfig config = Read(
            "<config><start name=\"a\"><route><service name=\"S\"><child name=\"b\"/></service><any-service><parent/></any-service></route>"
            + "</start><start name=\"b\"/></config>");
        Assert.AreEqual(0, config.Reader.Count);
        TargetRoute route = config.Targets[0].Route;
        Assert.IsTrue(route.Allows("S", "b"));
        Assert.IsFalse(route.Allows("S", "c"));
        Assert.IsFalse(route.Allows("T", "b"));
        Assert.IsTrue(config.Targets[1].Route.Allows("T", "a"), "without a route any target does");

        config = Read(
            "<config><start name=\"a\"><route><service/><service name=\"S\"/><any-service><child/></any-service><elsewhere/>"
            + "<service name=\"S\" label=\"x\"><parent/></service></route></start></config>");
        Assert.AreEqual(5, config.Reader.Count);
        string many = "";
        for (int i = 0; i < 9; i++)
        {
            many += "<service name=\"S" + i + "\"><parent/></service>";
        }

        Assert.AreEqual(1, Read("<config><start name=\"a\"><route>" + many + "</route></start></config>").Reader.Count);
    }

    [TestMethod]
    public void MigrationRulesAreRead()
    {
        MigrationRules rules = Read(
            "<config><migrate after_ms=\"10\" target=\"a\" drain_ms=\"20\" overload_percent=\"80\" min_free_ram=\"64K\" for_ms=\"30\""
            + " relief_percent=\"50\" rest_ms=\"40\" on_sleep=\"migrate\"/></config>").Migration;
        Assert.AreEqual(10, rules.AfterMilliseconds);
        Assert.AreEqual("a", rules.Target);
        Assert.AreEqual(20, rules.DrainMilliseconds);
        Assert.AreEqual(80, rules.OverloadPercent);
        Assert.AreEqual(64 * 1024, rules.MinFreeRam);
        Assert.AreEqual(30, rules.ForMilliseconds);
        Assert.AreEqual(50, rules.ReliefPercent);
        Assert.AreEqual(40, rules.RestMilliseconds);
        Assert.IsTrue(rules.WatchesLoad && rules.WatchesSleep && rules.LeavesOnSleep);
        rules = Read("<config><migrate overload_percent=\"80\" on_sleep=\"checkpoint\"/></config>").Migration;
        Assert.AreEqual(60, rules.ReliefPercent, "20 below the overload");
        Assert.IsTrue(rules.WatchesSleep && !rules.LeavesOnSleep);
    }

    [TestMethod]
    public void WhatIsBesideACoProcessorIsRead()
    {
        CdmaRules rules = Read("<config><cdma memory=\"96K\" wait_ms=\"20\" timeout_ms=\"30\"/></config>").Cdma;
        Assert.IsTrue(rules.IsOn);
        Assert.AreEqual(96 * 1024, rules.Memory);
        Assert.AreEqual(20, rules.WaitMilliseconds);
        Assert.AreEqual(30, rules.TimeoutMilliseconds);
        rules = Read("<config><cdma memory=\"4097\"/></config>").Cdma;
        Assert.AreEqual(8192, rules.Memory, "whole pages of the driver's");
        Assert.AreEqual(1000, rules.WaitMilliseconds);
        Assert.AreEqual(5000, rules.TimeoutMilliseconds);
        Assert.AreEqual(64 * 1024 * 1024, Read("<config><cdma memory=\"64M\"/></config>").Cdma.Memory);
        Assert.IsFalse(Read("<config/>").Cdma.IsOn);
        Assert.IsFalse(Read("<config><cdma memory=\"0\"/></config>").Cdma.IsOn, "off, and said so on purpose");
        Assert.IsFalse(Read("<config><cdma memory=\"much\"/></config>").Cdma.IsOn);
    }

    [TestMethod]
    [DataRow("<config>\n<checkpoint period_ms=\"soon\"/></config>", "line 2, column 13: period_ms=\"soon\": write a number from 0 to 3600000")]
    [DataRow("<config>\n<checkpoint period_ms=\"3600001\"/></config>", "line 2, column 13: period_ms=\"3600001\": write a number from 0 to 3600000")]
    [DataRow("<config><checkpoint min_ms=\"0\"/></config>", "line 1, column 21: min_ms=\"0\": write a number from 1 to 3600000")]
    [DataRow("<config><checkpoint on_change=\"maybe\"/></config>", "line 1, column 21: on_change=\"maybe\": write yes or no")]
    [DataRow("<config><checkpoint period=\"1\"/></config>", "line 1, column 21: <checkpoint> has no attribute \"period\"; it has period_ms on_change min_ms on_request ")]
    [DataRow("<config><migrate overload_percent=\"101\"/></config>", "line 1, column 18: overload_percent=\"101\": write a number from 0 to 100")]
    [DataRow("<config><migrate overload_percent=\"50\" relief_percent=\"50\"/></config>", "line 1, column 40: relief_percent=\"50\": write a number from 0 to 49")]
    [DataRow("<config><migrate min_free_ram=\"1X\"/></config>", "line 1, column 18: min_free_ram=\"1X\": write bytes from 0 to 2147483647, as 64K or 10M")]
    [DataRow("<config><migrate on_sleep=\"yes\"/></config>", "line 1, column 18: on_sleep=\"yes\": write no, checkpoint or migrate")]
    [DataRow("<config><rom changed=\"ignore\"/></config>", "line 1, column 14: changed=\"ignore\": write update or refuse")]
    [DataRow("<config><flows open=\"keep\"/></config>", "line 1, column 16: open=\"keep\": write reconnect or refuse")]
    [DataRow("<config><dsm slots=\"5\"/></config>", "line 1, column 14: slots=\"5\": write a number from 1 to 4")]
    [DataRow("<config><dsm image_size=\"1\"/></config>", "line 1, column 14: image_size=\"1\": write bytes from 4096 to 1073676288, as 64K or 10M")]
    [DataRow("<config><policy label=\"a\" checkpoint=\"perhaps\"/></config>", "line 1, column 27: checkpoint=\"perhaps\": write yes or no")]
    [DataRow("<config><policy who=\"a\"/></config>", "line 1, column 17: <policy> has no attribute \"who\"; it has label label_prefix label_suffix target checkpoint migrate timeout_ms ")]
    [DataRow("<config><start/></config>", "line 1, column 9: a target needs a name; write name=\"…\"")]
    [DataRow("<config><start name=\"a\"/>\n<start name=\"a\"/></config>", "line 2, column 1: a target is called \"a\" already")]
    [DataRow("<config><start name=\"a\" caps=\"many\"/></config>", "line 1, column 25: caps=\"many\": write a number from 1 to 1000000")]
    [DataRow("<config><start name=\"a\"><flows open=\"\"/></start></config>", "line 1, column 32: open=\"\": write reconnect or refuse")]
    [DataRow("<config><cdma/></config>", "line 1, column 9: <cdma> needs memory=\"…\": bytes for each target, as 64K")]
    [DataRow("<config>\n<cdma memory=\"lots\"/></config>", "line 2, column 7: memory=\"lots\": write bytes from 0 to 67108864, as 64K or 10M")]
    [DataRow("<config><cdma memory=\"65M\"/></config>", "line 1, column 15: memory=\"65M\": write bytes from 0 to 67108864, as 64K or 10M")]
    [DataRow("<config><cdma memory=\"-1\"/></config>", "line 1, column 15: memory=\"-1\": write bytes from 0 to 67108864, as 64K or 10M")]
    [DataRow("<config><cdma memory=\"64K\" wait_ms=\"0\"/></config>", "line 1, column 28: wait_ms=\"0\": write a number from 1 to 3600000")]
    [DataRow("<config><cdma memory=\"64K\" timeout_ms=\"3600001\"/></config>", "line 1, column 28: timeout_ms=\"3600001\": write a number from 1 to 3600000")]
    [DataRow("<config><cdma memory=\"64K\" size=\"64K\"/></config>", "line 1, column 28: <cdma> has no attribute \"size\"; it has memory wait_ms timeout_ms ")]
    public void WhatIsWrongIsToldWithItsPlaceAndWithWhatWouldBeRight(string text, string problem)
    {
        RtcrConfig config = Read(text);
        Assert.AreEqual(1, config.Reader.Count);
        Assert.AreEqual(problem, config.Reader[0]);
    }

    [TestMethod]
    public void AWrongPolicyPermitsNothing()
    {
        Assert.AreEqual(0, Read("<config><policy label=\"a\" checkpoint=\"perhaps\"/></config>").Policies.Count);
        Assert.AreEqual(0, Read("<config><policy lable=\"a\" checkpoint=\"yes\"/></config>").Policies.Count);
    }

    [TestMethod]
    public void ThePolicyThatSaysMostOfALabelDecides()
    {
        ClientPolicies policies = Read(
            "<config><policy checkpoint=\"yes\"/><policy label_prefix=\"panel\" migrate=\"yes\"/>"
            + "<policy label=\"panel -> left\" target=\"pump\" timeout_ms=\"5\"/><policy label_suffix=\"right\"/></config>").Policies;
        Assert.AreEqual(0, policies.Find("anybody"));
        Assert.AreEqual(1, policies.Find("panel -> x"));
        Assert.AreEqual(2, policies.Find("panel -> left"));
        Assert.AreEqual(3, policies.Find("x -> right"));
        Assert.IsTrue(policies.MayCheckpoint(0) && !policies.MayMigrate(0) && policies.Concerns(0, "valve"));
        Assert.IsTrue(policies.MayMigrate(1) && !policies.MayCheckpoint(1));
        Assert.IsTrue(policies.Concerns(2, "pump") && !policies.Concerns(2, "valve"));
        Assert.AreEqual(5, policies.Timeout(2));
        Assert.AreEqual(30000, policies.Timeout(0));
        Assert.AreEqual(-1, Read("<config><policy label=\"a\"/></config>").Policies.Find("b"));
    }

    [TestMethod]
    public void AtMostSoManyTargetsAndPoliciesAreTaken()
    {
        string starts = "";
        string policies = "";
        for (int i = 0; i < 10; i++)
        {
            starts += "<start name=\"t" + i + "\"/>";
            policies += "<policy label=\"p" + i + "\"/>";
        }

        RtcrConfig config = Read("<config>" + starts + policies + "</config>");
        Assert.AreEqual(RtcrConfig.MostTargets, config.TargetCount);
        Assert.AreEqual(8, config.Policies.Count);
        Assert.AreEqual(3, config.Reader.Count, "each policy beyond, and the first target beyond");
    }

    [TestMethod]
    public void ATargetIsAtMostAsUrgentAsItsRtcr()
    {
        RtcrConfig config = Read("<config><start name=\"a\"/><start name=\"b\" priority=\"2\"/><start name=\"c\" priority=\"3\"/></config>", 2);
        Assert.AreEqual(2, config.Targets[0].Priority);
        Assert.AreEqual(2, config.Targets[1].Priority);
        Assert.AreEqual(2, config.Targets[2].Priority);
        Assert.AreEqual(1, config.Reader.Count);
        Assert.AreEqual("line 1, column 72: priority=\"3\": write a number from 0 to 2", config.Reader[0]);
        Assert.AreEqual(1, Read("<config/>", 1).Targets[0].Priority, "the one that nobody configured");
    }

    internal static RtcrConfig Read(string text) => Read(text, Priorities.Count - 1);

    private static RtcrConfig Read(string text, int mostUrgent)
    {
        Assert.IsTrue(XmlNode.TryParse(text, out XmlNode node, out XmlFault fault), fault.ToString());
        var config = new RtcrConfig { MostUrgent = mostUrgent };
        config.Read(node);
        return config;
    }
}
