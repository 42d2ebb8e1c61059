// The decoder of the CMS's frames: whatever the pieces, only whole and unharmed frames come out.
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public class FrameReaderTests
{
    [TestMethod]
    public void AFrameComesOutAsItWentIn()
    {
        byte[] bytes = Bytes(Sample());
        FrameReader reader = Reader();
        Assert.AreEqual(bytes.Length, reader.Take(bytes, 0, bytes.Length));
        Assert.IsTrue(reader.IsComplete);
        var checkpoint = default(Checkpoint);
        Assert.IsTrue(checkpoint.Read(reader.Frame));
        Assert.AreEqual(0x343512345678L, checkpoint.Mac);
        Assert.AreEqual(64, checkpoint.Offset);
        Assert.AreEqual(7L << 33, checkpoint.NeedRam);
        Assert.AreEqual(NasOperation.Store, reader.Frame.Opcode);
        Assert.AreEqual(42, reader.Frame.Sequence);
        Assert.AreEqual(99, reader.Frame.Get(Checkpoint.Length));
        Assert.AreEqual(0, reader.Frame.Get(Checkpoint.Length + 4), "nothing is beyond the end");
    }

    [TestMethod]
    public void EverySplitGivesTheSameFrame()
    {
        byte[] bytes = Bytes(Sample());
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                FrameReader reader = Reader();
                reader.Take(bytes, 0, first);
                reader.Take(bytes, first, second - first);
                Assert.AreEqual(second == bytes.Length, reader.IsComplete);
                reader.Take(bytes, second, bytes.Length - second);
                Assert.IsTrue(reader.IsComplete);
            }
        }
    }

    [TestMethod]
    public void EveryTruncationWaitsForTheRest()
    {
        byte[] bytes = Bytes(Sample());
        for (int length = 0; length < bytes.Length; length++)
        {
            FrameReader reader = Reader();
            Assert.AreEqual(length, reader.Take(bytes, 0, length));
            Assert.IsFalse(reader.IsComplete);
            Assert.AreEqual((int)Error.None, (int)reader.Error);
            Assert.IsTrue(reader.Wanted > 0);
        }
    }

    [TestMethod]
    public void EveryChangeOfAByteIsNoticed()
    {
        byte[] bytes = Bytes(Sample());
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                bytes[at] ^= (byte)change;
                FrameReader reader = Reader();
                reader.Take(bytes, 0, bytes.Length);
                Assert.IsFalse(reader.IsComplete, "byte " + at + " changed by " + change);
                bytes[at] ^= (byte)change;
            }
        }
    }

    [TestMethod]
    public void WhatFollowsAFrameStaysInTheStream()
    {
        byte[] bytes = Bytes(Sample().WithBulk(5));
        var stream = new byte[bytes.Length + 5];
        System.Array.Copy(bytes, 0, stream, 0, bytes.Length);
        FrameReader reader = Reader();
        Assert.AreEqual(bytes.Length, reader.Take(stream, 0, stream.Length));
        Assert.AreEqual(5, reader.Frame.BulkLength);
        Assert.AreEqual(0, reader.Take(stream, bytes.Length, 5), "a complete frame is taken before the next");
        reader.Next();
        Assert.AreEqual(5, reader.Take(stream, bytes.Length, 5));
    }

    [TestMethod]
    public void AFrameForAnotherInterfaceIsRejected()
    {
        byte[] bytes = Bytes(Sample());
        var reader = new FrameReader();
        reader.Begin(ServiceId.Manager);
        reader.Take(bytes, 0, bytes.Length);
        Assert.AreEqual((int)Error.BadData, (int)reader.Error);
        Assert.AreEqual(0, reader.Wanted);
        Assert.AreEqual(0, reader.Take(bytes, 0, bytes.Length), "after a rejection nothing is taken");
    }

    [TestMethod]
    public void ImpossibleLengthsAreRejectedWithTheHeader()
    {
        foreach (int length in new int[] { -1, Frame.MaxPayload + 1, int.MaxValue, int.MinValue })
        {
            byte[] bytes = Bytes(Sample());
            Put(bytes, 16, length);
            FrameReader reader = Reader();
            Assert.AreEqual(Frame.HeaderSize, reader.Take(bytes, 0, bytes.Length));
            Assert.AreEqual((int)Error.BadData, (int)reader.Error);
        }
    }

    [TestMethod]
    public void ACheckpointWithImpossibleNumbersIsRefused()
    {
        Assert.IsFalse(Reads(Good(), 7), "a MAC address of more than 48 bits");
        Assert.IsFalse(Reads(Good(), 15), "a negative offset");
        Assert.IsFalse(Reads(Good(), 19), "a negative size");
        Assert.IsFalse(Reads(Good(), 27), "a negative epoch");
        Assert.IsFalse(Reads(Good(), 47), "a negative need");
        Assert.IsTrue(Reads(Good(), 35), "a ticket may be anything");
        Checkpoint beyond = Good();
        beyond.Offset = int.MaxValue;
        Assert.IsFalse(default(Checkpoint).Read(beyond.Write(new Frame().Ask(ServiceId.Nas, 0, 1))), "an end that cannot be counted");
    }

    [TestMethod]
    public void TheChecksumIsTheUsualOne()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("123456789");
        Assert.AreEqual(unchecked((int)0xcbf43926), Crc32.Compute(0, text, 0, text.Length));
        Assert.AreEqual(unchecked((int)0xcbf43926), Crc32.Compute(Crc32.Compute(0, text, 0, 4), text, 4, text.Length - 4));
    }

    private static Checkpoint Good()
    {
        var checkpoint = default(Checkpoint);
        checkpoint.Mac = 0x343512345678L;
        checkpoint.Ip = 0x0a000102;
        checkpoint.Offset = 64;
        checkpoint.Size = 4096;
        checkpoint.Commit = 3;
        checkpoint.Epoch = 2;
        checkpoint.Ticket = -5;
        checkpoint.Crc = -6;
        checkpoint.NeedRam = 7L << 33;
        checkpoint.NeedCaps = 8;
        return checkpoint;
    }

    private static Frame Sample() => Good().Write(new Frame().Ask(ServiceId.Nas, NasOperation.Store, 42)).Put(99);

    /// <summary>Whether a checkpoint is read after the highest bit of a byte of it was set.</summary>
    private static bool Reads(Checkpoint checkpoint, int at)
    {
        Frame frame = checkpoint.Write(new Frame().Ask(ServiceId.Nas, 0, 1));
        byte[] bytes = Bytes(frame);
        bytes[Frame.HeaderSize + at] |= 0x80;
        int crc = Crc32.Compute(Crc32.Compute(0, bytes, 0, 24), bytes, Frame.HeaderSize, bytes.Length - Frame.HeaderSize);
        Put(bytes, 24, crc);
        FrameReader reader = Reader();
        reader.Take(bytes, 0, bytes.Length);
        Assert.IsTrue(reader.IsComplete);
        return checkpoint.Read(reader.Frame);
    }

    private static FrameReader Reader()
    {
        var reader = new FrameReader();
        reader.Begin(ServiceId.Nas);
        return reader;
    }

    private static byte[] Bytes(Frame frame)
    {
        var bytes = new byte[frame.Size];
        Assert.AreEqual(bytes.Length, frame.CopyTo(bytes, 0));
        return bytes;
    }

    private static void Put(byte[] bytes, int at, int value)
    {
        for (int i = 0; i < 4; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * i));
        }
    }
}
