// Images that are sealed with the right key and yet wrong: the parser behind the seal gets everything that a broken or
// malicious board of the same vehicle could send. Whatever it is, RTCR answers with a named error or a target that is whole,
// and has its budgets back to the byte when that is ended.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class ImageFuzzTests
{
    private static readonly int[] Values =
    {
        0, 1, -1, 7, 0x80, 0xff, 0xfffe, 0xffff, 0x10000, 0x7fffffff, -0x7fffffff - 1, 0x7ffe0000,
    };

    private RtcrBench _bench = null!;
    private Quota _before;

    [TestMethod]
    public void EveryFieldMayHoldAnything()
    {
        byte[] image = Begin("a little of everything");
        var view = new ImageView(image);
        for (int field = 0; field < view.Fields; field++)
        {
            int at = view.FieldAt(field);
            int size = view.FieldSize(field);
            for (int value = 0; value < Values.Length; value++)
            {
                if (size == 4 || (uint)Values[value] >> (8 * size) == 0)
                {
                    Try(With(image, at, size, Values[value]), "field at " + at);
                }
            }

            int held = size == 4 ? ImageSeal.Get(image, at) : size == 2 ? ImageSeal.Get(image, at) & 0xffff : image[at];
            Try(With(image, at, size, held + 1), "field one more at " + at);
            Try(With(image, at, size, held - 1), "field one less at " + at);
        }

        End(image);
    }

    [TestMethod]
    public void EveryFieldOfATargetWithAChildMayHoldAnything()
    {
        byte[] image = Begin("parent asks its child, one request kept");
        var view = new ImageView(image);
        for (int field = 0; field < view.Fields; field++)
        {
            int at = view.FieldAt(field);
            int size = view.FieldSize(field);
            int held = size == 4 ? ImageSeal.Get(image, at) : size == 2 ? ImageSeal.Get(image, at) & 0xffff : image[at];
            Try(With(image, at, size, held + 1), "field one more at " + at);
            Try(With(image, at, size, held - 1), "field one less at " + at);
            Try(With(image, at, size, 0), "field 0 at " + at);
            Try(With(image, at, size, -1), "field without bits at " + at);
        }

        End(image);
    }

    [TestMethod]
    public void TheRuntimesBlockMayHoldAnything()
    {
        byte[] image = Begin("heap grown");
        int block = new ImageView(image).RuntimeBlockAt;
        for (int word = 0; word < 64; word += 4)
        {
            for (int value = 0; value < Values.Length; value++)
            {
                Try(With(image, block + word, 4, Values[value]), "word " + word + " of the block");
            }

            for (int step = -16; step <= 16; step++)
            {
                Try(With(image, block + word, 4, ImageSeal.Get(image, block + word) + step), "word " + word + " of the block");
            }
        }

        End(image);
    }

    [TestMethod]
    public void TheImageMayEndAnywhere()
    {
        byte[] image = Begin("managed dataspaces nested");
        int memoryAt = ImageSeal.Get(image, ImageFormat.MemoryAt);
        for (int length = 0; length < image.Length; length += length < memoryAt ? 3 : 1021)
        {
            var cut = new byte[length];
            System.Array.Copy(image, 0, cut, 0, length);
            if (length >= ImageFormat.HeaderSize + ImageFormat.TrailerSize)
            {
                ImageSeal.Put(cut, ImageFormat.SizeAt, length);
                ImageSeal.Close(_bench.Board.Crypto, cut);
            }

            Assert.AreNotEqual((int)Error.None, (int)Try(cut, "cut to " + length));
        }

        End(image);
    }

    [TestMethod]
    public void ManyFieldsMayBeWrongAtOnce()
    {
        uint random = 20180725;
        byte[] image = Begin("a little of everything");
        var view = new ImageView(image);
        for (int round = 0; round < 1500; round++)
        {
            byte[] wrong = With(image, 0, 4, ImageFormat.Magic);
            for (int i = round % 5; i >= 0; i--)
            {
                random = (random * 1664525) + 1013904223;
                int field = 11 + (int)((random >> 8) % (uint)(view.Fields - 11));
                random = (random * 1664525) + 1013904223;
                int value = (random & 0x80) != 0 ? (int)random >> (int)(random % 30) : Values[(int)((random >> 8) % (uint)Values.Length)];
                wrong = With(wrong, view.FieldAt(field), view.FieldSize(field), value);
            }

            Try(wrong, "round " + round);
        }

        End(image);
    }

    [TestMethod]
    public void WhatATargetServesMayBeAnything()
    {
        byte[] image = Begin(ServingLimitTests.ImageOfMuch(), new ServingBench().Rtcr);
        var view = new ImageView(image);
        int requestsAt = ImageSeal.Get(image, ImageFormat.SectionsAt + (8 * (int)Section.Requests));
        for (int field = 0; field < view.Fields; field++)
        {
            int at = view.FieldAt(field);
            int size = view.FieldSize(field);
            for (int value = 0; value < Values.Length && at >= requestsAt; value++)
            {
                Try(With(image, at, size, Values[value]), "field at " + at);
            }

            int held = size == 4 ? ImageSeal.Get(image, at) : size == 2 ? ImageSeal.Get(image, at) & 0xffff : image[at];
            Try(With(image, at, size, held + 1), "field one more at " + at);
            Try(With(image, at, size, held - 1), "field one less at " + at);
        }

        End(image);
    }

    private byte[] Begin(string state)
    {
        byte[] image = StateBench.ImageOf(state);
        return Begin(image, StateBench.Boot(StateBench.Board(), StateBench.Find(state).Program, false));
    }

    private byte[] Begin(byte[] image, RtcrBench bench)
    {
        _bench = bench;

        // RTCR's own memory grows with what it has seen; that is no leak.
        for (int i = 0; i < 3; i++)
        {
            Expect.Ok(Restore(image));
        }

        _before = _bench.Quota();
        return image;
    }

    private void End(byte[] image)
    {
        Expect.Ok(Restore(image));
        Assert.IsFalse(_bench.Board.Logged("fault"), "somebody faulted");
    }

    private Error Restore(byte[] image)
        => _bench.Restore(image, env => _bench.Rtcr.Stop(0));

    private Error Try(byte[] image, string what)
    {
        var after = default(Quota);
        bool free = false;
        Error error = _bench.Restore(image, env =>
        {
            free = _bench.Rtcr.IsFree(0);
            _bench.Rtcr.Stop(0);
            new PdSession(env, Selectors.Pd).ReadQuota(ref after);
        });
        Assert.AreNotEqual("unknown error", Errors.Name(error), what);
        Assert.AreEqual(error != Error.None, free, what + ": " + Errors.Name(error) + ", and the place is " + (free ? "free" : "taken"));
        Assert.AreEqual(_before.RamQuota, after.RamQuota, what + ": RAM quota");
        Assert.AreEqual(_before.CapQuota, after.CapQuota, what + ": capability quota");
        Assert.AreEqual(_before.CapUsed, after.CapUsed, what + ": capabilities used");
        Assert.AreEqual(_before.RamUsed, after.RamUsed, what + ": RAM used");
        return error;
    }

    private byte[] With(byte[] image, int at, int size, int value)
    {
        var changed = new byte[image.Length];
        System.Array.Copy(image, 0, changed, 0, image.Length);
        for (int i = 0; i < size; i++)
        {
            changed[at + i] = (byte)(value >> (8 * i));
        }

        // The checksum's field stays as it was made.
        bool isChecksum = at == ImageFormat.CrcAt;
        ImageSeal.Close(_bench.Board.Crypto, changed);
        if (isChecksum)
        {
            changed[at] ^= (byte)(value | 1);
        }

        return changed;
    }
}
