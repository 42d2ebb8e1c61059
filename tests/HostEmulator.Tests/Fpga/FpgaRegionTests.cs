// Intercepted regions and their dirty map.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaRegionTests
{
    [TestMethod]
    [DataRow(8)]
    [DataRow(9)]
    [DataRow(12)]
    [DataRow(14)]
    [DataRow(16)]
    public void What_is_written_to_a_region_is_mirrored_and_its_granules_are_marked(int granularity)
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2001, 0x9000, 0x4000u | (uint)granularity);
        pair.Command(FpgaCommand.Fill, 0x55667788, 0x2000 + 0x11FD, 0x305);
        CollectionAssert.AreEqual(pair.Model.Memory.Slice(0x31FD, 0x305).ToArray(), pair.Model.Memory.Slice(0xA1FD, 0x305).ToArray());
        byte[] expected = new byte[4096];
        for (int granule = 0x11FD >> granularity; granule <= (0x11FD + 0x304) >> granularity; granule++)
        {
            expected[1024 + (granule / 8)] |= (byte)(1 << (granule % 8));
        }

        CollectionAssert.AreEqual(expected, pair.Map());
    }

    [TestMethod]
    public void Every_command_that_writes_is_intercepted()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2000, 0x9000, 0x1008);
        pair.Command(FpgaCommand.Write, 0, 0x2100, 0, FpgaFrames.Bytes(1, 70));
        pair.Command(FpgaCommand.Copy, 0x5001, 0x2203, 100);
        pair.Command(FpgaCommand.Fill, 3, 0x2400, 8);
        pair.Command(FpgaCommand.CopyList, payload: FpgaFrames.List((0x5000, 0x2600, 33), (0x6000, 0x2FFF, 1)));
        foreach ((int at, int length) in new[] { (0x2100, 70), (0x2203, 100), (0x2400, 8), (0x2600, 33), (0x2FFF, 1) })
        {
            CollectionAssert.AreEqual(pair.Model.Memory.Slice(at, length).ToArray(), pair.Model.Memory.Slice(at + 0x7000, length).ToArray());
        }

        CollectionAssert.AreEqual(new byte[] { 0b0101_0110, 0b1000_0000 }, pair.Map()[..2]);
    }

    [TestMethod]
    public void Of_overlapping_regions_the_lowest_number_counts()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2003, 0x9000, 0x4008);
        pair.Command(FpgaCommand.InterceptRegion, 0x3001, 0xE000, 0x1008);
        byte before = pair.Model.Memory[0xA010];
        pair.Command(FpgaCommand.Fill, before + 1u, 0x3010, 1);
        pair.Command(FpgaCommand.Fill, 1, 0x4010, 1);
        Assert.AreEqual((before, (byte)(before + 1)), (pair.Model.Memory[0xA010], pair.Model.Memory[0xE010]));
        byte[] map = pair.Map();
        Assert.AreEqual(((byte)1, (byte)0, (byte)1), (map[1024], map[3072], map[3072 + 4]));
    }

    [TestMethod]
    public void A_region_of_no_pages_is_off()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2000, 0x9000, 0x1008);
        pair.Command(FpgaCommand.InterceptRegion, 0x2000, 0x9000, 8);
        byte before = pair.Model.Memory[0x9000];
        pair.Command(FpgaCommand.Fill, before + 1u, 0x2000, 1);
        Assert.AreEqual((before, (byte)0), (pair.Model.Memory[0x9000], pair.Map()[0]));
    }

    [TestMethod]
    public void Pages_wrap_at_the_end_of_the_address_space()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0xFFFFF000, 0xFFFFE000, 0x4008);
        pair.Command(FpgaCommand.Fill, 0x01020304, 0x1080, 0x20);
        CollectionAssert.AreEqual(pair.Model.Memory.Slice(0x1080, 0x20).ToArray(), pair.Model.Memory.Slice(0x80, 0x20).ToArray());
        Assert.AreEqual(1, pair.Map()[4]);
    }

    [TestMethod]
    public void A_clearing_reading_gives_each_mark_once()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2000, 0x9000, 0x4008);
        pair.Command(FpgaCommand.Fill, 0, 0x2000, 0x4000);
        CollectionAssert.AreEqual(Enumerable.Repeat((byte)0xFF, 8).ToArray(), pair.Command(FpgaCommand.DirtyRead, 0, 0, 8).Payload);
        CollectionAssert.AreEqual(Enumerable.Repeat((byte)0xFF, 8).ToArray(), pair.Command(FpgaCommand.DirtyRead, 0, 0xFFFFFFFF, 8).Payload);
        CollectionAssert.AreEqual(new byte[8], pair.Command(FpgaCommand.DirtyRead, 0, 1, 8).Payload);
        pair.Command(FpgaCommand.Fill, 0, 0x2000, 0x4000);
        pair.Command(FpgaCommand.Fill, 0, 0x5FFF, 1);
        pair.Command(FpgaCommand.DirtyClear, 64, 0, 8);
        Assert.AreEqual(0xFF, pair.Map()[7]);
        pair.Command(FpgaCommand.DirtyClear, 0, 0, 4096);
        CollectionAssert.AreEqual(new byte[4096], pair.Map());
    }
}
