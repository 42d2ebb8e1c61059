// A board's sockets on the host's protocol stack.
// Invariants: every socket is non-blocking; handles are never used twice; a closed stream is read empty before its
// socket goes, since the host would otherwise reset it and lose what was written.
using System.Net;
using System.Net.Sockets;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>One board's real sockets.</summary>
public sealed partial class TcpSockets : ISockets
{
    private const int MaxDatagram = 1472;
    private const int Backlog = 16;
    private const long DrainNanoseconds = 1_000_000_000;

    private readonly TcpNetwork _network;
    private readonly IDeviceHost _host;
    private readonly IPAddress _loopback;
    private readonly int _maxSockets;
    private readonly Dictionary<int, TcpHandle> _handles = [];
    private readonly List<(Socket Socket, long Until)> _draining = [];
    private readonly SocketNotices _notices = new();
    private readonly SocketShortage _shortage;
    private readonly byte[] _scratch = new byte[65536];
    private bool _powered;
    private int _lastHandle;

    internal TcpSockets(TcpNetwork network, IDeviceHost host, NetworkAddress identity, IPAddress loopback, int maxSockets, Action<string> say)
    {
        _network = network;
        _host = host;
        Identity = identity;
        _loopback = loopback;
        _maxSockets = maxSockets;
        _shortage = new SocketShortage(maxSockets, say);
    }

    /// <summary>The board's own addresses; the host's are hidden from it.</summary>
    public NetworkAddress Identity { get; }

    /// <inheritdoc/>
    public int Address => _powered ? Identity.Address : 0;

    /// <inheritdoc/>
    public int Netmask => Identity.Netmask;

    /// <inheritdoc/>
    public int Gateway => Identity.Gateway;

    /// <inheritdoc/>
    public long Mac => Identity.Mac;

    /// <inheritdoc/>
    public int EventHandle => _notices.Last.Handle;

    /// <inheritdoc/>
    public int EventListener => _notices.Last.Listener;

    /// <inheritdoc/>
    public int EventAddress => _notices.Last.Address;

    /// <inheritdoc/>
    public int EventPort => _notices.Last.Port;

    /// <inheritdoc/>
    public int Listen(int port) => Open(port, TcpRole.Listener, static socket => socket.Listen(Backlog));

    /// <inheritdoc/>
    public int Bind(int port) => Open(port, TcpRole.Datagrams, static _ => { });

    /// <inheritdoc/>
    public int Connect(int address, int port)
    {
        int handle = Open(0, TcpRole.Connecting, static _ => { });
        if (handle != 0 && !BeginToConnect(_handles[handle].Socket, LoopbackOf(address), port))
        {
            End(_handles[handle]);
        }

        return handle;
    }

    /// <inheritdoc/>
    public int Read(int handle, byte[] buffer, int offset, int length)
    {
        if (length == 0 || !_handles.TryGetValue(handle, out TcpHandle? stream) || stream.Role != TcpRole.Stream || stream.IsOver)
        {
            return 0;
        }

        int read = stream.Socket.Receive(buffer, offset, length, SocketFlags.None, out SocketError error);
        if (read > 0)
        {
            return read;
        }

        if (error == SocketError.WouldBlock)
        {
            stream.WaitsToRead = true;
        }
        else
        {
            End(stream);
        }

        return 0;
    }

    /// <inheritdoc/>
    public int Write(int handle, byte[] buffer, int offset, int length)
    {
        if (!_handles.TryGetValue(handle, out TcpHandle? stream) || stream.Role != TcpRole.Stream)
        {
            return 0;
        }

        int taken = stream.Socket.Send(buffer, offset, length, SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            return length;              // the peer is gone: its end is told by reading
        }

        stream.WaitsToWrite = taken < length;
        return taken;
    }

