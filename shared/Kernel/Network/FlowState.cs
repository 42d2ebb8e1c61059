// What the provider of a session says of a flow.
namespace Tern.Kernel;

/// <summary>A flow's state.</summary>
public enum FlowState
{
    /// <summary>The number is free.</summary>
    Free,

    /// <summary>Being opened.</summary>
    Pending,

    /// <summary>Open: a stream carries bytes, a listener takes streams, a datagram port is bound.</summary>
    Open,

    /// <summary>Was open and has ended; bytes that came before may still wait to be read.</summary>
    Closed,

    /// <summary>Could not be opened.</summary>
    Refused,
}
