// Checkpoint images that are sealed with the right key: a named error or a target that is whole, and afterwards the budgets are
// what they were, to the byte. An input is the image without its memory contents, which come from the sample.
using Tern.Rtcr;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class ImageDecoder : Decoder
{
    private readonly ImageBench _bench = new("a little of everything");
    private readonly byte[] _contents;

    internal ImageDecoder()
    {
        int memoryAt = ImageSeal.Get(_bench.Image, ImageFormat.MemoryAt);
        Samples = [_bench.Image[..memoryAt]];
        _contents = _bench.Image[memoryAt..];
    }

    internal override string Name => "image";

    internal override int Inputs => 400;

    internal override IReadOnlyList<byte[]> Samples { get; }

    internal override byte[] Close(byte[] input)
    {
        if (input.Length >= ImageFormat.HeaderSize)
        {
            Samples[0].AsSpan(0, ImageFormat.SizeAt).CopyTo(input);
            ImageSeal.Put(input, ImageFormat.SizeAt, input.Length + _contents.Length);
            ImageSeal.Put(input, ImageFormat.MemoryAt, input.Length);
        }

        return input;
    }

    internal override void Take(byte[] input) => _bench.Try([.. input, .. _contents]);
}
