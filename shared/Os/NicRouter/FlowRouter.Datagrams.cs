// Datagrams: each is judged by its own destination. What finds no room is lost, as datagrams are.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class FlowRouter
{
    /// <summary>Carries what a Nic session sends from a bound port.</summary>
    private void CarryDatagrams(RouterSession session, int flow)
    {
        var ring = new DatagramRing(session.Source(flow));
        int length = ring.Read(_datagram, 0, _datagram.Length, out int address, out int port);
        while (length >= 0)
        {
            Refusal refusal = port == 0 ? Refusal.Unreachable : Carry(session, flow, address, port, length);
            if (refusal != Refusal.None)
            {
                Count(session.Domain, refusal, "udp to " + Ip4.Format(address) + ":" + port);
            }

            length = ring.Read(_datagram, 0, _datagram.Length, out address, out port);
        }

        if (length == DatagramRing.Violated)
        {
            Violated(session);
        }
    }

    private Refusal Carry(RouterSession session, int flow, int address, int port, int length)
    {
        Refusal refusal = Route(session, session.Domain.Udp, address, port, out Domain? domain, out RouterSession? peer);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        if (!peer!.IsUplink)
        {
            return Give(peer, port, session.Address, session.Port[flow], length);
        }

        refusal = FindWayOut(session, flow, peer, domain!, out int outside);
        if (refusal == Refusal.None)
        {
            new DatagramRing(peer.Sink(outside)).Write(address, port, _datagram, 0, length);
            peer.HasNews = true;
        }

        return refusal;
    }

    /// <summary>The uplink's datagram flow that a component's port leaves by, which the answers come to.</summary>
    private Refusal FindWayOut(RouterSession session, int flow, RouterSession uplink, Domain domain, out int outside)
    {
        // A port that something is forwarded to answers from where that came in.
        int rule = domain.UdpForward.FindTarget(session.Domain, session.Address, session.Port[flow]);
        outside = rule < 0 ? 0 : uplink.Find(FlowCommand.Bind, domain.UdpForward.Port(rule));
        if (outside != 0)
        {
            return Refusal.None;
        }

        if (session.Link[flow] != 0)
        {
            return _links.Other(session.Link[flow], session, flow, out outside) == uplink ? Refusal.None : Refusal.NoFlow;
        }

        Refusal refusal = _links.IsFull ? Refusal.NoFlow : domain.UdpNat.Take(session.Domain);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        int port = EphemeralPort(session, flow);
        outside = uplink.User.Bind(port);
        if (outside == 0)
        {
            domain.UdpNat.Return(session.Domain);
            return Refusal.NoFlow;
        }

        uplink.Kind[outside] = FlowCommand.Bind;
        uplink.Port[outside] = port;
        _links.Add(session, flow, uplink, outside, domain.UdpNat);
        return Refusal.None;
    }

    /// <summary>Gives what came from outside to whoever the port is joined or forwarded to.</summary>
    private void TakeDatagrams(RouterSession uplink, int flow)
    {
        var ring = new DatagramRing(uplink.Source(flow));
        int length = ring.Read(_datagram, 0, _datagram.Length, out int address, out int port);
        while (length >= 0)
        {
            Refusal refusal = TakeDatagram(uplink, flow, address, port, length);
            if (refusal != Refusal.None)
            {
                Count(uplink.Domain, refusal, "udp from " + Ip4.Format(address) + " to port " + uplink.Port[flow]);
            }

            length = ring.Read(_datagram, 0, _datagram.Length, out address, out port);
        }

        uplink.HasNews |= uplink.IsAwaited(flow);
        if (length == DatagramRing.Violated)
        {
            Violated(uplink);
        }
    }

    private Refusal TakeDatagram(RouterSession uplink, int flow, int address, int port, int length)
    {
        if (uplink.Link[flow] != 0)
        {
            RouterSession inside = _links.Other(uplink.Link[flow], uplink, flow, out int insideFlow);
            return Give(inside, inside.Port[insideFlow], address, port, length);
        }

        ForwardTable rules = uplink.Domain.UdpForward;
        int rule = rules.Find(uplink.Port[flow]);
        RouterSession? host = rule < 0 ? null : FindHost(rules.Domain(rule), rules.To(rule));
        return rule < 0 ? Refusal.NoForward
            : host == null || !host.IsUsable ? Refusal.Unreachable
            : Give(host, rules.ToPort(rule), address, port, length);
    }

    private Refusal Give(RouterSession to, int toPort, int address, int port, int length)
    {
        int flow = to.Find(FlowCommand.Bind, toPort);
        if (flow == 0)
        {
            return Refusal.Unreachable;
        }

        to.HasNews |= new DatagramRing(to.Sink(flow)).Write(address, port, _datagram, 0, length);
        return Refusal.None;
    }
}
