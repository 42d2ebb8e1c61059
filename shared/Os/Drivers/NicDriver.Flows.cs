// The driver's work: what the router wants goes to core, what core tells goes to the router. "Outer" flows are those of
// the Uplink session, where the driver is the provider; "inner" ones those of core's Nic session, where it is the user.
using Tern.Kernel;

namespace Tern.Os;

public sealed partial class NicDriver
{
    private void ServeRouter()
    {
        FlowTable table = _uplink!.Table;
        for (int outer = table.NextUsed(0); outer != 0 && Router.Fault == Error.None; outer = table.NextUsed(outer))
        {
            switch (Router.Judge(outer))
            {
                case FlowAction.Start:
                    Start(outer);
                    break;
                case FlowAction.Carry:
                    Carry(outer);
                    break;
                case FlowAction.Finish:
                    Finish(outer);
                    break;
                case FlowAction.Release:
                    Drop(outer);
                    Router.Free(outer);
                    break;
                case FlowAction.Violation:
                    Router.EndSession(Error.BadData);
                    break;
                default:
                    break;
            }
        }
    }

    private void Start(int outer)
    {
        FlowCommand kind = Router.Command(outer);
        int port = Router.Port(outer);
        int inner = kind switch
        {
            FlowCommand.Listen => Core.Listen(port),
            FlowCommand.Connect => Core.Connect(Router.Address(outer), port),
            _ => Core.Bind(port),
        };
        if (inner == 0)
        {
            Lack("the router's port ", port);
            Router.End(outer, Error.TableFull);
            _tellRouter = true;
            return;
        }

        Join(outer, inner);
        Router.Begin(outer);
        _tellCore = true;
        Carry(outer);
    }

    /// <summary>Moves what fits, both ways.</summary>
    private void Carry(int outer)
    {
        int inner = _inner[outer];
        if (inner == 0)
        {
            return;
        }

        bool datagrams = Router.Command(outer) == FlowCommand.Bind;
        int sent = Move(Router.Out(outer), Core.Out(inner), datagrams);
        int received = Move(Core.In(inner), Router.In(outer), datagrams);
        if (sent < 0 || received < 0)
        {
            Router.EndSession(Error.BadData);
            return;
        }

        _tellCore |= sent > 0 || (received > 0 && Core.IsAwaited(inner));
        _tellRouter |= received > 0 || (sent > 0 && Router.UserWantsRoom(outer));
        Core.SetWantsRoom(inner, Router.Out(outer).Used > 0);
        Router.SetWantsRoom(outer, Core.In(inner).Used > 0);
        _again |= received > 0 && Core.IsFinished(inner);
    }

    private static int Move(ByteRing from, ByteRing to, bool datagrams)
        => from.Used < 0 || to.Used < 0 ? -1
            : datagrams ? new DatagramRing(from).MoveTo(to)
            : from.MoveTo(to);

    private void Finish(int outer)
    {
        Carry(outer);
        if (Router.Out(outer).Used <= 0)
        {
            Drop(outer);
            Router.End(outer, Error.None);
            _tellRouter = true;
        }
    }

    private void Drop(int outer)
    {
        if (_inner[outer] != 0)
        {
            Core.Close(_inner[outer]);
            Part(outer);
            _tellCore = true;
        }
    }

    private void TakeCoreNews()
    {
        while (_nic!.Next(ref _news))
        {
            int outer = _outer[_news.Flow];
            switch (_news.Kind)
            {
                case NicEventKind.Link:
                    Router.PublishLink(_nic.IsUp, _nic.Address, _nic.Netmask, _nic.Gateway, _nic.Mac);
                    _tellRouter = true;
                    break;
                case NicEventKind.Accepted:
                    Accept();
                    break;
                case NicEventKind.Connected when outer != 0:
                    Router.Open(outer);
                    _tellRouter = true;
                    Carry(outer);
                    break;
                case NicEventKind.Refused when outer != 0:
                case NicEventKind.Closed when outer != 0:
                    Part(outer);
                    Router.End(outer, _news.Error);
                    _tellRouter = true;
                    break;
                default:
                    Carry(outer);
                    break;
            }
        }
    }

    private void Accept()
    {
        int outer = Router.Accept(_news.Address, _news.Port, _news.LocalPort);
        if (outer == 0 || _inner[outer] != 0)
        {
            Lack("a stream to port ", _news.LocalPort);
            Core.Close(_news.Flow);
            _tellCore = true;
            return;
        }

        Join(outer, _news.Flow);
        _tellRouter = true;
    }
}
