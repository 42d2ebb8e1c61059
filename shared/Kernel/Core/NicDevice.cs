// The board's sockets and which flow of which Nic session has which. All sessions of a board share its sockets and ports.
// Invariants: a row is in use exactly while its handle is not 0; a handle that no row knows belongs to a flow that has
// ended, and its events are passed over.
namespace Tern.Kernel;

/// <summary>Sockets in use, one array a column; row 0 is never used.</summary>
internal sealed class NicDevice
{
    private const int MaxSockets = 64;
    private const int BufferSize = 2048;

    private readonly int[] _handle = new int[MaxSockets + 1];
    private readonly NicSessionServer?[] _session = new NicSessionServer?[MaxSockets + 1];
    private readonly int[] _flow = new int[MaxSockets + 1];
    private readonly FlowCommand[] _kind = new FlowCommand[MaxSockets + 1];
    private NicSessionServer? _first;

    internal NicDevice(ISockets? sockets)
    {
        Sockets = sockets;
        Buffer = new byte[sockets == null ? 0 : BufferSize];
    }

    internal ISockets? Sockets { get; }

    /// <summary>What passes between sockets and rings, a piece at a time.</summary>
    internal byte[] Buffer { get; }

    /// <summary>Adds a session to those that learn of the link.</summary>
    internal void Join(NicSessionServer session)
    {
        session.NextOnDevice = _first;
        _first = session;
    }

    internal void Leave(NicSessionServer session)
    {
        if (_first == session)
        {
            _first = session.NextOnDevice;
            return;
        }

        for (NicSessionServer? other = _first; other != null; other = other.NextOnDevice)
        {
            if (other.NextOnDevice == session)
            {
                other.NextOnDevice = session.NextOnDevice;
                return;
            }
        }
    }

    /// <summary>Opens a socket for a flow.</summary>
    /// <returns>Its row; 0 when there is none left, or the port is taken.</returns>
    internal int Open(NicSessionServer session, int flow, FlowCommand kind, int address, int port)
    {
        int row = FindRow(0);
        if (row == 0)
        {
            return 0;
        }

        int handle = kind switch
        {
            FlowCommand.Listen => Sockets!.Listen(port),
            FlowCommand.Connect => Sockets!.Connect(address, port),
            _ => Sockets!.Bind(port),
        };
        return handle == 0 ? 0 : Fill(row, handle, session, flow, kind);
    }

    internal int Handle(int row) => _handle[row];

    internal FlowCommand Kind(int row) => _kind[row];

    internal void Close(int row)
    {
        Sockets!.Close(_handle[row]);
        _handle[row] = 0;
        _session[row] = null;
    }

    /// <summary>Takes the events of the board's network.</summary>
    internal void Poll()
    {
        if (Sockets == null)
        {
            return;
        }

        for (SocketEvent what = Sockets.Take(); what != SocketEvent.None; what = Sockets.Take())
        {
            if (what == SocketEvent.Link)
            {
                for (NicSessionServer? session = _first; session != null; session = session.NextOnDevice)
                {
                    session.OnLink();
                }
            }
            else if (what == SocketEvent.Accepted)
            {
                Accept();
            }
            else
            {
                int row = FindRow(Sockets.EventHandle);
                if (row != 0)
                {
                    _session[row]!.OnSocket(_flow[row], what);
                }
            }
        }
    }

    private void Accept()
    {
        int handle = Sockets!.EventHandle;
        int listener = FindRow(Sockets.EventListener);
        int row = listener == 0 ? 0 : FindRow(0);
        NicSessionServer? session = row == 0 ? null : _session[listener];
        int flow = session == null ? 0 : session.Accept(_flow[listener], Sockets.EventAddress, Sockets.EventPort, row);
        if (flow == 0)
        {
            Sockets.Close(handle);
        }
        else
        {
            Fill(row, handle, session!, flow, FlowCommand.None);
        }
    }

    /// <summary>The row of a handle; for handle 0 a free row.</summary>
    private int FindRow(int handle)
    {
        for (int row = 1; row < _handle.Length; row++)
        {
            if (_handle[row] == handle)
            {
                return row;
            }
        }

        return 0;
    }

    private int Fill(int row, int handle, NicSessionServer session, int flow, FlowCommand kind)
    {
        _handle[row] = handle;
        _session[row] = session;
        _flow[row] = flow;
        _kind[row] = kind;
        return row;
    }
}
