// Each command by itself, with the answers that hw/README.md promises, from the model and the RTL at once.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaCommandTests
{
    private const uint Size = 1 << 16;

    [TestMethod]
    public void Identify_tells_who_is_there()
    {
        using var pair = new FpgaPair();
        FpgaAnswer answer = pair.Command(FpgaCommand.Identify);
        Assert.AreEqual(FpgaStatus.Ok, answer.Status);
        CollectionAssert.AreEqual(new byte[] { (byte)'T', (byte)'E', (byte)'R', (byte)'N', 1, 0, 16, 4, 12, 15, 28, 0, 0, 0, 0, 0 }, answer.Payload);
    }

    [TestMethod]
    public void Before_Identify_nothing_is_executed()
    {
        using var pair = new FpgaPair();
        byte[] before = pair.Model.Memory.ToArray();
        foreach (byte command in new[] { FpgaCommand.Status, FpgaCommand.Abort, FpgaCommand.Fill, FpgaCommand.InterceptRegion, (byte)0x7E })
        {
            Assert.AreEqual(FpgaStatus.NotIntroduced, pair.Command(command, 0, 0, 64).Status);
        }

        CollectionAssert.AreEqual(before, pair.Model.Memory.ToArray());
    }

    [TestMethod]
    public void Before_Identify_no_frame_is_a_repeated_one()
    {
        using var pair = new FpgaPair();
        for (int time = 0; time < 2; time++)
        {
            FpgaAnswer answer = pair.Linked(FpgaFrames.Make(FpgaCommand.Fill, 0, 0, 0, 8));
            Assert.AreEqual((FpgaLink.Taken, FpgaStatus.NotIntroduced), (answer.Link, answer.Status));
        }
    }

    [TestMethod]
    [DataRow(1, 0, 0)]
    [DataRow(7, 3, 1)]
    [DataRow(131, 0x7FFD, 5)]
    [DataRow(4096, 0, 0)]
    [DataRow(4096, 0xFF0, 16)]
    [DataRow(4095, 1, 2)]
    public void What_was_written_is_read(int length, int at, int seed)
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] bytes = FpgaFrames.Bytes(seed, length);
        Assert.AreEqual(1u, pair.Command(FpgaCommand.Write, 0, (uint)at, 0, bytes).Value);
        FpgaAnswer answer = pair.Command(FpgaCommand.Read, (uint)at, 0, (uint)length);
        Assert.AreEqual(2u, answer.Value);
        CollectionAssert.AreEqual(bytes, answer.Payload);
    }

    [TestMethod]
    public void Fill_repeats_its_pattern_from_the_address_on()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.Fill, 0x04030201, 0x103, 10);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 1, 2, 3, 4, 1, 2 }, pair.Model.Memory.Slice(0x103, 10).ToArray());
    }

    [TestMethod]
    public void Copies_of_any_alignment_arrive()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        for (uint lane = 0; lane < 64; lane++)
        {
            byte[] source = pair.Model.Memory.Slice((int)(lane % 8), 1000).ToArray();
            pair.Command(FpgaCommand.Copy, lane % 8, 0x4000 + (lane / 8), 1000 - lane);
            CollectionAssert.AreEqual(source[..(int)(1000 - lane)], pair.Model.Memory.Slice((int)(0x4000 + (lane / 8)), (int)(1000 - lane)).ToArray());
        }
    }

    [TestMethod]
    public void A_copy_may_go_down_within_itself()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] source = pair.Model.Memory.Slice(0x105, 3000).ToArray();
        pair.Command(FpgaCommand.Copy, 0x105, 0x100, 3000);
        CollectionAssert.AreEqual(source, pair.Model.Memory.Slice(0x100, 3000).ToArray());
    }

    [TestMethod]
    public void Compare_finds_the_first_difference()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.Copy, 0x1001, 0x5003, 9000);
        Assert.AreEqual((FpgaStatus.Ok, 0u), Ended(pair, FpgaCommand.Compare, 0x1001, 0x5003, 9000));
        pair.Command(FpgaCommand.Fill, 0, 0x5003 + 8500, 1);
        pair.Command(FpgaCommand.Fill, 1, 0x1001 + 8500, 1);
        Assert.AreEqual((FpgaStatus.Mismatch, 0x5003u + 8500), Ended(pair, FpgaCommand.Compare, 0x1001, 0x5003, 9000));
        Assert.AreEqual((FpgaStatus.Ok, 0u), Ended(pair, FpgaCommand.Compare, 0x1001, 0x5003, 8500));
    }

    [TestMethod]
    public void Crc_is_that_of_the_bytes()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        for (uint length = 0; length < 40; length++)
        {
            uint expected = Crc32.Continue(0, pair.Model.Memory.Slice((int)length, (int)length));
            Assert.AreEqual((FpgaStatus.Ok, expected), Ended(pair, FpgaCommand.Crc, length, 0, length));
        }
    }

    [TestMethod]
    public void A_list_copies_in_its_order_until_the_first_failure()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] first = pair.Model.Memory.Slice(0x100, 200).ToArray(), kept = pair.Model.Memory.Slice(0x6000, 8).ToArray();
        FpgaAnswer answer = pair.Command(FpgaCommand.CopyList, payload: FpgaFrames.List((0x100, 0x2003, 200), (0x2003, 0x4001, 200), (0, 0, 0)));
        Assert.AreEqual((FpgaStatus.Ok, 1u), (answer.Status, answer.Value));
        CollectionAssert.AreEqual(first, pair.Model.Memory.Slice(0x4001, 200).ToArray());

        byte[] failing = FpgaFrames.List((0x100, 0x2003, 200), (Size + 5, 0x4001, 200), (0x100, 0x6000, 8));
        pair.Command(FpgaCommand.CopyList, payload: failing);
        FpgaAnswer status = pair.Command(FpgaCommand.Status, 2);
        Assert.AreEqual((FpgaStatus.ReadError, Size), (status.Status, status.Value));
        CollectionAssert.AreEqual(kept, pair.Model.Memory.Slice(0x6000, 8).ToArray());
    }

    [TestMethod]
    public void A_list_may_have_256_entries()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        var entries = new (uint, uint, uint)[256];
        for (uint index = 0; index < 256; index++)
        {
            entries[index] = (index * 3, 0x4000 + (index * 40), index % 40);
        }

        Assert.AreEqual(FpgaStatus.Ok, pair.Command(FpgaCommand.CopyList, payload: FpgaFrames.List(entries)).Status);
        Assert.AreEqual(FpgaStatus.Ok, pair.Command(FpgaCommand.Status, 1).Status);
    }

    private static (byte Status, uint Value) Ended(FpgaPair pair, byte command, uint argument0, uint argument1, uint argument2)
    {
        FpgaAnswer queued = pair.Command(command, argument0, argument1, argument2);
        Assert.AreEqual(FpgaStatus.Ok, queued.Status);
        FpgaAnswer status = pair.Command(FpgaCommand.Status, queued.Value);
        return (status.Status, status.Value);
    }
}
