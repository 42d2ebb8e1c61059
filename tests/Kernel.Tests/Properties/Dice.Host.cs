// Random choices from a seed, so that a failing case can be told by one number.
using System;
using FsCheck;
using FsCheck.Fluent;

namespace Tern.Tests;

/// <summary>Choices that a property test makes.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new Random(seed);

    /// <summary>Seeds all over their range: FsCheck's own numbers are small ones.</summary>
    internal static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    /// <summary>0 to one less than a number.</summary>
    internal int Roll(int sides) => _random.Next(sides);

    /// <summary>A number between two, both included.</summary>
    internal int Between(int least, int most) => _random.Next(least, most + 1);

    internal bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    internal void Fill(byte[] bytes) => _random.NextBytes(bytes);
}
