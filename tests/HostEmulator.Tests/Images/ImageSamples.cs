// Real images: of every state that RTCR's tests bring a target into, sealed with the development key of a bench "states".
using System.Buffers.Binary;
using System.Security.Cryptography;
using Tern.Rtcr;
using Tern.Tests;

namespace Tern.HostEmulator.Tests.Images;

internal static class ImageSamples
{
    internal const string Bench = "states";

    /// <summary>The state with most of everything.</summary>
    internal const string Everything = "a little of everything";

    /// <summary>A target that serves a sibling and another target, keeps a request and has been given something.</summary>
    internal const string Serving = "serving";

    /// <summary>That other target.</summary>
    internal const string Served = "served by another target";

    private static readonly Lazy<SortedDictionary<string, byte[]>> Taken = new(TakeAll);

    internal static IReadOnlyDictionary<string, byte[]> All => Taken.Value;

    internal static SealKey[] Keys => [new("the key", HostCrypto.DevelopmentKey(Bench))];

    /// <summary>An image of a state; not to be changed.</summary>
    internal static byte[] Of(string state) => All[state];

    /// <summary>A board on which a state's target can run.</summary>
    internal static RtcrBench Boot(State state)
    {
        Tern.Tests.TestBoard board = StateBench.Board();
        board.Crypto = new HostCrypto(Bench);
        return StateBench.Boot(board, state.Program, state.NeedsServers);
    }

    /// <summary>A changed copy.</summary>
    internal static byte[] With(byte[] image, Action<byte[]> change)
    {
        byte[] copy = [.. image];
        change(copy);
        return copy;
    }

    /// <summary>Makes checksum and code right again, as a malicious board of the vehicle would.</summary>
    internal static byte[] Seal(byte[] image)
    {
        int end = image.Length - ImageFormat.TrailerSize;
        uint crc = Crc32.Continue(0, image.AsSpan(ImageFormat.HeaderSize, end - ImageFormat.HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(ImageFormat.CrcAt), crc);
        HMACSHA256.HashData(HostCrypto.DevelopmentKey(Bench), image.AsSpan(0, end)).CopyTo(image, end);
        return image;
    }

    /// <summary>A board where one target serves another one and a sibling, all of them in the middle of something.</summary>
    internal static RtcrBench BootServing()
    {
        Tern.Tests.TestBoard board = StateBench.Board();
        board.Crypto = new HostCrypto(Bench);
        var bench = new ServingBench(board);
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        bench.Rtcr.Place = 1;
        bench.Rtcr.Start("guest", "guest");
        bench.Rtcr.Place = 0;
        bench.Rtcr.Run(55);
        bench.Ask(bench.Alice, Keeper.Later, 5);
        bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Give, 0, bench.Alice.Signal);
        return bench.Rtcr;
    }

    private static SortedDictionary<string, byte[]> TakeAll()
    {
        var images = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (State state in StateTable.All())
        {
            RtcrBench bench = Boot(state);
            Expect.Ok(bench.TryStart(StateBench.Target, StateBench.Target, state.Ram, state.Caps, state.Config));
            state.Before?.Invoke(bench);
            bench.Run(state.At, state.Dispatches);
            images.Add(state.Name, bench.Checkpoint());
        }

        RtcrBench serving = BootServing();
        images.Add(Serving, serving.Checkpoint());
        serving.Place = 1;
        images.Add(Served, serving.Checkpoint());
        return images;
    }
}
