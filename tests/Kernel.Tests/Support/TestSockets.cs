// A network of boards in memory, for tests: what is sent is there at once, in windows small enough that writers must wait.
// Invariants: a listener's port and a bound port are taken once a board; a stream's end is told after its last byte was read.
using System.Collections;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>One board's sockets; boards that share a list reach each other.</summary>
public sealed class TestSockets : ISockets
{
    /// <summary>Bytes that a stream takes before they are read.</summary>
    public const int Window = 700;

    private readonly ArrayList _boards;
    private readonly Hashtable _sockets = new Hashtable();
    private readonly Queue _events = new Queue();
    private readonly int _address;
    private bool _up = true;
    private int _lastHandle;
    private int _lastPort = 50000;
    private Note _note = new Note();

    public TestSockets(ArrayList boards, int address)
    {
        _boards = boards;
        _address = address;
        boards.Add(this);
    }

    public int Address => _up ? _address : 0;

    public int Netmask => unchecked((int)0xffffff00);

    public int Gateway => (_address & Netmask) | 1;

    public long Mac { get; set; } = 0x525400123456;

    public int EventHandle => _note.Handle;

    public int EventListener => _note.Listener;

    public int EventAddress => _note.Address;

    public int EventPort => _note.Port;

    /// <summary>How many sockets are in use.</summary>
    public int Count => _sockets.Count;

    /// <summary>Plugs the cable in or pulls it.</summary>
    public void SetUp(bool up)
    {
        _up = up;
        Tell(SocketEvent.Link, 0);
    }

    public int Listen(int port) => FindPort(port, false) != null ? 0 : Add(new Socket { Kind = Socket.Listener, Port = port });

    public int Bind(int port) => FindPort(port, true) != null ? 0 : Add(new Socket { Kind = Socket.Datagrams, Port = port });

    public int Connect(int address, int port)
    {
        var mine = new Socket { Kind = Socket.Stream, Port = ++_lastPort };
        int handle = Add(mine);
        TestSockets? other = Find(address);
        Socket? listener = other == null ? null : other.FindPort(port, false);
        if (listener == null)
        {
            Tell(SocketEvent.Closed, handle);
            return handle;
        }

        var theirs = new Socket { Kind = Socket.Stream, Port = port, Peer = mine, PeerBoard = this };
        mine.Peer = theirs;
        mine.PeerBoard = other;
        int accepted = other!.Add(theirs);
        var note = new Note { What = SocketEvent.Accepted, Handle = accepted, Listener = listener.Handle };
        note.Address = _address;
        note.Port = mine.Port;
        other._events.Enqueue(note);
        Tell(SocketEvent.Connected, handle);
        return handle;
    }

    public int Read(int handle, byte[] buffer, int offset, int length)
    {
        var socket = (Socket?)_sockets[handle];
        if (socket == null)
        {
            return 0;
        }

        int count = socket.Received.Count < length ? socket.Received.Count : length;
        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = (byte)socket.Received.Dequeue()!;
        }

        if (count > 0 && socket.Peer != null && socket.Peer.Blocked)
        {
            socket.Peer.Blocked = false;
            socket.PeerBoard!.Tell(SocketEvent.Writable, socket.Peer.Handle);
        }

        TellIfEnded(socket);
        return count;
    }

    public int Write(int handle, byte[] buffer, int offset, int length)
    {
        var socket = (Socket?)_sockets[handle];
        if (socket == null || socket.Peer == null)
        {
            return length;
        }

        Queue target = socket.Peer.Received;
        int room = Window - target.Count;
        int count = room < length ? room : length;
        for (int i = 0; i < count; i++)
        {
            target.Enqueue(buffer[offset + i]);
        }

        socket.Blocked = count < length;
        if (count > 0)
        {
            socket.PeerBoard!.Tell(SocketEvent.Readable, socket.Peer.Handle);
        }

        return count;
    }

    public bool SendTo(int handle, int address, int port, byte[] buffer, int offset, int length)
    {
        var socket = (Socket?)_sockets[handle];
        TestSockets? other = Find(address);
        Socket? target = other == null ? null : other.FindPort(port, true);
        if (socket == null || target == null)
        {
            return true;
        }

        var copy = new byte[length];
        System.Array.Copy(buffer, offset, copy, 0, length);
        target.Received.Enqueue(new Note { Content = copy, Address = _address, Port = socket.Port });
        other!.Tell(SocketEvent.Readable, target.Handle);
        return true;
    }

    public int ReceiveFrom(int handle, byte[] buffer, int offset, int length)
    {
        var socket = (Socket?)_sockets[handle];
        if (socket == null || socket.Received.Count == 0)
        {
            return -1;
        }

        _note = (Note)socket.Received.Dequeue()!;
        int count = _note.Content.Length < length ? _note.Content.Length : length;
        System.Array.Copy(_note.Content, 0, buffer, offset, count);
        return count;
    }

    public void Close(int handle)
    {
        var socket = (Socket?)_sockets[handle];
        if (socket == null)
        {
            return;
        }

        _sockets.Remove(handle);
        if (socket.Peer != null)
        {
            socket.Peer.Ended = true;
            socket.Peer.Peer = null;
            socket.PeerBoard!.TellIfEnded(socket.Peer);
        }
    }

    public SocketEvent Take()
    {
        if (_events.Count == 0)
        {
            return SocketEvent.None;
        }

        _note = (Note)_events.Dequeue()!;
        return _note.What;
    }

    private TestSockets? Find(int address)
    {
        for (int i = 0; i < _boards.Count; i++)
        {
            if (((TestSockets)_boards[i]!).Address == address && address != 0)
            {
                return (TestSockets)_boards[i]!;
            }
        }

        return null;
    }

    private Socket? FindPort(int port, bool datagrams)
    {
        foreach (object value in _sockets.Values)
        {
            var socket = (Socket)value;
            if (socket.Port == port && socket.Kind == (datagrams ? Socket.Datagrams : Socket.Listener))
            {
                return socket;
            }
        }

        return null;
    }

    private int Add(Socket socket)
    {
        socket.Handle = ++_lastHandle;
        _sockets[socket.Handle] = socket;
        return socket.Handle;
    }

    private void Tell(SocketEvent what, int handle) => _events.Enqueue(new Note { What = what, Handle = handle });

    private void TellIfEnded(Socket socket)
    {
        if (socket.Ended && socket.Received.Count == 0 && _sockets[socket.Handle] != null)
        {
            Tell(SocketEvent.Closed, socket.Handle);
        }
    }

    private sealed class Socket
    {
        internal const int Listener = 1;
        internal const int Stream = 2;
        internal const int Datagrams = 3;

        internal readonly Queue Received = new Queue();
        internal int Kind;
        internal int Port;
        internal int Handle;
        internal Socket? Peer;
        internal TestSockets? PeerBoard;
        internal bool Blocked;
        internal bool Ended;
    }

    private sealed class Note
    {
        internal SocketEvent What;
        internal int Handle;
        internal int Listener;
        internal int Address;
        internal int Port;
        internal byte[] Content = [];
    }
}
