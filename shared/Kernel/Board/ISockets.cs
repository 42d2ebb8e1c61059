// The board's network: streams and datagrams, as nanoFramework offers them; no frames, no TCP of our own.
// Invariants: no member blocks; everything that takes time is answered by an event from Take.
namespace Tern.Kernel;

/// <summary>The board's sockets. Handles are positive, name a listener, a stream or a datagram port, and are never used twice.</summary>
public interface ISockets
{
    /// <summary>The board's IPv4 address in host byte order (10.0.0.1 is 0x0A000001); 0 while the link is down.</summary>
    int Address { get; }

    /// <summary>Netmask in host byte order.</summary>
    int Netmask { get; }

    /// <summary>Gateway in host byte order, 0 for none.</summary>
    int Gateway { get; }

    /// <summary>The board's MAC address in the low 48 bits.</summary>
    long Mac { get; }

    /// <summary>Begins to listen for streams on a port.</summary>
    /// <returns>The listener's handle, or 0 when the port is taken or no socket is left.</returns>
    int Listen(int port);

    /// <summary>Begins to connect; the outcome comes as <see cref="SocketEvent.Connected"/> or <see cref="SocketEvent.Closed"/>.</summary>
    /// <returns>The stream's handle, or 0 when no socket is left.</returns>
    int Connect(int address, int port);

    /// <summary>Takes what has been received on a stream.</summary>
    /// <returns>The bytes written to the buffer; 0 when nothing is there now.</returns>
    int Read(int handle, byte[] buffer, int offset, int length);

    /// <summary>Gives bytes to a stream.</summary>
    /// <returns>How many were taken; fewer than offered means: wait for <see cref="SocketEvent.Writable"/>.</returns>
    int Write(int handle, byte[] buffer, int offset, int length);

    /// <summary>Binds a datagram port.</summary>
    /// <returns>Its handle, or 0 when the port is taken or no socket is left.</returns>
    int Bind(int port);

    /// <summary>Sends one datagram; it may get lost.</summary>
    /// <returns><c>false</c> when it was too long or dropped at once.</returns>
    bool SendTo(int handle, int address, int port, byte[] buffer, int offset, int length);

    /// <summary>Takes one datagram; its sender is then in <see cref="EventAddress"/> and <see cref="EventPort"/>.</summary>
    /// <returns>Its length; −1 when none is there. What does not fit is cut off.</returns>
    int ReceiveFrom(int handle, byte[] buffer, int offset, int length);

    /// <summary>Closes a handle; bytes that a stream has taken are still delivered. Unknown handles are ignored.</summary>
    void Close(int handle);

    /// <summary>Takes the next event; its details are in the <c>Event…</c> properties until the next call.</summary>
    SocketEvent Take();

    /// <summary>The handle that the last event is about; for <see cref="SocketEvent.Accepted"/> the new stream.</summary>
    int EventHandle { get; }

    /// <summary>For <see cref="SocketEvent.Accepted"/>: the listener.</summary>
    int EventListener { get; }

    /// <summary>The peer's address of an accepted stream or a received datagram.</summary>
    int EventAddress { get; }

    /// <summary>The peer's port of an accepted stream or a received datagram.</summary>
    int EventPort { get; }
}
