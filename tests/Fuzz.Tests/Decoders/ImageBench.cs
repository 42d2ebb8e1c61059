// A board whose RTCR is given images, one after another. Invariant: after each, its budgets are what they were before.
using Tern.Kernel;
using Tern.Rtcr;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class ImageBench
{
    private readonly RtcrBench _bench;
    private readonly Quota _before;

    /// <summary>Boots a board that knows the program of a state of the table.</summary>
    internal ImageBench(string state)
    {
        Image = StateBench.ImageOf(state);
        _bench = StateBench.Boot(StateBench.Board(), StateBench.Find(state).Program, false);

        // RTCR's own memory grows with what it has seen; that is no leak.
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(Error.None, _bench.Restore(Image, env => _bench.Rtcr.Stop(0)));
        }

        _before = _bench.Quota();
    }

    /// <summary>The image of that state; not to be changed.</summary>
    internal byte[] Image { get; }

    /// <summary>Seals an image with the board's key, restores it, and ends what came of it.</summary>
    internal void Try(byte[] image)
    {
        if (image.Length >= ImageFormat.HeaderSize + ImageFormat.TrailerSize)
        {
            ImageSeal.Close(_bench.Board.Crypto, image);
        }

        Quota after = default;
        bool free = false;
        Error error = _bench.Restore(image, env =>
        {
            free = _bench.Rtcr.IsFree(0);
            _bench.Rtcr.Stop(0);
            new PdSession(env, Selectors.Pd).ReadQuota(ref after);
        });
        Assert.AreNotEqual("unknown error", Errors.Name(error));
        Assert.AreEqual(error != Error.None, free, Errors.Name(error) + ", and the place is " + (free ? "free" : "taken"));
        Assert.AreEqual(_before.RamQuota, after.RamQuota, "RAM quota");
        Assert.AreEqual(_before.CapQuota, after.CapQuota, "capability quota");
        Assert.AreEqual(_before.CapUsed, after.CapUsed, "capabilities used");
        Assert.AreEqual(_before.RamUsed, after.RamUsed, "RAM used");
        Assert.IsFalse(_bench.Board.Logged("fault"), "somebody faulted");
    }
}
