// RTCR's configuration: what each element means, its defaults, and what is wrong told with its place.
using System.Text;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class RtcrConfigTests
{
    [TestMethod]
    public void AConfigurationWithoutAnythingCountsSheepAndTakesTheFirstCheckpointAlone()
    {
        var bench = new ConfigBench();
        RtcrConfig config = bench.Read("<config name=\"dummy_1\"/>");
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
        Assert.AreEqual(0, bench.Errors, bench.Log);
    }

    [TestMethod]
    [DataRow("<config name=\"dummy_1\"><strat name=\"pump\"/></config>")]
    [DataRow("<config name=\"dummy_1\"><start/></config>")]
    [DataRow("<config name=\"dummy_1\">")]
    [DataRow("<configuration name=\"dummy_1\"/>")]
    public void WhatIsNotUnderstoodCountsNoSheep(string text)
    {
        var bench = new ConfigBench();
        Assert.AreEqual(0, bench.Read(text).TargetCount);
        Assert.AreEqual(1, bench.Errors, bench.Log);
    }

    [TestMethod]
    public void ATargetHasItsOwnRulesWhereItSaysSoAndTheCommonOnesElsewhere()
    {
        RtcrConfig config = ReadWell(
            "<config><checkpoint period_ms=\"2000\" min_ms=\"70\"/><rom changed=\"refuse\"/>"
            + "<start name=\"a\"/>"
            + "<start name=\"b\"><checkpoint on_change=\"yes\" on_request=\"yes\"/><rom changed=\"update\"/><flows open=\"refuse\"/></start></config>");
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
        RtcrConfig config = ReadWell(
            "<config><start name=\"a\"><route><service name=\"S\"><child name=\"b\"/><parent/></service><any-service><parent/></any-service></route>"
            + "</start><start name=\"b\"/></config>");
        TargetRoute route = config.Targets[0].Route;
        Assert.IsTrue(config.Targets[0].IsGood);
        Assert.IsTrue(route.Allows("S", "b"));
        Assert.IsFalse(route.Allows("S", "c"));
        Assert.IsFalse(route.Allows("T", "b"));
        Assert.IsTrue(config.Targets[1].Route.Allows("T", "a"), "without a route any target does");
    }

    [TestMethod]
    [DataRow("<service><parent/></service>", "<service> needs a name")]
    [DataRow("<service name=\"S\"/>", "write one target")]
    [DataRow("<any-service><child/></any-service>", "<child> needs a name")]
    [DataRow("<elsewhere/>", "unknown element <elsewhere>")]
    [DataRow("<service name=\"S\" label=\"x\"><parent/></service>", "unknown attribute \"label\"")]
    [DataRow("<service name=\"S\"><any-child/></service>", "unknown element <any-child>")]
    [DataRow("<service name=\"S\"><parent/><child name=\"b\"/></service>", "write one target")]
    [DataRow("<service name=\"S\"><child name=\"b\"/><child name=\"c\"/></service>", "write one target")]
    [DataRow("<service name=\"S\"><child name=\"b\" label=\"x\"/></service>", "unknown attribute \"label\"")]
    public void AFaultyRuleOfARouteDoesNotLetTheWiderOneApply(string rule, string problem)
    {
        var bench = new ConfigBench();
        RtcrConfig config = bench.Read(
            "<config><start name=\"a\"><route>" + rule + "<any-service><child name=\"b\"/></any-service></route></start></config>");
        Assert.IsTrue(bench.Board.Logged(problem), bench.Log);
        Assert.IsFalse(config.Targets[0].IsGood, "the target runs, and gets by the rule for any service what the other one would have withheld");
    }

    [TestMethod]
    public void ARouteHasAtMostSoManyRules()
    {
        string many = "";
        for (int i = 0; i <= TargetRoute.Capacity; i++)
        {
            many += "<service name=\"S" + i + "\"><parent/></service>";
        }

        Assert.IsFalse(new ConfigBench().Read("<config><start name=\"a\"><route>" + many + "</route></start></config>").Targets[0].IsGood);
    }

    [TestMethod]
    public void ResourcesAreReadByName()
    {
        TargetConfig target = ReadWell(
            "<config><start name=\"a\"><resource name=\"CAP\" quantum=\"70\"/><resource name=\"RAM\" quantum=\"64K\"/></start></config>").Targets[0];
        Assert.AreEqual(64 * 1024, target.Ram);
        Assert.AreEqual(70, target.Caps);
        Assert.IsTrue(target.IsGood);
        target = ReadWell("<config><start name=\"a\"><resource name=\"caps\" quantum=\"70\"/></start></config>").Targets[0];
        Assert.AreEqual(1024 * 1024, target.Ram, "capabilities are no bytes");
    }

    [TestMethod]
    [DataRow("<resource name=\"CPU\" quantum=\"20\"/>", "a target has no CPU quota of its own; give it to RTCR")]
    [DataRow("<resource name=\"ROM\" quantum=\"1\"/>", "unknown resource \"ROM\"; a target has RAM and CAP")]
    [DataRow("<resource quantum=\"64K\"/>", "unknown resource \"\"; a target has RAM and CAP")]
    [DataRow("<resource name=\"RAM\"/>", "<resource> needs a quantum; write quantum=\"1M\"")]
    [DataRow("<resource name=\"RAM\" quantum=\"64K\"/><resource name=\"RAM\" quantum=\"1M\"/>", "a second <resource> of RAM; put both into one")]
    [DataRow("<resource name=\"CAP\" quantum=\"9\"/><resource name=\"caps\" quantum=\"9\"/>", "a second <resource> of caps; put both into one")]
    [DataRow("<checkpoint on_change=\"maybe\"/>", "on_change is \"maybe\"")]
    [DataRow("<rom changed=\"refuse\"/><rom changed=\"update\"/>", "a second <rom> does not count")]
    [DataRow("<binary/>", "<binary> needs a name")]
    public void AMeaningThatCannotBeHadRefusesTheTarget(string element, string problem)
    {
        var bench = new ConfigBench();
        RtcrConfig config = bench.Read("<config><start name=\"a\">" + element + "</start></config>");
        Assert.IsTrue(bench.Board.Logged(problem), bench.Log);
        Assert.IsTrue(bench.Board.Logged("the target is not started until what is wrong with it is mended"), bench.Log);
        Assert.IsFalse(config.Targets[0].IsGood);
    }

    [TestMethod]
    public void ANameThatIsNotKnownIsToldAndTheTargetRuns()
    {
        var bench = new ConfigBench();
        RtcrConfig config = bench.Read("<config><start name=\"a\" colour=\"red\"><paint/><checkpoint often=\"yes\"/></start></config>");
        Assert.AreEqual(3, bench.Errors, bench.Log);
        Assert.IsTrue(config.Targets[0].IsGood);
    }

    [TestMethod]
    public void ATargetsConfigurationKnowsItsPlace()
    {
        byte[] config = ReadWell("<config>\n  <start name=\"a\">\n    <config period_ms=\"5\"/> </start></config>").Targets[0].Config;
        Assert.AreEqual("<?at 3 5?><config period_ms=\"5\"/>", Encoding.UTF8.GetString(config, 0, config.Length));
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
    [DataRow("<config>\n<checkpoint period_ms=\"soon\"/></config>", "line 2, column 13: period_ms is \"soon\"; write a number from 0 to 3600000")]
    [DataRow("<config>\n<checkpoint period_ms=\"3600001\"/></config>", "line 2, column 13: period_ms is \"3600001\"; write a number from 0 to 3600000")]
    [DataRow("<config><checkpoint min_ms=\"0\"/></config>", "line 1, column 21: min_ms is \"0\"; write a number from 1 to 3600000")]
    [DataRow("<config><checkpoint on_change=\"maybe\"/></config>", "line 1, column 21: on_change is \"maybe\"; write yes or no")]
    [DataRow("<config><checkpoint period=\"1\"/></config>", "line 1, column 21: unknown attribute \"period\"; <checkpoint> has period_ms on_change min_ms on_request")]
    [DataRow("<config><migrate overload_percent=\"101\"/></config>", "line 1, column 18: overload_percent is \"101\"; write a number from 0 to 100")]
    [DataRow("<config><migrate overload_percent=\"50\" relief_percent=\"50\"/></config>", "line 1, column 40: relief_percent is \"50\"; write a number from 0 to 49")]
    [DataRow("<config><migrate min_free_ram=\"1X\"/></config>", "line 1, column 18: min_free_ram is \"1X\"; write bytes from 0 to 2G less one, as 64K or 10M")]
    [DataRow("<config><migrate on_sleep=\"yes\"/></config>", "line 1, column 18: on_sleep is \"yes\"; write one of: no checkpoint migrate")]
    [DataRow("<config><rom changed=\"ignore\"/></config>", "line 1, column 14: changed is \"ignore\"; write one of: update refuse")]
    [DataRow("<config><flows open=\"keep\"/></config>", "line 1, column 16: open is \"keep\"; write one of: reconnect refuse")]
    [DataRow("<config><dsm slots=\"5\"/></config>", "line 1, column 14: slots is \"5\"; write a number from 1 to 4")]
    [DataRow("<config><dsm image_size=\"1\"/></config>", "line 1, column 14: image_size is \"1\"; write bytes from 4K to 1048512K, as 64K or 10M")]
    [DataRow("<config><policy label=\"a\" checkpoint=\"perhaps\"/></config>", "line 1, column 27: checkpoint is \"perhaps\"; write yes or no")]
    [DataRow("<config><policy who=\"a\"/></config>", "line 1, column 17: unknown attribute \"who\"; <policy> has label label_prefix label_suffix target checkpoint migrate timeout_ms")]
    [DataRow("<config><start/></config>", "line 1, column 9: a target needs a name of at most 63 bytes; write name=\"…\"")]
    [DataRow("<config><start name=\"a\"/>\n<start name=\"a\"/></config>", "line 2, column 8: a target is called \"a\" already; this one is not started")]
    [DataRow("<config><start name=\"a\" caps=\"many\"/></config>", "line 1, column 25: caps is \"many\"; write a number from 1 to 1000000")]
    [DataRow("<config><start name=\"a\"><flows open=\"\"/></start></config>", "line 1, column 32: open is \"\"; write one of: reconnect refuse")]
    [DataRow("<config><cdma/></config>", "line 1, column 9: <cdma> needs a memory; write memory=\"64K\"")]
    [DataRow("<config>\n<cdma memory=\"lots\"/></config>", "line 2, column 7: memory is \"lots\"; write bytes from 0 to 64M, as 64K or 10M")]
    [DataRow("<config><cdma memory=\"65M\"/></config>", "line 1, column 15: memory is \"65M\"; write bytes from 0 to 64M, as 64K or 10M")]
    [DataRow("<config><cdma memory=\"-1\"/></config>", "line 1, column 15: memory is \"-1\"; write bytes from 0 to 64M, as 64K or 10M")]
    [DataRow("<config><cdma memory=\"64K\" wait_ms=\"0\"/></config>", "line 1, column 28: wait_ms is \"0\"; write a number from 1 to 3600000")]
    [DataRow("<config><cdma memory=\"64K\" timeout_ms=\"3600001\"/></config>", "line 1, column 28: timeout_ms is \"3600001\"; write a number from 1 to 3600000")]
    [DataRow("<config><cdma memory=\"64K\" size=\"64K\"/></config>", "line 1, column 28: unknown attribute \"size\"; <cdma> has memory wait_ms timeout_ms")]
    public void WhatIsWrongIsToldWithItsPlaceAndWithWhatWouldBeRight(string text, string problem)
    {
        var bench = new ConfigBench();
        bench.Read(text);
        Assert.AreEqual(1, bench.Errors - bench.Board.CountLogged("the target is not started until"), bench.Log);
        string line = "[init] Error: config " + problem;

        // A line of the log is as long as a message.
        Assert.IsTrue(bench.Board.Logged(line.Length > 120 ? line.Substring(0, 120) : line), bench.Log);
    }

    [TestMethod]
    [DataRow("<policy label=\"onlooker\" note=\"x\"/>")]
    [DataRow("<policy label=\"onlooker\" checkpoint=\"perhaps\"/>")]
    [DataRow("<policy label=\"onlooker\" timeout_ms=\"0\"/>")]
    [DataRow("<policy label=\"onlooker\" target=\"\" migrate=\"yes\"/>")]
    [DataRow("<policy label=\"onlooker\"/><policy label=\"onlooker\" migrate=\"yes\"/>")]
    [DataRow("<policy label_prefix=\"on\" label_sufix=\"er\"/>")]
    [DataRow("<policy label=\"onlooker\"><target name=\"pump\"/></policy>")]
    public void AFaultyPolicyDoesNotLetTheWiderOneApply(string policy)
    {
        ClientPolicies policies = new ConfigBench().Read("<config>" + policy + "<policy checkpoint=\"yes\" migrate=\"yes\"/></config>").Policies;
        Assert.AreEqual(-1, policies.Find("onlooker"));
        Assert.IsTrue(policies.MayMigrate(policies.Find("operator")));
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

        var bench = new ConfigBench();
        RtcrConfig config = bench.Read("<config>" + starts + policies + "</config>");
        Assert.AreEqual(RtcrConfig.MostTargets, config.TargetCount);
        Assert.AreEqual(8, config.Policies.Count);
        Assert.AreEqual(6 + 2, bench.Errors, "each target beyond, and each policy beyond");
        Assert.AreEqual(-1, config.Policies.Find("p0"), "one that is not known could have withheld it");
    }

    [TestMethod]
    public void ATargetIsAtMostAsUrgentAsItsRtcr()
    {
        var bench = new ConfigBench();
        RtcrConfig config = bench.Read("<config><start name=\"a\"/><start name=\"b\" priority=\"2\"/><start name=\"c\" priority=\"3\"/></config>", 2);
        Assert.AreEqual(2, config.Targets[0].Priority);
        Assert.AreEqual(2, config.Targets[1].Priority);
        Assert.IsTrue(config.Targets[1].IsGood);
        Assert.IsFalse(config.Targets[2].IsGood);
        Assert.IsTrue(bench.Board.Logged("Error: config line 1, column 72: priority is \"3\"; write a number from 0 to 2"), bench.Log);
        Assert.AreEqual(1, bench.Read("<config/>", 1).Targets[0].Priority, "the one that the configuration does not name");
    }

    /// <summary>Reads a configuration with nothing wrong in it.</summary>
    private static RtcrConfig ReadWell(string text)
    {
        var bench = new ConfigBench();
        RtcrConfig config = bench.Read(text);
        Assert.AreEqual(0, bench.Errors, bench.Log);
        return config;
    }

    private static RtcrConfig Read(string text) => new ConfigBench().Read(text);
}
