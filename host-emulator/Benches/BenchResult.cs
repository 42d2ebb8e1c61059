// How a run of a bench ended.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>The outcome of one run.</summary>
public sealed class BenchResult
{
    internal BenchResult(
        Bench bench, ulong seed, World world, StopReason reason, MoveTracker moves, SleepTracker sleeps, IReadOnlyList<Expectation> expectations, IEnumerable<string> failures)
    {
        Bench = bench;
        Seed = seed;
        Nanoseconds = world.Now;
        EventCount = world.EventCount;
        FigureLabel = world.Timeline.FigureLabel;
        StopReason = reason;
        Moves = moves.Moves;
        Sleeps = sleeps.Sleeps;
        Failures = [.. failures, .. expectations.Where(expectation => !expectation.Holds).Select(expectation => Explain(expectation, moves, reason))];
        Kept = [.. expectations.Where(expectation => expectation.Holds)];
    }

    /// <summary>The bench.</summary>
    public Bench Bench { get; }

    /// <summary>What replays the run.</summary>
    public ulong Seed { get; }

    /// <summary>World time at the end.</summary>
    public long Nanoseconds { get; }

    /// <summary>How many events the world has seen.</summary>
    public long EventCount { get; }

    /// <summary><c>modelled</c> or <c>measured</c>.</summary>
    public string FigureLabel { get; }

    /// <summary>Why the run ended.</summary>
    public StopReason StopReason { get; }

    /// <summary>Who moved.</summary>
    public IReadOnlyList<Move> Moves { get; }

    /// <summary>Which boards slept.</summary>
    public IReadOnlyList<Sleep> Sleeps { get; }

    /// <summary>The expectations that hold.</summary>
    public IReadOnlyList<Expectation> Kept { get; }

    /// <summary>What went wrong: crashes, boards that did not boot, expectations that do not hold.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>Components that waited for an answer for long when the run ended, a line each.</summary>
    public IReadOnlyList<string> Waits { get; init; } = [];

    /// <summary>The first error that a board logged, or else the first thing that the emulator had to say of a program.</summary>
    internal Complaint? Explanation { get; init; }

    /// <summary>Where to look when something is not as expected: what still waits, and the line that mostly explains it.</summary>
    public IEnumerable<string> Hints
    {
        get
        {
            foreach (string wait in Waits)
            {
                yield return "waits: " + wait;
            }

            if (!IsSuccess && Explanation is { } first)
            {
                string level = first.Line.Level == LogLevel.Debug ? ", at --log-level debug" : "";
                yield return $"look at: {first.Line.Board} at {Quantity.Time(first.Time)}{level}: {first.Line.Text}";
            }
        }
    }

    /// <summary>Whether everything was as expected.</summary>
    public bool IsSuccess => Failures.Count == 0;

    private static string Explain(Expectation expectation, MoveTracker moves, StopReason reason)
    {
        string when = reason switch
        {
            StopReason.Quiet => "when every board had fallen asleep for good",
            StopReason.TimeLimit => "when the time was over",
            _ => "when the run ended",
        };
        return string.Create(CultureInfo.InvariantCulture, $"expected {expectation.Claim}, but {when} {expectation.Why(moves)} ({expectation.Source})");
    }
}
