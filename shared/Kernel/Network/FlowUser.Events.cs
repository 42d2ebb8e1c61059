// How a user learns what happened: it walks over the flows and compares what is with what it has been told.
// Invariants: a walk is finite and tells of each flow in order: opened, bytes, room, end; the end comes after the last byte
// was read. What the provider may not write ends the session instead of being believed.
namespace Tern.Kernel;

public readonly partial struct FlowUser
{
    // A walk's cursor: the flow, 0 for the session, and which question about it comes next.
    private const int Questions = 4;

    /// <summary>Tells the next thing that happened. Walk to the end after each signal.</summary>
    /// <param name="cursor">0 to begin; where the walk is.</param>
    /// <param name="news">Gets the event.</param>
    /// <returns><c>false</c> at the end of the walk.</returns>
    public bool Next(ref int cursor, ref NicEvent news)
    {
        news = default;
        if (cursor < Questions)
        {
            cursor = Questions;
            if (HasSessionNews(ref news))
            {
                return true;
            }
        }

        while (Fault == Error.None)
        {
            // Whoever is asked the first question is the next that anybody uses.
            int flow = cursor % Questions == 0 ? table.NextUsed((cursor / Questions) - 1) : cursor / Questions;
            if (!table.IsFlow(flow))
            {
                cursor = (table.Flows + 1) * Questions;
                break;
            }

            cursor = cursor % Questions == 0 ? flow * Questions : cursor;
            int question = cursor % Questions;
            if (IsLost(flow))
            {
                // Its number may have been given to a new stream already: that one comes next.
                Forget(flow);
                news.Kind = NicEventKind.Closed;
                news.Error = Error.Unreachable;
                news.Flow = flow;
                return true;
            }

            cursor++;
            if (!IsMine(flow))
            {
                cursor = (flow + 1) * Questions;
                Settle(flow);
            }
            else if (Ask(flow, question, ref news))
            {
                // A flow that could not be opened is over with that.
                cursor = news.Kind == NicEventKind.Refused ? (flow + 1) * Questions : cursor;
                news.Flow = news.Kind == NicEventKind.Fault ? 0 : flow;
                return true;
            }
        }

        return IsBackUp(ref news);
    }

    /// <summary>After all that a session opened anew has lost comes that it can be used.</summary>
    private bool IsBackUp(ref NicEvent news)
    {
        if (Fault != Error.None || table.Header(HeaderWord.Lost) == 0)
        {
            return false;
        }

        table.SetHeader(HeaderWord.Lost, 0);
        table.SetHeader(HeaderWord.SeenLink, table.Header(HeaderWord.LinkVersion));
        news.Kind = NicEventKind.Link;
        return true;
    }

    private bool HasSessionNews(ref NicEvent news)
    {
        if (Fault != Error.None)
        {
            news.Kind = NicEventKind.Fault;
            news.Error = Fault;
            return true;
        }

        int lost = table.Header(HeaderWord.Lost);
        if (lost != 0)
        {
            table.SetHeader(HeaderWord.Lost, 1);
            news.Kind = NicEventKind.Link;
            return lost != 1;
        }

        int version = table.Header(HeaderWord.LinkVersion);
        if (version == table.Header(HeaderWord.SeenLink))
        {
            return false;
        }

        table.SetHeader(HeaderWord.SeenLink, version);
        news.Kind = NicEventKind.Link;
        return true;
    }

    /// <summary>A flow that the user has closed goes when the provider has ended it.</summary>
    private void Settle(int flow)
    {
        if (Command(flow) == FlowCommand.Close && State(flow) is FlowState.Closed or FlowState.Refused)
        {
            Release(flow);
        }
    }

    private bool Ask(int flow, int question, ref NicEvent news) => question switch
    {
        0 => IsOpened(flow, ref news),
        1 => HasBytes(flow, ref news),
        2 => HasRoom(flow, ref news),
        _ => HasEnded(flow, ref news),
    };

    private bool IsOpened(int flow, ref NicEvent news)
    {
        FlowState state = State(flow);
        if (state is < FlowState.Free or > FlowState.Refused)
        {
            return Violated(ref news);
        }

        if (table.Get(flow, SlotWord.Seen) != 0 || state <= FlowState.Pending)
        {
            return false;
        }

        if (state == FlowState.Refused)
        {
            news.Kind = NicEventKind.Refused;
            news.Error = (Error)table.Get(flow, SlotWord.Reason);
            Release(flow);
            return true;
        }

        table.Set(flow, SlotWord.Seen, 1);
        news.Kind = table.IsUsers(flow) ? NicEventKind.Connected : NicEventKind.Accepted;
        news.Address = table.Get(flow, SlotWord.PeerAddress);
        news.Port = table.Get(flow, SlotWord.PeerPort);
        news.LocalPort = table.Get(flow, SlotWord.LocalPort);
        return true;
    }

    private bool HasBytes(int flow, ref NicEvent news)
    {
        int used = State(flow) is FlowState.Open or FlowState.Closed ? table.In(flow).Used : 0;
        if (used <= 0)
        {
            return used < 0 && Violated(ref news);
        }

        news.Kind = Command(flow) == FlowCommand.Bind ? NicEventKind.Datagram : NicEventKind.Data;
        news.Length = used;
        return true;
    }

    private bool HasRoom(int flow, ref NicEvent news)
    {
        if (!IsMine(flow) || State(flow) != FlowState.Open || table.Get(flow, SlotWord.UserWantsRoom) == 0)
        {
            return false;
        }

        if (table.Out(flow).Used < 0)
        {
            return Violated(ref news);
        }

        if (table.Out(flow).Room < table.RingSize / 4)
        {
            return false;
        }

        table.Set(flow, SlotWord.UserWantsRoom, 0);
        news.Kind = NicEventKind.Writable;
        return true;
    }

    private bool HasEnded(int flow, ref NicEvent news)
    {
        if (!IsFinished(flow))
        {
            return false;
        }

        news.Kind = NicEventKind.Closed;
        news.Error = (Error)table.Get(flow, SlotWord.Reason);
        Release(flow);
        return true;
    }

    private bool Violated(ref NicEvent news)
    {
        table.SetHeader(HeaderWord.Fault, (int)Error.BadData);
        news.Kind = NicEventKind.Fault;
        news.Error = Error.BadData;
        return true;
    }
}
