// What Nic sessions ask for: listening, connecting, closing; and who may reach whom.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class FlowRouter
{
    private const int MaxPort = 65535;
    private const int FirstEphemeralPort = 49152;

    private void Serve(RouterSession session)
    {
        FlowTable table = session.Table;
        for (int flow = table.NextUsed(0); flow != 0 && session.IsUsable; flow = table.NextUsed(flow))
        {
            FlowProvider provider = session.Provider;
            FlowAction action = provider.Judge(flow);
            bool isLive = provider.State(flow) is FlowState.Pending or FlowState.Open;
            bool isSame = action != FlowAction.Carry || !session.Table.IsUsers(flow)
                || provider.Command(flow) == session.Kind[flow];
            if (action == FlowAction.Violation || isLive != (session.Kind[flow] != FlowCommand.None) || !isSame)
            {
                Violated(session);
            }
            else
            {
                Act(session, flow, action);
            }
        }
    }

    private void Act(RouterSession session, int flow, FlowAction action)
    {
        switch (action)
        {
            case FlowAction.Start:
                Start(session, flow);
                break;
            case FlowAction.Carry:
                Carry(session, flow);
                break;
            case FlowAction.Finish:
                Carry(session, flow);
                if (session.IsUsable && session.Kind[flow] != FlowCommand.None
                    && (session.Source(flow).Used == 0 || session.Kind[flow] == FlowCommand.Listen))
                {
                    Cut(session, flow, Error.None);
                }

                break;
            case FlowAction.Release:
                Cut(session, flow, Error.None);
                session.Provider.Free(flow);
                break;
            default:
                break;
        }
    }

    private void Start(RouterSession session, int flow)
    {
        FlowCommand kind = session.Provider.Command(flow);
        int port = session.Provider.Port(flow);
        if (port is <= 0 or > MaxPort)
        {
            Conclude(session, flow, Error.BadArgument);
        }
        else if (kind == FlowCommand.Connect)
        {
            int address = session.Provider.Address(flow);
            Refusal refusal = Connect(session, flow, address, port);
            if (refusal != Refusal.None)
            {
                Count(session.Domain, refusal, "tcp to " + Ip4.Format(address) + ":" + port);
                Conclude(session, flow, Refusals.ToError(refusal));
            }
        }
        else if (session.Find(kind, port) != 0)
        {
            Conclude(session, flow, Error.Exists);
        }
        else
        {
            session.Kind[flow] = kind;
            session.Port[flow] = port;
            session.Provider.Open(flow);
            session.HasNews = true;
            Carry(session, flow);
        }
    }

    private Refusal Connect(RouterSession session, int flow, int address, int port)
    {
        Refusal refusal = Route(session, session.Domain.Tcp, address, port, out Domain? target, out RouterSession? peer);
        if (refusal != Refusal.None || _links.IsFull)
        {
            return refusal != Refusal.None ? refusal : Refusal.NoFlow;
        }

        if (peer!.IsUplink)
        {
            return Leave(session, flow, peer, target!, address, port);
        }

        refusal = Deliver(peer, port, session.Address, EphemeralPort(session, flow), out int accepted);
        if (refusal == Refusal.None)
        {
            _links.Add(session, flow, peer, accepted, null);
            session.Kind[flow] = FlowCommand.Connect;
            session.Provider.Open(flow);
            session.HasNews = true;
            Carry(session, flow);
        }

        return refusal;
    }

    /// <summary>The port that a flow has when it asked for none: no two flows of the router share one.</summary>
    private static int EphemeralPort(RouterSession session, int flow)
        => FirstEphemeralPort + (session.Index * FlowTable.MaxFlows) + flow - 1;

    /// <summary>Where a destination is: with a session of the sender's own domain, or of one that a rule permits.</summary>
    private Refusal Route(
        RouterSession sender, PermitTable permits, int address, int port, out Domain? domain, out RouterSession? peer)
    {
        peer = null;
        domain = sender.Domain.Contains(address) ? sender.Domain : permits.Find(address, port);
        if (domain == null)
        {
            return Refusal.NoRule;
        }

        peer = FindHost(domain, address) ?? FindUplink(domain);
        return peer == null || !peer.IsUsable ? Refusal.Unreachable : Refusal.None;
    }

    /// <summary>Gives a new stream to whoever listens in a session.</summary>
    private Refusal Deliver(RouterSession peer, int port, int address, int sourcePort, out int accepted)
    {
        accepted = 0;
        int listener = peer.Find(FlowCommand.Listen, port);
        if (listener == 0)
        {
            return Refusal.Unreachable;
        }

        accepted = peer.Provider.Accept(address, sourcePort, port);
        if (accepted != 0 && peer.Kind[accepted] != FlowCommand.None)
        {
            Violated(peer);
            accepted = 0;
        }

        if (accepted == 0)
        {
            return Refusal.NoFlow;
        }

        peer.Kind[accepted] = FlowCommand.Connect;
        peer.Port[accepted] = 0;
        peer.HasNews = true;
        return Refusal.None;
    }
}
