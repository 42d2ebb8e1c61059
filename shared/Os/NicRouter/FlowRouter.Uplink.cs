// The way out and in: streams that leave by an uplink use a NAT port, streams that come in go where a rule forwards them.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class FlowRouter
{
    private RouterSession? FindUplink(Domain domain)
    {
        for (int i = 1; i < _sessions.Length; i++)
        {
            RouterSession? session = _sessions[i];
            if (session != null && session.IsUplink && session.Domain == domain && session.IsUsable && session.User.IsUp)
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>Opens a stream to the outside.</summary>
    private Refusal Leave(RouterSession session, int flow, RouterSession uplink, Domain domain, int address, int port)
    {
        Refusal refusal = domain.TcpNat.Take(session.Domain);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        int outside = uplink.User.Connect(address, port);
        if (outside == 0)
        {
            domain.TcpNat.Return(session.Domain);
            return Refusal.NoFlow;
        }

        uplink.Kind[outside] = FlowCommand.Connect;
        session.Kind[flow] = FlowCommand.Connect;
        _links.Add(session, flow, uplink, outside, domain.TcpNat);
        session.Provider.Begin(flow);
        uplink.HasNews = true;
        Carry(session, flow);
        return Refusal.None;
    }

    private void ServeUplink(RouterSession uplink)
    {
        int cursor = 0;
        while (uplink.IsUsable && uplink.User.Next(ref cursor, ref _news))
        {
            int flow = _news.Flow;
            switch (_news.Kind)
            {
                case NicEventKind.Link:
                    OnLink(uplink);
                    break;
                case NicEventKind.Connected:
                    OnConnected(uplink, flow);
                    break;
                case NicEventKind.Accepted:
                    OnAccepted(uplink, flow);
                    break;
                case NicEventKind.Data:
                case NicEventKind.Datagram:
                case NicEventKind.Writable:
                    CarryUplink(uplink, flow);
                    break;
                case NicEventKind.Refused:
                case NicEventKind.Closed:
                    OnEnded(uplink, flow, _news.Error);
                    break;
                case NicEventKind.Fault:
                    Violated(uplink);
                    break;
                default:
                    break;
            }
        }
    }

    private void OnLink(RouterSession uplink)
    {
        bool up = uplink.User.IsUp;
        _env.Log("[" + uplink.Domain.Name + "] " + (up ? "uplink up address=" + Ip4.Format(uplink.User.Address) : "uplink down"));
        if (!up)
        {
            return;
        }

        Listen(uplink, uplink.Domain.TcpForward, FlowCommand.Listen);
        Listen(uplink, uplink.Domain.UdpForward, FlowCommand.Bind);
    }

    private void Listen(RouterSession uplink, ForwardTable rules, FlowCommand kind)
    {
        for (int rule = 0; rule < rules.Count; rule++)
        {
            int port = rules.Port(rule);
            if (uplink.Find(kind, port) != 0)
            {
                continue;
            }

            int flow = kind == FlowCommand.Listen ? uplink.User.Listen(port) : uplink.User.Bind(port);
            if (flow == 0)
            {
                _env.Log("Warning: [" + uplink.Domain.Name + "] cannot forward port " + port + ": " + Refusals.Name(Refusal.NoFlow));
                return;
            }

            uplink.Kind[flow] = kind;
            uplink.Port[flow] = port;
            uplink.HasNews = true;
        }
    }

    private void OnConnected(RouterSession uplink, int flow)
    {
        if (uplink.Link[flow] != 0)
        {
            RouterSession inside = _links.Other(uplink.Link[flow], uplink, flow, out int insideFlow);
            inside.Provider.Open(insideFlow);
            inside.HasNews = true;
            Carry(uplink, flow);
        }
    }

    private void OnAccepted(RouterSession uplink, int flow)
    {
        if (uplink.Kind[flow] != FlowCommand.None)
        {
            Violated(uplink);
            return;
        }

        Domain domain = uplink.Domain;
        int rule = domain.TcpForward.Find(_news.LocalPort);
        RouterSession? inside = rule < 0 ? null : FindHost(domain.TcpForward.Domain(rule), domain.TcpForward.To(rule));
        Refusal refusal = rule < 0 ? Refusal.NoForward
            : inside == null || !inside.IsUsable ? Refusal.Unreachable
            : _links.IsFull ? Refusal.NoFlow
            : Refusal.None;
        int accepted = 0;
        if (refusal == Refusal.None)
        {
            refusal = Deliver(inside!, domain.TcpForward.ToPort(rule), _news.Address, _news.Port, out accepted);
        }

        if (refusal == Refusal.None)
        {
            uplink.Kind[flow] = FlowCommand.Connect;
            _links.Add(uplink, flow, inside!, accepted, null);
        }
        else
        {
            Count(domain, refusal, "tcp from " + Ip4.Format(_news.Address) + " to port " + _news.LocalPort);
            uplink.User.Close(flow);
            uplink.HasNews = true;
        }
    }

    private void CarryUplink(RouterSession uplink, int flow)
    {
        if (uplink.Kind[flow] == FlowCommand.Bind)
        {
            TakeDatagrams(uplink, flow);
        }
        else
        {
            Carry(uplink, flow);
        }
    }

    private void OnEnded(RouterSession uplink, int flow, Error reason)
    {
        if (uplink.Kind[flow] is FlowCommand.Listen or FlowCommand.Bind)
        {
            _env.Log("Warning: [" + uplink.Domain.Name + "] port " + uplink.Port[flow] + " lost: " + Errors.Name(reason));
        }

        // The walk has let go of the uplink's flow already: only the inside is left to be told.
        int link = uplink.Link[flow];
        if (link != 0)
        {
            RouterSession inside = _links.Other(link, uplink, flow, out int insideFlow);
            _links.Remove(link);
            CutEnd(inside, insideFlow, reason);
        }

        uplink.Forget(flow);
        uplink.HasNews = true;
    }
}
