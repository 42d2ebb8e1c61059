// What passes along links: bytes as far as there is room, and the end of either side.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class FlowRouter
{
    private void Carry(RouterSession session, int flow)
    {
        if (session.Kind[flow] == FlowCommand.Bind)
        {
            CarryDatagrams(session, flow);
        }
        else if (session.Link[flow] != 0)
        {
            RouterSession other = _links.Other(session.Link[flow], session, flow, out int otherFlow);
            Move(session, flow, other, otherFlow);
            if (session.IsUsable && other.IsUsable)
            {
                Move(other, otherFlow, session, flow);
            }
        }
    }

    private void Move(RouterSession from, int flow, RouterSession to, int toFlow)
    {
        ByteRing source = from.Source(flow);
        ByteRing sink = to.Sink(toFlow);
        if (source.Used < 0 || sink.Used < 0)
        {
            Violated(source.Used < 0 ? from : to);
            return;
        }

        if (source.MoveTo(sink) > 0)
        {
            to.HasNews = true;
            from.HasNews |= from.IsAwaited(flow);
        }

        to.SetWantsRoom(toFlow, source.Used > 0);

        // An uplink's stream may have ended with these bytes, and a closed flow may have been waiting for this room.
        from.NeedsRound |= from.IsUplink ? from.User.IsFinished(flow) : source.Used == 0 && IsClosing(from, flow);
    }

    private static bool IsClosing(RouterSession session, int flow) => session.Provider.Judge(flow) == FlowAction.Finish;

    /// <summary>Ends a flow, and with it the other end of its link.</summary>
    private void Cut(RouterSession session, int flow, Error reason)
    {
        int link = session.Link[flow];
        if (link != 0)
        {
            RouterSession other = _links.Other(link, session, flow, out int otherFlow);
            _links.Remove(link);
            CutEnd(other, otherFlow, reason);
        }

        CutEnd(session, flow, reason);
    }

    private static void CutEnd(RouterSession session, int flow, Error reason)
    {
        if (session.Kind[flow] == FlowCommand.None)
        {
            return;
        }

        session.Forget(flow);
        if (!session.IsUsable)
        {
            return;
        }

        if (session.IsUplink)
        {
            session.User.Close(flow);
            session.HasNews = true;
        }
        else
        {
            Conclude(session, flow, reason);
        }
    }

    private void CutAll(RouterSession session)
    {
        for (int flow = 1; flow < session.Kind.Length; flow++)
        {
            Cut(session, flow, Error.Unreachable);
        }
    }

    private static void Conclude(RouterSession session, int flow, Error reason)
    {
        session.Provider.End(flow, reason);
        session.HasNews = true;
    }
}
