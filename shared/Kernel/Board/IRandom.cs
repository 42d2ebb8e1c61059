// Randomness: nonces and, on a virtual board, everything that a seed decides.
namespace Tern.Kernel;

/// <summary>A source of random numbers. A physical board uses its hardware generator.</summary>
public interface IRandom
{
    /// <summary>The next 32 random bits.</summary>
    int Next();
}
