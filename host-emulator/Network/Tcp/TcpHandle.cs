// A handle of a board and the host's socket behind it.
using System.Net.Sockets;

namespace Tern.HostEmulator;

internal enum TcpRole
{
    Listener,
    Connecting,
    Stream,
    Datagrams,
}

internal sealed class TcpHandle(int number, Socket socket, TcpRole role)
{
    internal int Number => number;

    internal Socket Socket => socket;

    internal TcpRole Role { get; set; } = role;

    /// <summary>Whether to tell when there is something to read: after all was read, until it was told.</summary>
    internal bool WaitsToRead { get; set; } = true;

    /// <summary>Whether to tell when there is room: after a short write, until it was told.</summary>
    internal bool WaitsToWrite { get; set; }

    /// <summary>Whether its end was told.</summary>
    internal bool IsOver { get; set; }
}
