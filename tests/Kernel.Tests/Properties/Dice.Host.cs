// Random choices from a seed, so that a failing case can be told by one number.
using System;

namespace Tern.Tests;

/// <summary>Choices that a property test makes.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new Random(seed);

    /// <summary>0 to one less than a number.</summary>
    internal int Roll(int sides) => _random.Next(sides);

    /// <summary>A number between two, both included.</summary>
    internal int Between(int least, int most) => _random.Next(least, most + 1);

    internal bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    internal void Fill(byte[] bytes) => _random.NextBytes(bytes);
}