    /// <inheritdoc/>
    public bool SendTo(int handle, int address, int port, byte[] buffer, int offset, int length)
    {
        if (length > MaxDatagram || !_handles.TryGetValue(handle, out TcpHandle? from) || from.Role != TcpRole.Datagrams)
        {
            return false;
        }

        bool broadcast = Identity.IsBroadcast(address);
        foreach (TcpSockets board in _network.All)
        {
            bool hears = broadcast ? board != this && Identity.IsNear(board.Identity.Address) : board._loopback.Equals(LoopbackOf(address));
            if (hears)
            {
                TrySend(from.Socket, new IPEndPoint(board._loopback, port), buffer.AsSpan(offset, length));
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public int ReceiveFrom(int handle, byte[] buffer, int offset, int length)
    {
        if (!_handles.TryGetValue(handle, out TcpHandle? port) || port.Role != TcpRole.Datagrams)
        {
            return -1;
        }

        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            int received = Math.Min(length, port.Socket.ReceiveFrom(_scratch, ref sender));
            _scratch.AsSpan(0, received).CopyTo(buffer.AsSpan(offset));
            _notices.TellSender(_network.AddressOf(sender), ((IPEndPoint)sender).Port);
            return received;
        }
        catch (SocketException)
        {
            port.WaitsToRead = true;
            return -1;
        }
    }

    /// <inheritdoc/>
    public void Close(int handle)
    {
        if (!_handles.Remove(handle, out TcpHandle? closed))
        {
            return;
        }

        if (closed.Role == TcpRole.Stream && !closed.IsOver)
        {
            closed.Socket.Shutdown(SocketShutdown.Send);
            _draining.Add((closed.Socket, _network.Now + DrainNanoseconds));
        }
        else
        {
            closed.Socket.Dispose();
        }
    }

    /// <inheritdoc/>
    public SocketEvent Take()
    {
        while (_notices.TryTake(out SocketNotice notice))
        {
            if (notice.Kind == SocketEvent.Closed)
            {
                Close(notice.Handle);
                return notice.Kind;
            }

            if (notice.Kind == SocketEvent.Link || _handles.ContainsKey(notice.Handle))
            {
                return notice.Kind;
            }
        }

        return SocketEvent.None;
    }

    /// <summary>Begins to connect; the outcome comes later.</summary>
    /// <returns><c>false</c> when it is clear already that there is nobody.</returns>
    private static bool BeginToConnect(Socket socket, IPAddress? peer, int port)
    {
        try
        {
            if (peer is not null)
            {
                socket.Connect(peer, port);
            }

            return peer is not null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;               // no port
        }
    }

    /// <summary>Whether a socket is left.</summary>
    private bool HasRoom(string what)
    {
        if (_handles.Count >= _maxSockets)
        {
            _shortage.Refused(what, "the host's", _network.Now);
            return false;
        }

        _shortage.Opened(_handles.Count + 1, _network.Now);
        return true;
    }

    private int Open(int port, TcpRole role, Action<Socket> begin)
    {
        if (!_powered || !HasRoom(role == TcpRole.Connecting ? "a stream to another board" : $"port {Invariant.Of(port)}") || port is < 0 or > 65535 || (port == 0 && role != TcpRole.Connecting))
        {
            return 0;
        }

        var socket = role == TcpRole.Datagrams
            ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Blocking = false;
            socket.Bind(new IPEndPoint(_loopback, port));
            begin(socket);
            return Add(socket, role);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return 0;
        }
    }

    private int Add(Socket socket, TcpRole role)
    {
        socket.Blocking = false;
        if (role is TcpRole.Connecting or TcpRole.Stream)
        {
            socket.NoDelay = true;
        }

        _handles.Add(++_lastHandle, new TcpHandle(_lastHandle, socket, role));
        return _lastHandle;
    }

    private void End(TcpHandle handle)
    {
        if (!handle.IsOver)
        {
            handle.IsOver = true;
            Tell(new SocketNotice(SocketEvent.Closed, handle.Number));
        }
    }

    private IPAddress? LoopbackOf(int address) => NetworkAddress.IsLoopback(address) ? _loopback : _network.Find(address)?._loopback;

    private static void TrySend(Socket socket, IPEndPoint to, ReadOnlySpan<byte> datagram)
    {
        try
        {
            socket.SendTo(datagram, to);
        }
        catch (SocketException)
        {
            // A datagram may get lost.
        }
    }

    private void Tell(SocketNotice notice)
    {
        _notices.Add(notice);
        _host.Wake(_network.Now);
    }
}
