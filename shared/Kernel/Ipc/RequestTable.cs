// Outstanding sends. A request lives here from the send until its answer has been delivered; it is kernel state, so a
// component that is in the middle of an RPC is checkpointed with it.
// Invariant: a row is free, queued at the server, taken by the server, or queued at the client as an answer. It has one link,
// for whichever list that state has: the free rows, an event queue, or the taken rows whose server and token give one hash.
namespace Tern.Kernel;

/// <summary>The state of an outstanding request.</summary>
internal enum RequestState : byte
{
    Free,
    Queued,
    Taken,
    Answered,
}

/// <summary>The table of outstanding requests. Message contents are reused buffers, one a row, allocated at boot.</summary>
internal sealed class RequestTable
{
    private readonly Failpoint _failpoint;
    private readonly RequestState[] _state;
    private readonly MessageBuffer[] _content;
    private readonly int[] _next;
    private readonly int[] _firstTaken;
    private int _free;
    private int _nextSequence = 1;

    internal readonly Thread?[] Client;
    internal readonly int[] ReplyLabel;
    internal readonly int[] Gate;
    internal readonly int[] GateBadge;
    internal readonly int[] Token;
    internal readonly Thread?[] Server;
    internal readonly Error[] Outcome;
    internal readonly int[] CapabilityBadges;

    /// <summary>The order in which requests were sent, and answers given.</summary>
    internal readonly int[] Sequence;

    internal RequestTable(int capacity, Failpoint failpoint)
    {
        _failpoint = failpoint;
        _state = new RequestState[capacity + 1];
        _content = new MessageBuffer[capacity + 1];
        _next = new int[capacity + 1];
        _firstTaken = new int[ChainsFor(capacity)];
        Client = new Thread?[capacity + 1];
        ReplyLabel = new int[capacity + 1];
        Gate = new int[capacity + 1];
        GateBadge = new int[capacity + 1];
        Token = new int[capacity + 1];
        Server = new Thread?[capacity + 1];
        Outcome = new Error[capacity + 1];
        Sequence = new int[capacity + 1];
        CapabilityBadges = new int[(capacity + 1) * Message.MaxCapabilities];
        for (int row = capacity; row > 0; row--)
        {
            _content[row] = new MessageBuffer();
            _next[row] = _free;
            _free = row;
        }
    }

    internal int Capacity => _state.Length - 1;

    /// <summary>For tests of what happens after very many requests.</summary>
    internal void StartSequenceAt(int number) => _nextSequence = number;

    /// <summary>Takes a row; 0 when all requests are outstanding.</summary>
    internal int Create()
    {
        int row = _failpoint.Strikes() ? 0 : _free;
        if (row != 0)
        {
            _free = _next[row];
            _next[row] = 0;
            _state[row] = RequestState.Queued;
            Sequence[row] = NextSequence();
        }

        return row;
    }

    internal void Destroy(int row)
    {
        Invariant.That(_state[row] != RequestState.Free);
        LeaveServer(row);
        _state[row] = RequestState.Free;
        Client[row] = null;
        Server[row] = null;
        _next[row] = _free;
        _free = row;
    }

    internal RequestState State(int row) => _state[row];

    /// <summary>Says who is to answer.</summary>
    internal void SetServer(int row, Thread server)
    {
        Server[row] = server;
        server.Task.Asked++;
    }

    /// <summary>The server has begun with a request, which it knows by a token from now on. It is in no event queue.</summary>
    internal void SetTaken(int row, int token)
    {
        _state[row] = RequestState.Taken;
        Token[row] = token;
        int chain = ChainOf(Server[row]!.Task, token);
        _next[row] = _firstTaken[chain];
        _firstTaken[chain] = row;
    }

    internal void SetAnswered(int row)
    {
        LeaveServer(row);
        _state[row] = RequestState.Answered;
        Sequence[row] = NextSequence();
    }

    private int NextSequence()
    {
        if (_nextSequence == int.MaxValue)
        {
            Renumber();
        }

        return _nextSequence++;
    }

