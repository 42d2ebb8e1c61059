// The tools that show and judge images: they read any bytes to their end.
using Tern.HostEmulator;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class ImageToolDecoder : Decoder
{
    internal override string Name => "image-tools";

    internal override int Inputs => 200;

    internal override IReadOnlyList<byte[]> Samples { get; } = [StateBench.ImageOf("a little of everything")];

    internal override int MostBytes => 1 << 20;

    internal override void Take(byte[] input)
    {
        ImageDocument document = ImageDocument.Read(input);
        Assert.IsNotEmpty(ImageVerifier.Verify(input, []));
        using var text = new StringWriter();
        ImageText.WriteSummary(text, document);
        ImageJson.Write(text, document, null);
        foreach (string section in ImageText.SectionNames)
        {
            ImageText.WriteSection(text, document, section, true);
        }
    }
}
