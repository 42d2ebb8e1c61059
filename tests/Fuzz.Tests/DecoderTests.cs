// Every decoder of what comes from outside, under attack: named errors, no exception, no fault, no leak.
namespace Tern.Fuzz.Tests;

[TestClass]
public sealed class DecoderTests
{
    [TestMethod]
    public void Xml() => Attack(new XmlDecoder());

    [TestMethod]
    public void InitsConfiguration() => Attack(new InitConfigDecoder());

    [TestMethod]
    public void NicRoutersConfiguration() => Attack(new RouterConfigDecoder());

    [TestMethod]
    public void RtcrsConfiguration() => Attack(new RtcrConfigDecoder());

    [TestMethod]
    public void TheManagersConfiguration() => Attack(new ProgramConfigDecoder(
        "manager",
        100,
        "<config port=\"1024\" nas_ip=\"10.0.2.2\" nas_port=\"1027\" rtcr_info_port=\"1025\" rtcr_migr_port=\"1026\" max_dsm=\"1M\">"
            + ProgramConfigDecoder.Network + "</config>"));

    [TestMethod]
    public void TheConfigurationOfTheNas() =>
        Attack(new ProgramConfigDecoder("nas", 150, "<config port=\"1027\" format=\"598c1938\">" + ProgramConfigDecoder.Network + "</config>"));

    [TestMethod]
    public void WhatAnRtcrsConfigurationSaysOfItsManager() => Attack(new ProgramConfigDecoder(
        "rtcr",
        50,
        "<config name=\"a\" ip=\"10.0.1.2\" mac=\"52:54:00:12:34:56\" manager_ip=\"10.0.0.2\" manager_port=\"1024\" info_port=\"1025\" migr_port=\"1026\" "
            + "digest_key=\"1\">" + ProgramConfigDecoder.Network + "<start name=\"a\"><binary name=\"sheep_counter\"/></start></config>"));

    [TestMethod]
    [DataRow("checkpoint_client", "<config ask=\"checkpoint\" target=\"pump\" after_ms=\"1000\"/>")]
    [DataRow("flight_recorder", "<config size=\"64K\" period_ms=\"100\" records=\"4\" checks=\"1\"/>")]
    [DataRow("odometer", "<config window=\"counter\" period_ms=\"100\"/>")]
    [DataRow("pattern_memory", "<config size=\"4K\" period_ms=\"100\"/>")]
    [DataRow("sheep_counter", "<config period_ms=\"500\"/>")]
    [DataRow("sleep_watcher", "<config needs_ms=\"100\"/>")]
    [DataRow("telemetry_receiver", "<config port=\"7000\"/>")]
    [DataRow("telemetry_sender", "<config to=\"10.0.3.2\" port=\"7000\" period_ms=\"100\"/>")]
    [DataRow("wheel_speed", "<config interrupt=\"wheel\" period_ms=\"100\" pulse_mm=\"20\"/>")]
    public void AComponentsConfiguration(string binary, string sample) => Attack(new ProgramConfigDecoder(binary, 50, sample));

    [TestMethod]
    public void FramesAndTheirCheckpoints() => Attack(new FrameDecoder());

    [TestMethod]
    public void CommitsOfADsm() => Attack(new CommitDecoder());

    [TestMethod]
    public void TheIndexOfTheNas() => Attack(new NasIndexDecoder());

    [TestMethod]
    public void SealedImages() => Attack(new ImageDecoder());

    [TestMethod]
    public void CapabilityMapsInImages() => Attack(new RebadgeDecoder());

    [TestMethod]
    public void ImagesShownByTheTools() => Attack(new ImageToolDecoder());

    [TestMethod]
    public void RepliesOfACoProcessor() => Attack(new FpgaReplyDecoder());

    [TestMethod]
    public void TheCoProcessorDriversConfiguration() => Attack(new FpgaConfigDecoder());

    [TestMethod]
    public void BenchFiles() => Attack(new BenchDecoder());

    [TestMethod]
    public void DumpsOfCapabilities() => Attack(new DumpDecoder());

    private static void Attack(Decoder decoder) => Console.WriteLine($"{decoder.Name}: {Fuzzer.Run(decoder)} inputs");
}
