// Random bytes and random streams: nothing but whole frames comes out, and never more is taken than belongs to them.
using System;
using System.Collections.Generic;
using FsCheck.Fluent;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class FrameFuzzTests
{
    [TestMethod]
    public void RandomBytesAreNoFrame()
        => Property.Holds(
            Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)),
            bytes =>
            {
                FrameReader reader = Reader();
                int taken = reader.Take(bytes, 0, bytes.Length);
                Assert.IsFalse(reader.IsComplete);
                Assert.IsTrue(taken == bytes.Length || taken <= Frame.HeaderSize + Frame.MaxPayload);
            },
            2000);

    [TestMethod]
    public void RandomBytesBehindAGoodBeginningAreNoFrame()
        => Property.Holds(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(200),
            bytes =>
            {
                byte[] good = new byte[Frame.HeaderSize];
                new Frame().Ask(ServiceId.Nas, bytes[0], bytes[1]).CopyTo(good, 0);
                Array.Copy(good, 0, bytes, 0, 8);
                bytes[17] = bytes[18] = bytes[19] = 0;
                FrameReader reader = Reader();
                reader.Take(bytes, 0, bytes.Length);
                Assert.IsFalse(reader.IsComplete);
            },
            2000);

    [TestMethod]
    public void AStreamOfFramesAndBulkComesApartAsItWasMade()
        => Property.Holds(
            Gen.Choose(0, int.MaxValue),
            seed =>
            {
                var random = new Random(seed);
                var stream = new List<byte>();
                var bulks = new List<int>();
                for (int i = 0; i < 5; i++)
                {
                    Frame frame = new Frame().Ask(ServiceId.Nas, i, i);
                    for (int word = random.Next(Frame.MaxPayload / 4); word > 0; word--)
                    {
                        frame.Put(random.Next());
                    }

                    bulks.Add(random.Next(3) == 0 ? random.Next(300) : 0);
                    var bytes = new byte[frame.WithBulk(bulks[i]).Size];
                    frame.CopyTo(bytes, 0);
                    stream.AddRange(bytes);
                    stream.AddRange(new byte[bulks[i]]);
                }

                byte[] all = [.. stream];
                FrameReader reader = Reader();
                int at = 0;
                int frames = 0;
                while (at < all.Length)
                {
                    at += reader.Take(all, at, Math.Min(all.Length - at, 1 + random.Next(40)));
                    if (reader.IsComplete)
                    {
                        Assert.AreEqual(frames, reader.Frame.Opcode);
                        at += reader.Frame.BulkLength;
                        frames++;
                        reader.Next();
                    }
                }

                Assert.AreEqual(5, frames);
            },
            500);

    private static FrameReader Reader()
    {
        var reader = new FrameReader();
        reader.Begin(ServiceId.Nas);
        return reader;
    }
}
