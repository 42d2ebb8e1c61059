// What the co-processor refuses: arguments just beyond their limits, addresses beyond the memory, frames that are not in order.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaRefusalTests
{
    private const uint Size = 1 << 16;

    [TestMethod]
    [DataRow(FpgaCommand.Read, 0u, 0u, 1u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.Read, 0u, 0u, 0u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.Read, 0u, 0u, 4096u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.Read, 0u, 0u, 4097u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.Read, 0u, 0u, 0x10001u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.Write, 0u, 0u, 0u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.Fill, 0u, 0u, 0u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.Fill, 0u, 0u, 64u, 8, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.CopyList, 0u, 0u, 0u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.CopyList, 0u, 0u, 0u, 8, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.CopyList, 0u, 0u, 0u, 17, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 0u, 0u, 4096u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.DirtyRead, 0u, 0u, 4104u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 0u, 0u, 0u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 0u, 0u, 12u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 32u, 0u, 8u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 32704u, 0u, 8u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.DirtyRead, 32704u, 0u, 16u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 32768u, 0u, 8u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 64u, 0u, 4096u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyRead, 0u, 0u, 0x2008u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.DirtyClear, 0u, 0u, 4096u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.DirtyClear, 0u, 0u, 4u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1003u, 0x8000u, 0x1008u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1004u, 0x8000u, 0x1008u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1000u, 0x8001u, 0x1008u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1000u, 0x8000u, 0x1007u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1000u, 0x8000u, 0x1010u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1000u, 0x8000u, 0x1011u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0x1000u, 0x8000u, 0x1028u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0u, 0x8000u, 0x200008u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.InterceptRegion, 0u, 0x8000u, 0x201008u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0u, 0x8000u, 0x20000010u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.InterceptRegion, 0u, 0x8000u, 0x20001010u, 0, FpgaStatus.BadArgument)]
    [DataRow(FpgaCommand.InterceptRegion, 0u, 0x8000u, 8u, 0, FpgaStatus.Ok)]
    [DataRow(FpgaCommand.InterceptRegion, 0u, 0x8000u, 0u, 0, FpgaStatus.BadArgument)]
    [DataRow((byte)0x04, 0xFFFFFFFFu, 0u, 0u, 0, FpgaStatus.Ok)]
    [DataRow((byte)0x06, 0u, 0u, 0u, 0, FpgaStatus.BadCommand)]
    [DataRow((byte)0x0F, 0u, 0u, 0u, 0, FpgaStatus.BadCommand)]
    [DataRow((byte)0x19, 0u, 0u, 0u, 0, FpgaStatus.BadCommand)]
    [DataRow((byte)0x1F, 0u, 0u, 0u, 0, FpgaStatus.BadCommand)]
    [DataRow((byte)0x21, 0u, 0u, 0u, 0, FpgaStatus.BadCommand)]
    [DataRow((byte)0xFF, 0u, 0u, 0u, 0, FpgaStatus.BadCommand)]
    public void Arguments_have_limits(byte command, uint argument0, uint argument1, uint argument2, int payload, byte status)
    {
        using FpgaPair pair = FpgaPair.Introduced();
        Assert.AreEqual(status, pair.Command(command, argument0, argument1, argument2, new byte[payload]).Status);
    }

    [TestMethod]
    [DataRow(FpgaCommand.Crc, Size - 8, 0u, 8u, FpgaStatus.Ok, null)]
    [DataRow(FpgaCommand.Crc, Size - 7, 0u, 8u, FpgaStatus.ReadError, Size)]
    [DataRow(FpgaCommand.Crc, Size + 13, 0u, 8u, FpgaStatus.ReadError, Size + 8)]
    [DataRow(FpgaCommand.Crc, 0xFFFFFFFFu, 0u, 8u, FpgaStatus.ReadError, 0xFFFFFFF8u)]
    [DataRow(FpgaCommand.Crc, Size + 13, 0u, 0u, FpgaStatus.Ok, 0u)]
    [DataRow(FpgaCommand.Fill, 5u, Size - 9, 9u, FpgaStatus.Ok, 0u)]
    [DataRow(FpgaCommand.Fill, 5u, Size - 300, 301u, FpgaStatus.WriteError, Size)]
    [DataRow(FpgaCommand.Fill, 5u, Size + 300, 1u, FpgaStatus.WriteError, Size + 296)]
    [DataRow(FpgaCommand.Fill, 5u, 0x10000000u, 0xFFFFFFFFu, FpgaStatus.WriteError, 0x10000000u)]
    [DataRow(FpgaCommand.Fill, 5u, 0xFFFFFF01u, 0x2000u, FpgaStatus.WriteError, 0xFFFFFF00u)]
    [DataRow(FpgaCommand.Copy, Size + 100, 0u, 16u, FpgaStatus.ReadError, Size + 96)]
    [DataRow(FpgaCommand.Copy, 0u, Size + 100, 16u, FpgaStatus.WriteError, Size + 96)]
    [DataRow(FpgaCommand.Copy, 0u, Size - 100, 0x1000u, FpgaStatus.WriteError, Size)]
    [DataRow(FpgaCommand.Compare, Size + 100, 0u, 16u, FpgaStatus.ReadError, Size + 96)]
    [DataRow(FpgaCommand.Compare, 0u, Size + 100, 16u, FpgaStatus.ReadError, Size + 96)]
    [DataRow(FpgaCommand.Compare, Size - 64, Size - 64, 65u, FpgaStatus.ReadError, Size)]
    public void Beyond_the_memory_is_an_error_with_its_address(byte command, uint argument0, uint argument1, uint argument2, byte status, uint? value)
    {
        using FpgaPair pair = FpgaPair.Introduced();
        FpgaAnswer queued = pair.Command(command, argument0, argument1, argument2);
        Assert.AreEqual((FpgaStatus.Ok, 1u), (queued.Status, queued.Value));
        FpgaAnswer ended = pair.Command(FpgaCommand.Status, 1);
        Assert.AreEqual(status, ended.Status);
        Assert.AreEqual(value ?? ended.Value, ended.Value);
    }

    [TestMethod]
    public void A_reading_beyond_the_memory_is_answered_without_a_payload()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        FpgaAnswer answer = pair.Command(FpgaCommand.Read, Size - 1, 0, 2);
        Assert.AreEqual((FpgaStatus.ReadError, 0, 1u), (answer.Status, answer.Length, answer.Value));
        Assert.AreEqual(Size, pair.Command(FpgaCommand.Status, 1).Value);
    }

    [TestMethod]
    public void A_redundant_copy_beyond_the_memory_is_a_write_error()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2000, Size, 0x1008);
        pair.Command(FpgaCommand.Fill, 1, 0x2081, 3);
        FpgaAnswer ended = pair.Command(FpgaCommand.Status, 1);
        Assert.AreEqual((FpgaStatus.WriteError, 0x2080u), (ended.Status, ended.Value));
    }

    [TestMethod]
    public void A_frame_with_any_bit_flipped_is_never_executed()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] right = pair.Frame(FpgaCommand.Fill, 0xFFFFFFFF, 0x300, 64, [1, 2, 3]);
        byte[] before = pair.Model.Memory.ToArray();
        for (int bit = 0; bit < right.Length * 8; bit++)
        {
            byte[] flipped = [.. right];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            FpgaAnswer answer = pair.Linked(flipped);
            Assert.IsTrue(answer.Link is FpgaLink.BadCrc or FpgaLink.Truncated or FpgaLink.BadLength, $"bit {bit}: link {answer.Link}");
            Assert.AreEqual((byte)(bit + 1), answer.BadFrames);
        }

        CollectionAssert.AreEqual(before, pair.Model.Memory.ToArray());
        Assert.AreEqual(FpgaStatus.Ok, pair.Whole(right).Status);
    }

    [TestMethod]
    public void A_frame_cut_anywhere_is_truncated()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] right = pair.Frame(FpgaCommand.Write, 0, 0x300, 0, [1, 2, 3, 4, 5]);
        for (int length = 1; length < right.Length; length++)
        {
            Assert.AreEqual(FpgaLink.Truncated, pair.Linked(right[..length]).Link);
        }
    }

    [TestMethod]
    public void Bytes_after_a_frame_are_ignored()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] frame = [.. pair.Frame(FpgaCommand.Fill, 1, 0x300, 5), .. FpgaFrames.Bytes(3, 300)];
        FpgaAnswer answer = pair.Linked(frame);
        Assert.AreEqual((FpgaStatus.Ok, FpgaLink.Taken), (answer.Status, answer.Link));
    }

    [TestMethod]
    public void A_payload_longer_than_the_buffer_is_a_bad_length()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        Assert.AreEqual(FpgaLink.BadLength, pair.Linked(pair.Frame(FpgaCommand.Write, 0, 0, 0, new byte[4097])).Link);
        Assert.AreEqual(FpgaLink.BadLength, pair.Linked(pair.Frame(FpgaCommand.Write, 0, 0, 0, new byte[0xFFFF])[..17]).Link);
    }

    [TestMethod]
    public void A_selection_without_a_byte_is_nothing()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Exchange([]);
        Assert.AreEqual(0, pair.Fetch().BadFrames);
    }
}
