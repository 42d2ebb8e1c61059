// A board on a bench's network that speaks to any port by hand: sockets alone, no kernel behind them.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Hostile;

/// <summary>Connects again and again, and plays one stream after another over each connection.</summary>
internal sealed class Attacker
{
    private readonly VirtualSockets _sockets;
    private readonly World _world;
    private readonly Func<int, Stroke?> _next;
    private readonly Dictionary<int, Stroke> _flows = [];
    private readonly IReadOnlyList<(int Address, int Port)> _doors;
    private int _strokes;

    /// <summary>Adds the board and switches it on.</summary>
    /// <param name="run">The bench, before it runs.</param>
    /// <param name="doors">Whom to attack, in turns.</param>
    /// <param name="pace">Nanoseconds between two attempts.</param>
    /// <param name="next">The stroke of a number; <c>null</c> when there are no more.</param>
    internal Attacker(BenchRun run, IReadOnlyList<(int Address, int Port)> doors, long pace, Func<int, Stroke?> next)
    {
        _world = run.World;
        _doors = doors;
        _next = next;
        var machine = new IdleMachine();
        BoardProfile profile = BoardKind.Find("host")!.NewProfile();
        profile.Name = "attacker";
        var board = new VirtualBoard(run.World, profile, BoardKind.Find("host")!.Cost, _ => machine);
        _sockets = run.Network.Attach(board, new NetworkAddress(0x0A000163, unchecked((int)0xFFFF0000), Mac: 0x99), maxSockets: 2000);
        machine.OnPoll = Drain;
        board.PowerOn(0);

        // By then everybody listens.
        _world.At(100_000_000, () => Strike(pace));
    }

    /// <summary>How many connections were accepted.</summary>
    internal int Connected { get; private set; }

    /// <summary>How many were ended by the other side.</summary>
    internal int Ended { get; private set; }

    private void Strike(long pace)
    {
        Stroke? stroke = _next(_strokes);
        if (stroke is null)
        {
            return;
        }

        (int address, int port) = _doors[_strokes % _doors.Count];
        int handle = _sockets.Connect(address, port);
        if (handle != 0)
        {
            _flows[handle] = stroke;
            _strokes++;
        }

        _world.At(_world.Now + pace, () => Strike(pace));
    }

    private void Drain()
    {
        for (SocketEvent e = _sockets.Take(); e != SocketEvent.None; e = _sockets.Take())
        {
            int handle = _sockets.EventHandle;
            if (e == SocketEvent.Connected && _flows.TryGetValue(handle, out Stroke? stroke))
            {
                Connected++;
                Play(handle, stroke, 0);
            }
            else if (e == SocketEvent.Closed && _flows.Remove(handle))
            {
                Ended++;
            }
        }
    }

    /// <summary>Writes a piece, and the next one later; a stream without end begins again.</summary>
    private void Play(int handle, Stroke stroke, int at)
    {
        if (!_flows.TryGetValue(handle, out Stroke? mine) || mine != stroke)
        {
            return;
        }

        if (at >= stroke.Bytes.Length && !stroke.IsEndless)
        {
            if (stroke.Hangs)
            {
                return;
            }

            _flows.Remove(handle);
            _sockets.Close(handle);
            return;
        }

        at %= stroke.Bytes.Length;
        int written = _sockets.Write(handle, stroke.Bytes, at, Math.Min(at < stroke.Head ? stroke.Head - at : stroke.Piece, stroke.Bytes.Length - at));
        int next = at + written == stroke.Bytes.Length && stroke.IsEndless ? stroke.EndlessFrom : at + written;
        _world.At(_world.Now + stroke.Pause, () => Play(handle, stroke, next));
    }
}

/// <summary>A stream of bytes, and how it is sent.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Piece">How many at once.</param>
/// <param name="Pause">Nanoseconds between two pieces.</param>
/// <param name="Hangs">Whether the flow stays open behind the last byte; otherwise it is closed there.</param>
/// <param name="EndlessFrom">Where to go on behind the last byte; −1: it ends.</param>
/// <param name="Head">How many of the first bytes are sent at once.</param>
internal sealed record Stroke(byte[] Bytes, int Piece, long Pause, bool Hangs = false, int EndlessFrom = -1, int Head = 0)
{
    internal bool IsEndless => EndlessFrom >= 0;
}
