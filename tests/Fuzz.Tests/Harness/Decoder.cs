// A decoder under attack: what it reads, what it may be given, and what has to hold whatever it is given.
namespace Tern.Fuzz.Tests;

/// <summary>One decoder. It is made once and given many inputs; none of them may have an effect on the next.</summary>
internal abstract class Decoder
{
    /// <summary>Its name, also that of its folder in the corpus.</summary>
    internal abstract string Name { get; }

    /// <summary>How many inputs it gets in a run of the suite; less for those that need a board for each.</summary>
    internal abstract int Inputs { get; }

    /// <summary>Sound inputs, from which others are made.</summary>
    internal abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Pieces that mean something to it.</summary>
    internal virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>The longest input.</summary>
    internal virtual int MostBytes => 4096;

    /// <summary>Makes checksums and lengths right again, so that an input comes as far as possible.</summary>
    internal virtual byte[] Close(byte[] input) => input;

    /// <summary>Decodes an input, and throws when something does not hold that has to.</summary>
    internal abstract void Take(byte[] input);
}
