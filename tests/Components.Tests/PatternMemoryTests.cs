// pattern_memory is what other tests rely on to notice a bad checkpoint, so it must itself notice whatever happens to memory.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class PatternMemoryTests
{
    private const int Size = 16 * 1024;
    private const string Config = "<config size=\"16K\" period_ms=\"20\"/>";

    [TestMethod]
    public void AnUntouchedMemoryIsVerifiedForEver()
    {
        RtcrBench bench = Started(2000);

        Assert.IsTrue(bench.Reports("pattern", 0).IndexOf(" verified count=99 bytes=16384\n") >= 0);
        Assert.IsFalse(bench.Board.Logged("Error"));
    }

    [TestMethod]
    public void EachFlippedBitIsFound()
    {
        byte[] image = Started(210).Checkpoint();
        for (int i = 0; i < 64; i++)
        {
            var changed = (byte[])image.Clone();
            int offset = ((i * 2654435) ^ (i << 3)) & (Size - 1);
            changed[PatternAt(image) + offset] ^= (byte)(1 << (i & 7));
            Broken(changed, "broken at=" + (offset & ~3));
        }
    }

    [TestMethod]
    public void AZeroedWordIsFound()
    {
        byte[] image = Started(210).Checkpoint();
        ImageSeal.Put(image, PatternAt(image) + 400, 0);
        Broken(image, "broken at=400");
    }

    [TestMethod]
    public void ExchangedWordsAreFound()
    {
        byte[] image = Started(210).Checkpoint();
        int at = PatternAt(image);
        int word = ImageSeal.Get(image, at + 800);
        ImageSeal.Put(image, at + 800, ImageSeal.Get(image, at + 804));
        ImageSeal.Put(image, at + 804, word);
        Broken(image, "broken at=800");
    }

    [TestMethod]
    public void ExchangedPagesAreFound()
    {
        byte[] image = Started(210).Checkpoint();
        var changed = (byte[])image.Clone();
        int at = PatternAt(image);
        System.Array.Copy(image, at, changed, at + 4096, 4096);
        System.Array.Copy(image, at + 4096, changed, at, 4096);
        Broken(changed, "broken at=0");
    }

    [TestMethod]
    public void EverythingShiftedByAWordIsFound()
    {
        byte[] image = Started(210).Checkpoint();
        var changed = (byte[])image.Clone();
        int at = PatternAt(image);
        System.Array.Copy(image, at, changed, at + 4, Size - 4);
        Broken(changed, "broken at=4");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(15)]
    [DataRow(16)]
    [DataRow(32)]
    public void APageOfAnotherCheckpointIsFound(int generations)
    {
        RtcrBench bench = Started(410);
        byte[] old = bench.Checkpoint();
        bench.Run(20 * generations);
        byte[] image = bench.Checkpoint();
        int stripe = Size / 16;

        // Generation 20 + n wrote stripe (20 + n) mod 16 last.
        int at = PatternAt(image) + (((20 + generations) % 16) * stripe);
        System.Array.Copy(old, at, image, at, stripe);
        Broken(image, "broken at=" + (at - PatternAt(image)));
    }

    [TestMethod]
    [DataRow(0, "broken at=record")]
    [DataRow(4, "broken at=record")]
    [DataRow(8, "broken at=record")]
    [DataRow(20, "broken at=record")]
    public void ARecordThatIsWrongIsFound(int field, string expected)
    {
        int[] values = { 0, 64, 16, -1, 4096 };
        for (int i = 0; i < values.Length; i++)
        {
            byte[] image = Started(210).Checkpoint();
            ImageSeal.Put(image, SheepComponentTests.RootIn(image) + field, values[i]);
            Broken(image, expected);
        }
    }

    [TestMethod]
    [DataRow("<config size=\"8K\" period_ms=\"20\"/>", 8192, 0)]
    [DataRow("<config period_ms=\"20\"/>", 65536, 0)]
    [DataRow("<config size=\"100\" period_ms=\"20\"/>", 64, 0)]
    [DataRow("<config size=\"63\" period_ms=\"20\"/>", 65536, 1)]
    [DataRow("<config size=\"-1\" period_ms=\"20\"/>", 65536, 1)]
    [DataRow("<config size=\"big\" period_ms=\"20\"/>", 65536, 1)]
    [DataRow("<config size=\"2000000000\" period_ms=\"20\"/>", 65536, 1)]
    [DataRow("<config size=\"big\" period_ms=\"0\"/>", 65536, 2)]
    [DataRow("<config period_ms=\"3000000\"/>", 65536, 1)]
    [DataRow("<<<", 65536, 1)]
    [DataRow("<config sise=\"8K\" period=\"20\"><size/></config>", 65536, 3)]
    public void WhatTheConfigurationSays(string config, int bytes, int errors)
    {
        RtcrBench bench = new RtcrBench(StateBench.Board(), false).Boot();
        bench.Start("pattern", "pattern_memory", 256 * 1024, config);
        bench.Run(110);

        Assert.IsTrue(bench.Reports("pattern", 0).IndexOf(" verified count=1 bytes=" + bytes + "\n") >= 0, bench.Reports("pattern", 0));
        Assert.AreEqual(errors, bench.Board.CountLogged("Error: config "));
    }

    [TestMethod]
    public void WithoutMemoryItSaysSoAndEnds()
    {
        RtcrBench bench = new RtcrBench(StateBench.Board(), false).Boot();
        bench.Start("pattern", "pattern_memory", 16 * 1024, "<config size=\"1M\"/>");

        Assert.AreEqual(1, bench.Board.CountLogged("Error: no memory for the pattern: out of RAM"));
        bench.Do(env =>
        {
            Assert.AreEqual(0, bench.Rtcr.TakeEnded(out Error _, out int value));
            Assert.AreEqual(1, value);
        });
    }

    private static RtcrBench Started(int milliseconds)
    {
        RtcrBench bench = new RtcrBench(StateBench.Board(), false).Boot();
        bench.Start("pattern", "pattern_memory", 64 * 1024, Config);
        bench.Run(milliseconds);
        return bench;
    }

    private static int PatternAt(byte[] image) => image.Length - ImageFormat.TrailerSize - Size;

    private static void Broken(byte[] image, string expected)
    {
        RtcrBench bench = new RtcrBench(StateBench.Board(), false).Boot();
        Expect.Ok(bench.Restore(bench.Seal(image)));
        bench.Run(25);
        string first = bench.Reports("pattern", 0);
        Assert.AreEqual(" " + expected, first.Substring(0, first.IndexOf('\n')), first);
        Assert.IsTrue(bench.Board.Logged("Error: " + expected));
    }
}
