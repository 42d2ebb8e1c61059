// A board's sockets on the virtual network: listeners and streams; DatagramPorts has the datagrams, the .Link file what
// cable and power do to all of them.
// Invariants: no member blocks; handles are never used twice, so one that is closed stays unknown; a board without
// power holds no socket, and its peers find out in time.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>One board's network: what its kernel uses, and what a test or bench may do to it.</summary>
public sealed partial class VirtualSockets : ISockets
{
    private const int FirstEphemeralPort = 49152;
    private const int LastPort = 65535;

    private readonly VirtualNetwork _network;
    private readonly IDeviceHost _host;
    private readonly int _maxSockets;
    private readonly Dictionary<int, StreamEnd> _ends = [];
    private readonly Dictionary<int, int> _listenerOfPort = [];
    private readonly SortedDictionary<long, VirtualStream> _streams = [];
    private readonly List<VirtualStream> _orphans = [];
    private readonly SocketNotices _notices = new();
    private readonly SocketShortage _shortage;
    private readonly DatagramPorts _datagrams;
    private readonly WorldAction _linkComesUp;
    private int _lastHandle;
    private int _lastPort = FirstEphemeralPort - 1;

    internal VirtualSockets(VirtualNetwork network, IDeviceHost host, string boardName, NetworkAddress identity, Link link, int maxSockets, Action<string> say)
    {
        _network = network;
        _host = host;
        _maxSockets = maxSockets;
        _shortage = new SocketShortage(maxSockets, say);
        _datagrams = new DatagramPorts(network, this);
        _linkComesUp = new WorldAction(() => SetUp(true));
        BoardName = boardName;
        Identity = identity;
        Link = link;
    }

    /// <summary>What passed this board's link.</summary>
    public LinkStatistics Statistics => Link.Statistics;

    /// <summary>The addresses that the board has while its link is up.</summary>
    public NetworkAddress Identity { get; }

    /// <summary>How many sockets are in use.</summary>
    public int SocketCount => _ends.Count + _listenerOfPort.Count + _datagrams.Count;

    /// <summary>Most sockets that were in use at once.</summary>
    public int SocketPeak => _shortage.Peak;

    /// <inheritdoc/>
    public int Address => Link.IsUp ? Identity.Address : 0;

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

    internal string BoardName { get; }

    internal Link Link { get; }

    internal bool IsPowered { get; private set; }

    internal long HostNow => _host.Now;

    /// <inheritdoc/>
    public int Listen(int port)
    {
        if (!IsPort(port) || _listenerOfPort.ContainsKey(port))
        {
            return 0;
        }

        int handle = NewHandle($"listening on port {port}");
        if (handle != 0)
        {
            _listenerOfPort.Add(port, handle);
        }

        return handle;
    }

    /// <inheritdoc/>
    public int Connect(int address, int port)
    {
        int handle = NewHandle($"a stream to {NetworkAddress.Format(address)}, port {port},");
        if (handle == 0)
        {
            return 0;
        }

        VirtualSockets peer = Target(address) ?? _network.Nobody;
        _lastPort = _lastPort == LastPort ? FirstEphemeralPort : _lastPort + 1;
        var stream = new VirtualStream(_network, this, handle, _lastPort, peer, port);
        _ends.Add(handle, stream.Client);
        Remember(stream);
        peer.Remember(stream);
        if (peer != this && (!Link.IsUp || !Identity.HasRoute(address)))
        {
            stream.Break();             // no way out: known at once
        }
        else
        {
            stream.Open(HostNow);
        }

        return handle;
    }

    /// <inheritdoc/>
    public int Read(int handle, byte[] buffer, int offset, int length) =>
        _ends.TryGetValue(handle, out StreamEnd? end) ? end.Stream.Read(end, buffer, offset, length) : 0;

    /// <inheritdoc/>
    public int Write(int handle, byte[] buffer, int offset, int length) =>
        _ends.TryGetValue(handle, out StreamEnd? end) ? end.Stream.Write(end, buffer, offset, length) : 0;

    /// <inheritdoc/>
    public int Bind(int port)
    {
        if (!IsPort(port) || _datagrams.IsTaken(port))
        {
            return 0;
        }

        int handle = NewHandle($"datagram port {port}");
        if (handle != 0)
        {
            _datagrams.Add(handle, port);
        }

        return handle;
    }

