// What the user of a session wants of a flow. It stays in the flow's slot until the user changes it: a level, not an event.
namespace Tern.Kernel;

/// <summary>A user's wish.</summary>
public enum FlowCommand
{
    /// <summary>Nothing: the user has no such flow.</summary>
    None,

    /// <summary>Take streams on a port.</summary>
    Listen,

    /// <summary>Open a stream to an address and port.</summary>
    Connect,

    /// <summary>Exchange datagrams on a port.</summary>
    Bind,

    /// <summary>Deliver what was written, then end the flow.</summary>
    Close,
}
