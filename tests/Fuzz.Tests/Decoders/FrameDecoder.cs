// The decoder of the CMS's streams, and the checkpoint in a frame's payload: what comes out is what a sound writer would have
// written, and no number that is used for lengths is out of its range.
using System.Buffers.Binary;
using Tern.Cms;

namespace Tern.Fuzz.Tests;

internal sealed class FrameDecoder : Decoder
{
    private const int LengthAt = 16;

    internal override string Name => "frame";

    internal override int Inputs => 20_000;

    internal override IReadOnlyList<byte[]> Samples { get; } = [Sample(NasOperation.Store, 0), Sample(NasOperation.Image, 40), Sample(NasOperation.Confirm, 0)];

    internal override byte[] Close(byte[] input)
    {
        int length = input.Length - Frame.HeaderSize;
        if (length >= 0)
        {
            Sample(input[5], 0).AsSpan(0, 5).CopyTo(input);
            input[7] = ServiceId.Nas;
            BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(LengthAt), Math.Min(length, Frame.MaxPayload));
            int crc = Crc32.Compute(0, input, 0, Frame.CrcAt);
            BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(Frame.CrcAt), Crc32.Compute(crc, input, Frame.HeaderSize, Math.Min(length, Frame.MaxPayload)));
        }

        return input;
    }

    internal override void Take(byte[] input)
    {
        var reader = new FrameReader();
        reader.Begin(ServiceId.Nas);
        int piece = 1 + (input.Length == 0 ? 0 : input[^1] % 37);
        for (int at = 0; at < input.Length;)
        {
            int taken = reader.Take(input, at, Math.Min(piece, input.Length - at));
            at += taken;
            if (reader.IsComplete)
            {
                Check(reader.Frame, input, at);
                at += Math.Min(reader.Frame.BulkLength, input.Length - at);
                reader.Next();
            }
            else if (taken == 0)
            {
                Assert.AreEqual(Tern.Kernel.Error.BadData, reader.Error);
                break;
            }
        }
    }

    /// <summary>A frame that came out is the bytes that went in, and so is its checkpoint.</summary>
    private static void Check(Frame frame, byte[] input, int end)
    {
        Assert.IsTrue(frame.Length is >= 0 and <= Frame.MaxPayload && frame.BulkLength >= 0);
        var bytes = new byte[frame.Size];
        frame.CopyTo(bytes, 0);
        Assert.IsTrue(bytes.AsSpan().SequenceEqual(input.AsSpan(end - frame.Size, frame.Size)), "it is not what came");
        Checkpoint checkpoint = default;
        if (checkpoint.Read(frame))
        {
            Assert.IsTrue(checkpoint.Mac is >= 0 and < 1L << 48 && checkpoint.Offset >= 0 && checkpoint.Size >= 0 && checkpoint.Offset + checkpoint.Size >= 0);
            Assert.IsTrue(checkpoint.Commit >= 0 && checkpoint.Epoch >= 0 && checkpoint.Claim >= 0 && checkpoint.NeedRam >= 0 && checkpoint.NeedCaps >= 0);
            var again = new byte[Frame.HeaderSize + Checkpoint.Length];
            checkpoint.Write(new Frame().Ask(ServiceId.Nas, 0, 0)).CopyTo(again, 0);
            Assert.IsTrue(again.AsSpan(Frame.HeaderSize).SequenceEqual(bytes.AsSpan(Frame.HeaderSize, Checkpoint.Length)));
        }
    }

    private static byte[] Sample(int operation, int bulk)
    {
        var checkpoint = new Checkpoint { Mac = 0x343512345678, Offset = 64, Size = 4096, Commit = 3, Epoch = 2, Ticket = -5, NeedRam = 1 << 20, NeedCaps = 9 };
        Frame frame = checkpoint.Write(new Frame().Ask(ServiceId.Nas, operation, 7)).Put(1).Put(2).WithBulk(bulk);
        var bytes = new byte[frame.Size + bulk];
        frame.CopyTo(bytes, 0);
        return bytes;
    }
}
