// How the protocol stacks of the boards behave: the same for all boards of a network.
namespace Tern.HostEmulator;

/// <summary>Limits and timeouts of a virtual network.</summary>
public sealed record NetworkModel
{
    /// <summary>The links of boards that have no model of their own.</summary>
    public LinkModel Link { get; init; } = new();

    /// <summary>Most bytes of one direction of a stream that were written and not yet read: lwIP's default on a small board.</summary>
    public int WindowBytes { get; init; } = 5744;

    /// <summary>Most bytes of a stream in one piece.</summary>
    public int SegmentBytes { get; init; } = 1436;

    /// <summary>Most bytes in one datagram.</summary>
    public int DatagramBytes { get; init; } = 1472;

    /// <summary>Most datagrams that wait at a port; more are dropped.</summary>
    public int DatagramQueue { get; init; } = 16;

    /// <summary>Listeners, streams and datagram ports that a board may have at once.</summary>
    public int MaxSockets { get; init; } = 32;

    /// <summary>After this long a connection that nobody answers is given up.</summary>
    public long ConnectTimeoutNanoseconds { get; init; } = 3_000_000_000;

    /// <summary>After this long without a way to the peer a stream is broken.</summary>
    public long StreamTimeoutNanoseconds { get; init; } = 5_000_000_000;

    /// <summary>How much later a lost piece of a stream arrives.</summary>
    public long RetransmitNanoseconds { get; init; } = 200_000_000;

    /// <summary>Most time from power-on, or from plugging the cable in, until the link is up; drawn from the seed.</summary>
    public long LinkUpNanoseconds { get; init; } = 2_000_000;

    /// <summary>The way of a message from a board to itself.</summary>
    public long LoopbackNanoseconds { get; init; } = 20_000;
}
