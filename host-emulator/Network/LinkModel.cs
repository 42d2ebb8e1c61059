// How a board's cable to the virtual switch behaves.
namespace Tern.HostEmulator;

/// <summary>A board's link. A message between two boards takes half of each end's latency and jitter, and is sent at the sender's rate.</summary>
public sealed record LinkModel
{
    /// <summary>The way of a message that finds nothing in front of it.</summary>
    public long LatencyNanoseconds { get; init; } = 200_000;

    /// <summary>How much later it may be; drawn from the seed for every message.</summary>
    public long JitterNanoseconds { get; init; } = 100_000;

    /// <summary>The rate at which the board sends; 0 for no limit.</summary>
    public long BitsPerSecond { get; init; } = 10_000_000;

    /// <summary>Messages lost in a million. A lost datagram is gone; a lost piece of a stream comes later.</summary>
    public int LossPerMillion { get; init; }
}
