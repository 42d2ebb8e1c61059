// Configurations that nobody meant: RTCR's reader comes to its end, and every value is within its range.
using System;
using System.Text;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class RtcrConfigFuzzTests
{
    private const string Seed = """<config name="r" ip="10.0.1.2"><dsm slots="3" image_size="128K"/>"""
        + """<checkpoint period_ms="1000" on_change="yes" min_ms="50" on_request="no"/><rom changed="update"/><flows open="refuse"/><cdma memory="64K" wait_ms="100" timeout_ms="2000"/>"""
        + """<migrate after_ms="2500" target="a" drain_ms="100" overload_percent="80" min_free_ram="64K" for_ms="1000" relief_percent="60" """
        + """rest_ms="5000" on_sleep="migrate"/><policy label="x" checkpoint="yes"/><policy label_prefix="y" migrate="yes" target="a" timeout_ms="100"/>"""
        + """<start name="a" caps="60" priority="3"><binary name="sheep_counter"/><resource name="RAM" quantum="256K"/><config period_ms="250"/>"""
        + """<checkpoint on_change="no"/></start><start name="b"><rom changed="refuse"/></start></config>""";

    private static readonly string[] Values =
        ["", "0", "-1", "1", "99999999999999999999", "2147483647", "2147483648", "4G", "yes", "no", "refuse", "&amp;&lt;", "0x7fffffff", "ä", " 5 "];

    [TestMethod]
    public void AnyValueOfAnyAttributeLeavesARuleWithinItsRange()
    {
        var bench = new ConfigBench();
        for (int seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            string[] parts = Seed.Split('"');
            for (int i = random.Next(1, 8); i > 0; i--)
            {
                parts[(2 * random.Next(parts.Length / 2)) + 1] = random.Next(3) == 0 ? new string('n', random.Next(80)) : Values[random.Next(Values.Length)];
            }

            Survives(bench, string.Join("\"", parts), seed);
        }
    }

    [TestMethod]
    public void MutationsOfBytesAreSurvived()
    {
        var bench = new ConfigBench();
        for (int seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            byte[] text = Encoding.UTF8.GetBytes(Seed);
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                text[random.Next(text.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : text[random.Next(text.Length)];
            }

            Survives(bench, Encoding.Latin1.GetString(text), seed);
        }
    }

    private static void Survives(ConfigBench bench, string text, int seed)
    {
        RtcrConfig config = bench.Read(text);
        string what = $"seed {seed}\n{text}";
        Assert.IsTrue(config.Slots is >= 1 and <= RtcrConfig.MostTargets, what);
        Assert.IsTrue(config.TargetCount is >= 0 and <= RtcrConfig.MostTargets, what);
        Assert.IsTrue(config.ImageSize is >= 4096 && (long)config.ImageSize * config.Slots <= int.MaxValue, what);
        for (int i = 0; i < config.TargetCount; i++)
        {
            TargetConfig target = config.Targets[i];
            Assert.IsTrue(target.Ram > 0 && target.Caps > 0 && target.Priority is >= 0 and < 16, what);
            Check(target.Rules, what);
            Assert.IsTrue(target.IsGood || bench.Errors > 0, "silent: " + what);
        }

        Check(config.Defaults, what);
        Check(config.Cdma, what);
        MigrationRules rules = config.Migration;
        Assert.IsTrue(rules.OverloadPercent is >= 0 and <= 100 && rules.MinFreeRam >= 0 && rules.ForMilliseconds >= 1, what);
        Assert.IsTrue(rules.ReliefPercent >= 0 && (rules.OverloadPercent == 0 || rules.ReliefPercent < rules.OverloadPercent), what);
        Assert.IsTrue(rules.AfterMilliseconds >= 0 && rules.DrainMilliseconds >= 0 && rules.RestMilliseconds >= 0, what);
    }

    private static void Check(TargetRules rules, string what) =>
        Assert.IsTrue(rules.PeriodMilliseconds is >= 0 and <= TargetRules.LongestMilliseconds && rules.MinMilliseconds is >= 1 and <= TargetRules.LongestMilliseconds, what);

    private static void Check(CdmaRules rules, string what)
    {
        Assert.IsTrue(rules.Memory is >= 0 and <= 64 * 1024 * 1024 && rules.Memory % 4096 == 0 && rules.IsOn == rules.Memory > 0, what);
        Assert.IsTrue(rules.WaitMilliseconds is >= 1 and <= TargetRules.LongestMilliseconds, what);
        Assert.IsTrue(rules.TimeoutMilliseconds is >= 1 and <= TargetRules.LongestMilliseconds, what);
    }
}
