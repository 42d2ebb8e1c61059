// RTCR's configuration: whatever it says, every rule that comes out of it is within its range.
using Tern.Os;
using Tern.Rtcr;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class RtcrConfigDecoder : Decoder
{
    private const string Rules = """<config name="r" ip="10.0.1.2"><dsm slots="3" image_size="128K"/><checkpoint period_ms="1000" on_change="yes" min_ms="50" on_request="no"/>"""
        + """<rom changed="update"/><flows open="refuse"/><cdma memory="64K" wait_ms="100" timeout_ms="2000"/><migrate after_ms="2500" target="a" drain_ms="100" overload_percent="80" min_free_ram="64K" for_ms="1000" """
        + """relief_percent="60" rest_ms="5000" on_sleep="migrate"/><policy label="x" checkpoint="yes"/><policy label_prefix="y" migrate="yes" target="a" timeout_ms="100"/>"""
        + """<start name="a" caps="60" priority="3"><binary name="sheep_counter"/><resource name="RAM" quantum="256K"/><config period_ms="250"/>"""
        + """<checkpoint on_change="no"/></start><start name="b"><rom changed="refuse"/></start></config>""";

    private readonly ConfigBench _bench = new();

    internal override string Name => "rtcr-config";

    internal override int Inputs => 20_000;

    internal override IReadOnlyList<byte[]> Samples { get; } = Texts.Of(Rules);

    internal override IReadOnlyList<byte[]> Tokens => Texts.Tokens;

    internal override void Take(byte[] input)
    {
        RtcrConfig config = _bench.Read(input);
        Assert.IsTrue(config.Slots is >= 1 and <= RtcrConfig.MostTargets);
        Assert.IsTrue(config.TargetCount is >= 0 and <= RtcrConfig.MostTargets);
        Assert.IsTrue(config.ImageSize is >= 4096 && (long)config.ImageSize * config.Slots <= int.MaxValue);
        for (int i = 0; i < config.TargetCount; i++)
        {
            TargetConfig target = config.Targets[i];
            Assert.IsTrue(target.Ram > 0 && target.Caps > 0 && target.Priority is >= 0 and < 16);
            Check(target.Rules);
        }

        Check(config.Defaults);
        Assert.IsTrue(config.Migration.OverloadPercent is >= 0 and <= 100 && config.Migration.MinFreeRam >= 0 && config.Migration.ForMilliseconds >= 1);
        Check(config.Cdma);
        Assert.IsTrue(XmlNode.TryParse(input, out _, out _) || _bench.Errors > 0, "it is silent about what is no XML");
    }

    private static void Check(CdmaRules rules)
    {
        Assert.IsTrue(rules.Memory is >= 0 and <= 64 * 1024 * 1024 && rules.Memory % 4096 == 0);
        Assert.IsTrue(rules.WaitMilliseconds is >= 1 and <= TargetRules.LongestMilliseconds && rules.TimeoutMilliseconds is >= 1 and <= TargetRules.LongestMilliseconds);
    }

    private static void Check(TargetRules rules) =>
        Assert.IsTrue(rules.PeriodMilliseconds is >= 0 and <= TargetRules.LongestMilliseconds && rules.MinMilliseconds is >= 1 and <= TargetRules.LongestMilliseconds);
}
