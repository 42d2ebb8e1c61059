// The flows of a Nic session on sockets: what the client asks for, and what the network brings.
// Invariant: a flow is open exactly while it has a row of the device's table; anything else in the shared memory is a violation.
namespace Tern.Kernel;

internal sealed partial class NicSessionServer
{
    private bool _news;

    internal override void OnSignal()
    {
        for (int flow = _table.NextUsed(0); flow != 0 && !_isOver; flow = _table.NextUsed(flow))
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
            _client.Trigger(this, 1);
        }
    }
}
