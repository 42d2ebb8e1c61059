// One sleep of a board, as the result table shows it.
namespace Tern.HostEmulator;

/// <summary>A board's sleep. Times are world time in nanoseconds.</summary>
public sealed class Sleep
{
    /// <summary>The board.</summary>
    public required string Board { get; init; }

    /// <summary>When it said that it would sleep.</summary>
    public required long AnnouncedAt { get; init; }

    /// <summary>When it slept, or <c>null</c> when that was called off.</summary>
    public long? AsleepAt { get; internal set; }

    /// <summary>Whether all that it waited for were ready; otherwise its time was over.</summary>
    public bool WasReady { get; internal set; }

    /// <summary>When it was awake again, or <c>null</c> when it was not.</summary>
    public long? AwakeAt { get; internal set; }

    /// <summary>How long it took from the announcement to the sleep.</summary>
    public long? PreparationNanoseconds => AsleepAt - AnnouncedAt;

    /// <summary>How long it slept.</summary>
    public long? SleptNanoseconds => AwakeAt - AsleepAt;
}
