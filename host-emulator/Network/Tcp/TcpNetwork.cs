// The bench's network over real TCP and UDP: each board gets a loopback address of its own, and its sockets are the
// host's. Nothing here is deterministic; it shows that the same boards work over a real protocol stack.
// Invariants: one thread; no call blocks but the world's own wait; only loopback addresses are used.
using System.Net;
using System.Net.Sockets;

namespace Tern.HostEmulator;

/// <summary>A network of real sockets on loopback addresses. Needs real time and a system that has all of 127.0.0.0/8.</summary>
public sealed class TcpNetwork : IOutside, IDisposable
{
    private const long NanosecondsPerMicrosecond = 1000;
    private const int BusyPumpEvery = 16;

    private readonly World _world;
    private readonly Dictionary<int, TcpSockets> _byAddress = [];
    private readonly Dictionary<IPAddress, TcpSockets> _byLoopback = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _failed = [];
    private int _skipped;

    /// <summary>Makes a network without boards and connects it to a world in real time.</summary>
    public TcpNetwork(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        _world = world;
        world.Connect(this);
    }

    internal long Now => _world.Now;

    internal IEnumerable<TcpSockets> All => _byAddress.Values;

    /// <summary>Gives a board real sockets.</summary>
    public TcpSockets Attach(VirtualBoard board, NetworkAddress address, int maxSockets)
    {
        ArgumentNullException.ThrowIfNull(board);
        int process = Environment.ProcessId;            // so that emulators side by side do not meet
        var loopback = new IPAddress([127, (byte)(1 + (process % 250)), (byte)(process / 250 % 250), (byte)(_byAddress.Count + 1)]);
        var sockets = new TcpSockets(this, board, address, loopback, maxSockets, line => board.Console.WriteLine(line));
        _byAddress.Add(address.Address, sockets);
        _byLoopback.Add(loopback, sockets);
        board.Sockets = sockets;
        board.PoweredOn += sockets.OnPowerOn;
        board.PoweredOff += sockets.OnPowerOff;
        return sockets;
    }

    /// <inheritdoc/>
    public bool Pump(long nanoseconds)
    {
        if (nanoseconds <= 0 && ++_skipped % BusyPumpEvery != 0)
        {
            return false;               // a system call for every event of a busy bench would be most of its time
        }

        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        foreach (TcpSockets sockets in _byAddress.Values)
        {
            sockets.Collect(_readable, _writable, _failed);
        }

        if (_readable.Count + _writable.Count + _failed.Count == 0)
        {
            return false;
        }

        long microseconds = Math.Clamp(nanoseconds / NanosecondsPerMicrosecond, 0, 1_000_000);
        Socket.Select(_readable, _writable, _failed, (int)microseconds);
        bool any = false;
        foreach (TcpSockets sockets in _byAddress.Values)
        {
            any |= sockets.Dispatch(_readable, _writable, _failed);
        }

        return any || microseconds > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TcpSockets sockets in _byAddress.Values)
        {
            sockets.OnPowerOff();
        }
    }

    /// <summary>The board of an address, or <c>null</c>.</summary>
    internal TcpSockets? Find(int address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The address of the board that uses a loopback address; 0 for a stranger.</summary>
    internal int AddressOf(EndPoint? end) =>
        end is IPEndPoint ip && _byLoopback.TryGetValue(ip.Address, out TcpSockets? sockets) ? sockets.Identity.Address : 0;
}
