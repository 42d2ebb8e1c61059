// Everything that a seed decides comes from here: xoshiro256** (Blackman and Vigna), seeded through SplitMix64.
// Invariants: the algorithm never changes, so a seed replays the same run with every .NET version; streams derived
// by name are independent of each other and of the order in which they are made.
using System.Numerics;
using System.Text;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A documented, reproducible source of random numbers.</summary>
public sealed class SeededRandom : IRandom
{
    private readonly ulong _seed;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Makes the stream of a seed.</summary>
    public SeededRandom(ulong seed)
    {
        _seed = seed;
        ulong state = seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>Makes a stream of its own for a purpose, such as a board or a link. Drawing from one moves no other.</summary>
    public SeededRandom Derive(string name)
    {
        ulong hash = 14695981039346656037;              // FNV-1a, 64 bits
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 1099511628211;
        }

        ulong state = _seed ^ hash;
        return new SeededRandom(SplitMix(ref state));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <inheritdoc/>
    public int Next() => (int)(NextUInt64() >> 32);

    /// <summary>A number from 0 to <paramref name="bound"/> − 1, each equally likely.</summary>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong range = (ulong)bound;
        ulong reject = (0 - range) % range;             // the first numbers are one residue class too many
        ulong drawn;
        do
        {
            drawn = NextUInt64();
        }
        while (drawn < reject);

        return (long)(drawn % range);
    }

    /// <summary>Whether something happens that happens so many times in a million.</summary>
    public bool Chance(int perMillion) => perMillion > 0 && Below(1_000_000) < perMillion;

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
