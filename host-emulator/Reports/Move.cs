// A target that was somewhere and is, or is to be, somewhere else.
namespace Tern.HostEmulator;

/// <summary>What a component says of its own state after a move.</summary>
public enum SelfCheck
{
    /// <summary>It has not said anything yet.</summary>
    None,

    /// <summary>Whole.</summary>
    Verified,

    /// <summary>Not whole.</summary>
    Broken,
}

/// <summary>One migration, planned or after a failure. Times are world time in nanoseconds.</summary>
public sealed class Move
{
    /// <summary>Who moves.</summary>
    public required string Target { get; init; }

    /// <summary>Where it was.</summary>
    public required Place From { get; init; }

    /// <summary>Where it is now, or <c>null</c> while nobody runs it.</summary>
    public Place? To { get; internal set; }

    /// <summary>When the origin stopped running it, if that is known.</summary>
    public long? LeftAt { get; internal set; }

    /// <summary>When the new board began to run it.</summary>
    public long? ArrivedAt { get; internal set; }

    /// <summary>The size of the checkpoint that moved.</summary>
    public long? ImageBytes { get; internal set; }

    /// <summary>How long taking the last checkpoint held it.</summary>
    public long? StopNanoseconds { get; internal set; }

    /// <summary>How long nobody ran it.</summary>
    public long? DowntimeNanoseconds => ArrivedAt - LeftAt;

    /// <summary>What it says of its own state there.</summary>
    public SelfCheck State { get; internal set; }

    /// <summary>Its own words for it.</summary>
    public string StateText { get; internal set; } = "";
}
