// What a session's user learns. One value, filled again and again; nothing is allocated.
namespace Tern.Kernel;

/// <summary>A kind of <see cref="NicEvent"/>.</summary>
public enum NicEventKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The link went up or down, or the address changed: see the session's properties.</summary>
    Link,

    /// <summary>A flow that the user asked for is open: a stream is connected, a listener listens, a port is bound.</summary>
    Connected,

    /// <summary>A flow that the user asked for could not be opened; its number is free again. <see cref="NicEvent.Error"/> says why.</summary>
    Refused,

    /// <summary>A listener got a stream: a new flow, from <see cref="NicEvent.Address"/> and <see cref="NicEvent.Port"/>.</summary>
    Accepted,

    /// <summary><see cref="NicEvent.Length"/> bytes of a stream can be read. What is left unread is told again.</summary>
    Data,

    /// <summary>Datagrams can be received.</summary>
    Datagram,

    /// <summary>A flow that had taken less than it was given has room.</summary>
    Writable,

    /// <summary>A flow has ended and all its bytes were read; its number is free again. None: the peer closed it.</summary>
    Closed,

    /// <summary>The session is over: the other side broke its rules, or ended it. <see cref="NicEvent.Error"/> says why.</summary>
    Fault,
}

/// <summary>An event of a network session.</summary>
public struct NicEvent
{
    /// <summary>What has happened.</summary>
    public NicEventKind Kind;

    /// <summary>Which flow; 0 for the session.</summary>
    public int Flow;

    /// <summary>Of an accepted stream: the port that was listened on.</summary>
    public int LocalPort;

    /// <summary>Of an accepted stream: the peer's IPv4 address in host byte order.</summary>
    public int Address;

    /// <summary>Of an accepted stream: the peer's port.</summary>
    public int Port;

    /// <summary>How many bytes wait.</summary>
    public int Length;

    /// <summary>Why.</summary>
    public Error Error;
}
