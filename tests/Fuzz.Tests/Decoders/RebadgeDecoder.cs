// The runtime's block in a target's memory, and the capability map behind it, which a restore re-badges: a target may have written
// anything there.
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class RebadgeDecoder : Decoder
{
    private const int Length = 1024;

    private readonly ImageBench _bench = new("heap grown");
    private readonly int _block;

    internal RebadgeDecoder()
    {
        _block = new ImageView(_bench.Image).RuntimeBlockAt;
        Samples = [_bench.Image[_block..(_block + Length)]];
    }

    internal override string Name => "capability-map";

    internal override int Inputs => 300;

    internal override IReadOnlyList<byte[]> Samples { get; }

    internal override int MostBytes => Length;

    internal override void Take(byte[] input)
    {
        byte[] image = [.. _bench.Image];
        input.AsSpan(0, Math.Min(input.Length, Length)).CopyTo(image.AsSpan(_block));
        _bench.Try(image);
    }
}
