// The flows of a Nic session on sockets: what the client asks for, and what the network brings.
// Invariants: a socket is read only as far as its flow's ring has room, and written only with what the ring holds, so the
// network's own flow control reaches from one program to the other and no byte is lost on the way.
namespace Tern.Kernel;

internal sealed partial class NicSessionServer
{
    private bool _news;

    internal override void OnSignal()
    {
        for (int flow = 1; flow < _row.Length && !_isOver; flow++)
        {
            Serve(flow);
        }

        TellClient();
    }

    /// <summary>Something happened to the socket of a flow.</summary>
    internal void OnSocket(int flow, SocketEvent what)
    {
        switch (what)
        {
            case SocketEvent.Connected:
                Flows.Open(flow);
                _news = true;
                Serve(flow);
                break;
            case SocketEvent.Readable:
                Receive(flow);
                break;
            case SocketEvent.Writable:
                Serve(flow);
                break;
            default:
                bool connecting = Flows.State(flow) == FlowState.Pending;
                CloseSocket(flow);
                Conclude(flow, connecting ? Error.Unreachable : Error.None);
                break;
        }

        TellClient();
    }

    /// <summary>A listener of the client got a stream.</summary>
    /// <returns>Its flow; 0 to refuse it.</returns>
    internal int Accept(int listener, int address, int port, int row)
    {
        int flow = Flows.Accept(address, port, Flows.Port(listener));
        if (flow != 0 && _row[flow] != 0)
        {
            End(Error.BadData);
            return 0;
        }

        if (flow != 0)
        {
            _row[flow] = row;
            _news = true;
            TellClient();
        }

        return flow;
    }

    private void Serve(int flow)
    {
        FlowAction action = Flows.Judge(flow);
        bool isLive = Flows.State(flow) is FlowState.Pending or FlowState.Open;
        if (action == FlowAction.Violation || isLive != (_row[flow] != 0) || !IsSame(flow, action))
        {
            End(Error.BadData);
            return;
        }

        switch (action)
        {
            case FlowAction.Start:
                Start(flow);
                break;
            case FlowAction.Carry:
                Carry(flow);
                break;
            case FlowAction.Finish:
                Finish(flow);
                break;
            case FlowAction.Release:
                CloseSocket(flow);
                Flows.Free(flow);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether a flow that is open is still what it was opened as.</summary>
    private bool IsSame(int flow, FlowAction action)
        => action != FlowAction.Carry || !_table.IsUsers(flow) || _device.Kind(_row[flow]) == Flows.Command(flow);

    private void Start(int flow)
    {
        FlowCommand kind = Flows.Command(flow);
        int port = Flows.Port(flow);
        bool isPort = port is > 0 and <= 0xffff;
        _row[flow] = isPort ? _device.Open(this, flow, kind, Flows.Address(flow), port) : 0;
        if (_row[flow] == 0)
        {
            Conclude(flow, !isPort ? Error.BadArgument : kind == FlowCommand.Connect ? Error.TableFull : Error.Exists);
        }
        else if (kind == FlowCommand.Connect)
        {
            Flows.Begin(flow);
        }
        else
        {
            Flows.Open(flow);
            _news = true;
            Carry(flow);
        }
    }

    private void Carry(int flow)
    {
        if (Flows.State(flow) == FlowState.Open && Kind(flow) != FlowCommand.Listen)
        {
            Send(flow);
            if (!_isOver && Flows.WantsRoom(flow))
            {
                Receive(flow);
            }
        }
    }

    private void Finish(int flow)
    {
        if (Flows.State(flow) == FlowState.Open && Kind(flow) != FlowCommand.Listen)
        {
            Send(flow);
        }

        // What was written is still sent, also by a stream that is not connected yet.
        if (!_isOver && (Flows.Out(flow).Used == 0 || Kind(flow) == FlowCommand.Listen))
        {
            CloseSocket(flow);
            Conclude(flow, Error.None);
        }
    }

    private FlowCommand Kind(int flow) => _device.Kind(_row[flow]);

    private void Send(int flow)
    {
        bool done = Kind(flow) == FlowCommand.Bind ? SendDatagrams(flow) : SendBytes(flow);
        if (!done)
        {
            End(Error.BadData);
        }
    }

    private bool SendBytes(int flow)
    {
        ByteRing ring = Flows.Out(flow);
        byte[] buffer = _device.Buffer;
        int offered = ring.Peek(buffer, 0, buffer.Length);
        while (offered > 0)
        {
            int taken = Sockets.Write(_device.Handle(_row[flow]), buffer, 0, offered);
            ring.Skip(taken);
            _news |= taken > 0 && Flows.UserWantsRoom(flow);
            offered = taken == offered ? ring.Peek(buffer, 0, buffer.Length) : 0;
        }

        return ring.Used >= 0;
    }

    private bool SendDatagrams(int flow)
    {
        var ring = new DatagramRing(Flows.Out(flow));
        byte[] buffer = _device.Buffer;
        int length = ring.Read(buffer, 0, buffer.Length, out int address, out int port);
        while (length >= 0)
        {
            Sockets.SendTo(_device.Handle(_row[flow]), address, port, buffer, 0, length);
            length = ring.Read(buffer, 0, buffer.Length, out address, out port);
        }

        return length != DatagramRing.Violated;
    }

    private void Receive(int flow)
    {
        if (Kind(flow) == FlowCommand.Bind)
        {
            ReceiveDatagrams(flow);
        }
        else if (!ReceiveBytes(flow))
        {
            End(Error.BadData);
        }
    }

    private bool ReceiveBytes(int flow)
    {
        ByteRing ring = Flows.In(flow);
        byte[] buffer = _device.Buffer;
        int count = 1;
        while (count > 0)
        {
            int room = ring.Room < buffer.Length ? ring.Room : buffer.Length;
            count = room > 0 ? Sockets.Read(_device.Handle(_row[flow]), buffer, 0, room) : 0;
            ring.Write(buffer, 0, count);
            _news |= count > 0;
            Flows.SetWantsRoom(flow, room == 0);
        }

        return ring.Used >= 0;
    }

    private void ReceiveDatagrams(int flow)
    {
        // A datagram that finds no room is lost, as datagrams are.
        byte[] buffer = _device.Buffer;
        int handle = _device.Handle(_row[flow]);
        int length = Sockets.ReceiveFrom(handle, buffer, 0, buffer.Length);
        while (length >= 0)
        {
            _news |= new DatagramRing(Flows.In(flow)).Write(Sockets.EventAddress, Sockets.EventPort, buffer, 0, length);
            length = Sockets.ReceiveFrom(handle, buffer, 0, buffer.Length);
        }
    }

    private void Conclude(int flow, Error reason)
    {
        Flows.End(flow, reason);
        _news = true;
    }

    private void TellClient()
    {
        if (_news)
        {
            _news = false;
            _client.Trigger(Core, 1);
        }
    }
}
