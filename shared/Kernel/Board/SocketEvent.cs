// What ISockets.Take can report.
namespace Tern.Kernel;

/// <summary>A kind of network event.</summary>
public enum SocketEvent
{
    /// <summary>Nothing is queued.</summary>
    None,

    /// <summary>A stream that was being connected is open.</summary>
    Connected,

    /// <summary>A listener has got a new stream.</summary>
    Accepted,

    /// <summary>A stream or a datagram port has something to read. Comes again only for what arrives after this was taken: read until nothing is left.</summary>
    Readable,

    /// <summary>A stream that had taken less than it was given takes more now.</summary>
    Writable,

    /// <summary>A stream has ended: refused, closed by the peer after its last byte was read, or broken. Its handle ends with this event.</summary>
    Closed,

    /// <summary>The link went up or down; the address may have changed.</summary>
    Link,
}