    /// <summary>Begins the numbers anew, the outstanding requests first and in their order.</summary>
    private void Renumber()
    {
        int last = 0;
        for (int row = 1; row < _state.Length; row++)
        {
            last += _state[row] != RequestState.Free ? 1 : 0;
        }

        // From the youngest down, negative for now, so that what has its number is not met again.
        for (int number = last; number > 0; number--)
        {
            int youngest = 0;
            for (int row = 1; row < _state.Length; row++)
            {
                if (_state[row] != RequestState.Free && (youngest == 0 || Sequence[row] > Sequence[youngest]))
                {
                    youngest = row;
                }
            }

            Sequence[youngest] = number - last - 1;
        }

        for (int row = 1; row < _state.Length; row++)
        {
            Sequence[row] += _state[row] != RequestState.Free ? last + 1 : 0;
        }

        _nextSequence = last + 1;
    }

    /// <summary>The oldest row of a client after a sequence number; 0 for none.</summary>
    internal int FindNext(Task client, int sequence)
    {
        int found = 0;
        for (int row = 1; row < _state.Length && client.Requests > 0; row++)
        {
            if (_state[row] != RequestState.Free && Client[row]?.Task == client && Sequence[row] > sequence
                && (found == 0 || Sequence[row] < Sequence[found]))
            {
                found = row;
            }
        }

        return found;
    }

    /// <summary>The request's message, later its answer's. Capabilities in it are object identities.</summary>
    internal MessageBuffer Content(int row) => _content[row];

    /// <summary>The link of the event queue that the row is in.</summary>
    internal int Next(int row) => _next[row];

    internal void SetNext(int row, int link) => _next[row] = link;

    /// <summary>The row that a server's task knows by a token; 0 for none.</summary>
    internal int FindTaken(Task server, int token)
    {
        int row = _firstTaken[ChainOf(server, token)];
        while (row != 0 && (Token[row] != token || Server[row]!.Task != server))
        {
            row = _next[row];
        }

        return row;
    }

    /// <summary>Marks the rows that servers have taken, for the audit; false when one is not taken or in another's chain.</summary>
    internal bool MarkTaken(RowMarks marks)
    {
        for (int chain = 0; chain < _firstTaken.Length; chain++)
        {
            for (int row = _firstTaken[chain]; row != 0; row = _next[row])
            {
                if (!marks.Add(row) || _state[row] != RequestState.Taken || ChainOf(Server[row]!.Task, Token[row]) != chain)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int ChainsFor(int capacity)
    {
        int chains = 1;
        while (chains < capacity)
        {
            chains *= 2;
        }

        return chains;
    }

    // Tokens are counted up by each server, so neighbours must not get their chains one beside the other.
    private int ChainOf(Task server, int token) => (token + (server.Index * 37)) & (_firstTaken.Length - 1);

    /// <summary>Whether a request waits for an answer of a task.</summary>
    internal bool IsAsked(int row, Task server)
        => (_state[row] == RequestState.Queued || _state[row] == RequestState.Taken) && Server[row]?.Task == server;

    /// <summary>The server owes no answer any more, if it did.</summary>
    private void LeaveServer(int row)
    {
        if (_state[row] == RequestState.Taken)
        {
            Untake(row);
        }

        Thread? server = _state[row] == RequestState.Answered ? null : Server[row];
        if (server != null)
        {
            server.Task.Asked--;
        }
    }

    /// <summary>Takes a row out of its chain.</summary>
    private void Untake(int row)
    {
        int chain = ChainOf(Server[row]!.Task, Token[row]);
        int at = _firstTaken[chain];
        if (at == row)
        {
            _firstTaken[chain] = _next[row];
            return;
        }

        while (_next[at] != row)
        {
            at = _next[at];
        }

        _next[at] = _next[row];
    }

    /// <summary>How many outstanding messages from or to a task, or one below it, contain an object.</summary>
    internal int CountMentions(Task task, int id, int badge)
    {
        int count = 0;
        for (int row = 1; row < _state.Length; row++)
        {
            bool concerns = _state[row] != RequestState.Free && (IsOf(Client[row], task) || IsOf(Server[row], task));
            for (int i = 0; concerns && i < _content[row].CapabilityCount; i++)
            {
                count += _content[row].Capabilities[i] == id && CapabilityBadges[(row * Message.MaxCapabilities) + i] == badge ? 1 : 0;
            }
        }

        return count;
    }

    private static bool IsOf(Thread? thread, Task task) => thread != null && task.IsOrHasBelow(thread.Task);

    /// <summary>Marks the free rows, for the audit.</summary>
    internal bool MarkFree(RowMarks marks) => marks.AddList(_next, _free);
}
