// One thing that is measured: how to do it a number of times, and what it is held against.
using System.Diagnostics;

namespace Tern.Benchmarks;

/// <summary>A measured operation.</summary>
/// <param name="name">What it does, in a few words.</param>
/// <param name="measure">Does it a number of times and answers how many nanoseconds that took.</param>
internal sealed class Case(string name, Func<int, long> measure)
{
    /// <summary>What it does.</summary>
    internal string Name => name;

    /// <summary>Bytes that one operation moves; 0 when speed in bytes says nothing.</summary>
    internal long Bytes { get; init; }

    /// <summary>Whether it is on a hot path, where rule 6 forbids allocations.</summary>
    internal bool AllocatesNothing { get; init; }

    /// <summary>The case of the same benchmark that it is compared with.</summary>
    internal Case? Beside { get; init; }

    /// <summary>What is aimed at, or <c>null</c>.</summary>
    internal Aim? Aim { get; init; }

    /// <summary>Whether one operation takes so long that a few of them have to do.</summary>
    internal bool IsLong { get; init; }

    /// <summary>Makes a case that the harness times.</summary>
    internal static Func<int, long> Timed(Action<int> run) => count =>
    {
        long start = Stopwatch.GetTimestamp();
        run(count);
        return ToNanoseconds(Stopwatch.GetTimestamp() - start);
    };

    /// <summary>Does it so often.</summary>
    internal long Measure(int count) => measure(count);

    /// <summary>Nanoseconds of the stopwatch's ticks.</summary>
    internal static long ToNanoseconds(long ticks) => (long)(ticks * (1e9 / Stopwatch.Frequency));
}
