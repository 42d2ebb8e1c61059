// flight_recorder is what benches rely on to notice that a checkpoint of a large memory is not whole, so it must notice itself whatever
// happens to a record, and it must change as many pages as it was told to.
using Tern.Components;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class FlightRecorderTests
{
    private const int Size = 16 * 1024;
    private const int Record = 16;
    private const int Lanes = 4;
    private const int Lane = Size / Lanes;
    private const string Config = "<config size=\"16K\" period_ms=\"10\" records=\"4\" checks=\"2\"/>";

    [TestMethod]
    public void SeveralRoundsAreVerified()
    {
        RtcrBench bench = Started(Config, 6000);

        Assert.IsTrue(bench.Reports("recorder", 0).IndexOf(" verified count=2396\n") >= 0, "599 ticks: more than two rounds of 256");
        Assert.IsFalse(bench.Board.Logged("Error"));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    [DataRow(16)]
    public void EachTickOfACheckpointsPeriodChangesTheSamePagesOnePerRecord(int records)
    {
        const int Large = 64 * 1024;
        RtcrBench bench = Started("<config size=\"64K\" period_ms=\"10\" records=\"" + records + "\"/>", 105);
        byte[] before = bench.Checkpoint();
        bench.Run(1000);
        byte[] after = bench.Checkpoint();

        int changed = 0;
        for (int page = 0; page < Large; page += 4096)
        {
            changed += IsEqual(before, RingAt(before, Large) + page, after, RingAt(after, Large) + page, 4096) ? 0 : 1;
        }

        Assert.AreEqual(records, changed, "a hundred ticks are 1,600 bytes in a row");
    }

    [TestMethod]
    public void ACheckpointInTheMiddleOfARoundGoesOnElsewhere()
    {
        byte[] image = Started(Config, 4005).Checkpoint();
        RtcrBench other = Bench();
        Expect.Ok(other.Restore(image));
        other.Run(6000);

        string reports = other.Reports("recorder", 0);
        Assert.IsTrue(reports.StartsWith(" verified count=" + (401 * Lanes) + "\n"), reports);
        Assert.IsTrue(reports.IndexOf(" verified count=" + (1000 * Lanes) + "\n") > 0, "all of the old round is overwritten");
        Assert.IsFalse(other.Board.Logged("Error"));
    }

    [TestMethod]
    public void EachFlippedBitOfARecordIsFoundWhenItIsOverwritten()
    {
        // Tick 400 is next: its slot is 400 mod 256.
        byte[] image = Started("<config size=\"16K\" period_ms=\"10\" records=\"4\" checks=\"0\"/>", 4005).Checkpoint();
        for (int bit = 0; bit < 8 * Record; bit += 3)
        {
            int offset = (bit % Lanes * Lane) + (144 * Record);
            var changed = (byte[])image.Clone();
            changed[RingAt(image, Size) + offset + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Broken(changed, "broken at=" + offset);
        }
    }

    [TestMethod]
    [DataRow(21)]
    [DataRow(3001)]
    public void ABrokenRecordAnywhereIsFoundWithinARoundOfChecks(int slot)
    {
        // 4096 records, of which 400 are written: the round is over in 256 ticks of 16 checks, and none of these records is overwritten before.
        const int Large = 64 * 1024;
        byte[] image = Started("<config size=\"64K\" period_ms=\"10\" records=\"1\" checks=\"16\"/>", 4005).Checkpoint();
        image[RingAt(image, Large) + (slot * Record) + 5] ^= 1;
        RtcrBench bench = Bench();
        Expect.Ok(bench.Restore(bench.Seal(image)));
        bench.Run(2560);

        Assert.AreEqual(1, bench.Board.CountLogged("Error:"));
        Assert.AreEqual(1, bench.Board.CountLogged("Error: broken at=" + (slot * Record)));
    }

    [TestMethod]
    public void ARecordWhereNoneCanBeYetIsFound()
    {
        byte[] image = Started("<config size=\"16K\" period_ms=\"10\" records=\"4\" checks=\"0\"/>", 205).Checkpoint();
        int ring = RingAt(image, Size);
        System.Array.Copy(image, ring, image, ring + (20 * Record), Record);
        Broken(image, "broken at=" + (20 * Record));
    }

    [TestMethod]
    public void AnEmptiedRecordIsFound()
    {
        byte[] image = Started("<config size=\"16K\" period_ms=\"10\" records=\"4\" checks=\"0\"/>", 4005).Checkpoint();
        System.Array.Clear(image, RingAt(image, Size) + (144 * Record), Record);
        Broken(image, "broken at=" + (144 * Record));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(100)]
    [DataRow(256)]
    public void APageOfAnEarlierCheckpointIsFound(int ticks)
    {
        RtcrBench bench = Started(Config, 4005);
        byte[] old = bench.Checkpoint();
        bench.Run(10 * ticks);
        byte[] image = bench.Checkpoint();
        System.Array.Copy(old, RingAt(old, Size), image, RingAt(image, Size), 4096);
        Broken(image, "broken at=" + ((400 + ticks - 1) % 256 * Record));
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(12)]
    [DataRow(16)]
    [DataRow(20)]
    [DataRow(28)]
    public void AStateThatIsWrongIsFound(int field)
    {
        int[] changes = { 1, -1, 16, -16 };
        for (int i = 0; i < changes.Length; i++)
        {
            byte[] image = Started(Config, 205).Checkpoint();
            int at = SheepComponentTests.RootIn(image) + field;
            ImageSeal.Put(image, at, ImageSeal.Get(image, at) + changes[i]);
            Broken(image, "broken at=record");
        }
    }

    [TestMethod]
    [DataRow(1, 144)]
    [DataRow(-1, 143)]
    [DataRow(-200, 200)]
    [DataRow(256, 143)]
    [DataRow(-400, 255)]
    public void AWrongNumberOfTicksIsFoundByWhatTheRingHolds(int difference, int slot)
    {
        byte[] image = Started("<config size=\"16K\" period_ms=\"10\" records=\"4\" checks=\"0\"/>", 4005).Checkpoint();
        int at = SheepComponentTests.RootIn(image);
        ImageSeal.Put(image, at, ImageSeal.Get(image, at) + difference);
        Broken(image, "broken at=" + ((3 * Lane) + (slot * Record)));
    }

    [TestMethod]
    [DataRow("<config size=\"8K\" records=\"2\" period_ms=\"20\"/>", 2, 0)]
    [DataRow("<config period_ms=\"20\"/>", 4, 0)]
    [DataRow("<config period_ms=\"20\" size=\"4K\" records=\"256\"/>", 256, 0)]
    [DataRow("<config period_ms=\"20\" size=\"5000\" records=\"3\"/>", 3, 0)]
    [DataRow("<config period_ms=\"20\" size=\"4095\"/>", 4, 1)]
    [DataRow("<config period_ms=\"20\" size=\"2000000000\"/>", 4, 1)]
    [DataRow("<config period_ms=\"20\" records=\"0\"/>", 4, 1)]
    [DataRow("<config period_ms=\"20\" records=\"257\"/>", 4, 1)]
    [DataRow("<config period_ms=\"20\" checks=\"-1\"/>", 4, 1)]
    [DataRow("<config period_ms=\"0\" records=\"few\"/>", 4, 2)]
    [DataRow("<<<", 4, 1)]
    public void WhatTheConfigurationSays(string config, int first, int errors)
    {
        RtcrBench bench = Bench();
        bench.Start("recorder", "flight_recorder", 384 * 1024, config);
        bench.Run(110);

        Assert.IsTrue(bench.Reports("recorder", 0).StartsWith(" verified count=" + first + "\n"), bench.Reports("recorder", 0));
        Assert.AreEqual(errors, bench.Board.CountLogged("Error: config "));
    }

    [TestMethod]
    public void WithoutMemoryItSaysSoAndEnds()
    {
        RtcrBench bench = Bench();
        bench.Start("recorder", "flight_recorder", 16 * 1024, "<config size=\"1M\"/>");

        Assert.AreEqual(1, bench.Board.CountLogged("Error: no memory for the records: out of RAM"));
        bench.Do(env =>
        {
            Assert.AreEqual(0, bench.Rtcr.TakeEnded(out Error _, out int value));
            Assert.AreEqual(1, value);
        });
    }

    private static RtcrBench Bench()
        => new RtcrBench(StateBench.Board().With("flight_recorder", new FlightRecorder()), false).Boot();

    private static RtcrBench Started(string config, int milliseconds)
    {
        RtcrBench bench = Bench();
        bench.Start("recorder", "flight_recorder", 128 * 1024, config);
        bench.Run(milliseconds);
        return bench;
    }

    /// <summary>Where the ring is in an image: the last dataspace that the recorder has made.</summary>
    private static int RingAt(byte[] image, int size) => image.Length - ImageFormat.TrailerSize - size;

    private static void Broken(byte[] image, string expected)
    {
        RtcrBench bench = Bench();
        Expect.Ok(bench.Restore(bench.Seal(image)));
        bench.Run(10);
        string reports = bench.Reports("recorder", 0);
        Assert.IsTrue(reports.StartsWith(" " + expected + "\n"), expected + ", but it said" + reports);
        Assert.IsTrue(bench.Board.Logged("Error: " + expected));
    }

    private static bool IsEqual(byte[] first, int at, byte[] second, int from, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (first[at + i] != second[from + i])
            {
                return false;
            }
        }

        return true;
    }
}