    /// <inheritdoc/>
    public bool SendTo(int handle, int address, int port, byte[] buffer, int offset, int length) =>
        IsPort(port) && _datagrams.Send(handle, address, port, buffer.AsSpan(offset, length));

    /// <inheritdoc/>
    public int ReceiveFrom(int handle, byte[] buffer, int offset, int length)
    {
        Datagram? datagram = _datagrams.Take(handle);
        if (datagram is null)
        {
            return -1;
        }

        _notices.TellSender(datagram.FromAddress, datagram.FromPort);
        int received = Math.Min(length, datagram.Content.Length);
        datagram.Content.AsSpan(0, received).CopyTo(buffer.AsSpan(offset));
        return received;
    }

    /// <inheritdoc/>
    public void Close(int handle)
    {
        if (_ends.Remove(handle, out StreamEnd? end))
        {
            end.Stream.Close(end);
        }
        else if (!_datagrams.Remove(handle))
        {
            foreach ((int port, int listener) in _listenerOfPort)
            {
                if (listener == handle)
                {
                    _listenerOfPort.Remove(port);
                    return;
                }
            }
        }
    }

    /// <inheritdoc/>
    public SocketEvent Take()
    {
        while (_notices.TryTake(out SocketNotice notice))
        {
            if (notice.Kind == SocketEvent.Link || IsStillTrue(notice))
            {
                return notice.Kind;
            }
        }

        return SocketEvent.None;
    }

    /// <summary>A connection has arrived.</summary>
    /// <returns>The board's end, or <c>null</c> when it refuses.</returns>
    internal StreamEnd? Accept(VirtualStream stream, VirtualSockets client, int clientPort, int port)
    {
        int handle = _listenerOfPort.TryGetValue(port, out int listener)
            ? NewHandle($"a stream from {NetworkAddress.Format(client.Identity.Address)} to port {port}") : 0;
        if (handle == 0)
        {
            Statistics.ConnectionsRefused++;
            return null;
        }

        var end = new StreamEnd(stream, this, handle) { IsOpen = true };
        _ends.Add(handle, end);
        Queue(new SocketNotice(SocketEvent.Accepted, handle, listener, client.Identity.Address, clientPort));
        return end;
    }

    /// <summary>Queues a notice about a handle and has the board look.</summary>
    internal void Tell(SocketEvent what, int handle) => Queue(new SocketNotice(what, handle));

    /// <summary>The stream is over; nothing on the network can change it any more.</summary>
    internal void Forget(VirtualStream stream) => _streams.Remove(stream.Number);

    /// <summary>Takes a datagram from the network, if there is a port with room for it.</summary>
    internal void Receive(Datagram datagram) => _datagrams.Receive(datagram);

    /// <summary>Who answers to an address, seen from this board.</summary>
    internal VirtualSockets? Target(int address) =>
        NetworkAddress.IsLoopback(address) ? this : _network.Find(address);

    private int NewHandle(FormattableString what)
    {
        if (!IsPowered)
        {
            return 0;
        }

        if (SocketCount >= _maxSockets)
        {
            _shortage.Refused(
                FormattableString.Invariant(what),
                $"{Invariant.Of(_listenerOfPort.Count)} listen, {Invariant.Of(_ends.Count)} are streams, {Invariant.Of(_datagrams.Count)} take datagrams",
                HostNow);
            return 0;
        }

        _shortage.Opened(SocketCount + 1, HostNow);
        return ++_lastHandle;
    }

    private bool IsStillTrue(SocketNotice notice)
    {
        if (!_ends.TryGetValue(notice.Handle, out StreamEnd? end))
        {
            return _datagrams.TakeNotice(notice.Handle);
        }

        if (notice.Kind == SocketEvent.Readable)
        {
            end.ReadableIsQueued = false;
            return end.Stream.UnreadAt(end) > 0;
        }

        if (notice.Kind == SocketEvent.Closed)
        {
            Close(notice.Handle);       // the handle ends with the notice
        }

        return true;
    }

    private void Queue(SocketNotice notice)
    {
        _notices.Add(notice);
        _host.Wake(_network.World.Now);
    }

    private static bool IsPort(int port) => port is > 0 and <= LastPort;
}
