// What is wrong with an image, and where.
namespace Tern.HostEmulator;

/// <summary>One thing that is wrong.</summary>
/// <param name="At">Byte offset in the image.</param>
/// <param name="Text">What is wrong, as part of a sentence.</param>
internal readonly record struct ImageFault(int At, string Text)
{
    public override string ToString() => $"byte {Invariant.Of(At)}: {Text}";
}
