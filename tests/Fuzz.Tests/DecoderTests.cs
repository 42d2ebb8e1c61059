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
