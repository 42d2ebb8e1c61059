// Requests to targets that have come to RTCR: they wait until their target is there, are sent on to it, and are kept until
// its answer, so that a target that is restored meanwhile can be asked again.
// Invariants: a place is in use until its client has been answered; places are tried in the order in which they came; an
// answer is known by its ticket, so that one of a target's earlier life is not taken for another.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Why a target is asked.</summary>
internal enum InboundPurpose
{
    /// <summary>A client asks an object; the answer goes back.</summary>
    Ask,

    /// <summary>A client wants a session; the answer brings it.</summary>
    Open,

    /// <summary>RTCR asks for a session that its client has already.</summary>
    Reopen,

    /// <summary>RTCR tells that a session has ended.</summary>
    Close,
}

/// <summary>A fixed table of requests.</summary>
internal sealed class InboundTable
{
    /// <summary>The first reply label; a ticket is one of these.</summary>
    internal const int FirstTicket = 1 << 24;

    /// <summary>A reply label for answers that nobody waits for.</summary>
    internal const int Nobody = int.MaxValue;

    private const int LastTicket = Nobody - 1;

    private readonly bool[] _isUsed;
    private readonly int[] _order;
    private readonly int[] _references;
    private int _nextTicket = FirstTicket;
    private int _nextOrder = 1;

    internal InboundTable(int capacity)
    {
        _isUsed = new bool[capacity];
        _order = new int[capacity];
        _references = new int[capacity * Message.MaxCapabilities];
        Purpose = new InboundPurpose[capacity];
        Row = new int[capacity];
        Token = new int[capacity];
        Session = new int[capacity];
        Ticket = new int[capacity];
        Target = new Target?[capacity];
        Record = new CallRecord[capacity];
        for (int place = 0; place < capacity; place++)
        {
            Record[place] = new CallRecord();
        }
    }

    internal int Capacity => _isUsed.Length;

    internal InboundPurpose[] Purpose { get; }

    /// <summary>The export that is asked; −1 when it has ended.</summary>
    internal int[] Row { get; }

    /// <summary>The token of the client's request; 0 when RTCR itself asks.</summary>
    internal int[] Token { get; }

    /// <summary>The row of the session that is to be opened or closed; −1 for none.</summary>
    internal int[] Session { get; }

    /// <summary>The reply label under which the target was asked; 0 when it has not been yet.</summary>
    internal int[] Ticket { get; }

    /// <summary>The target that was asked.</summary>
    internal Target?[] Target { get; }

    /// <summary>What is asked; its objects are entries of the target that was asked last.</summary>
    internal CallRecord[] Record { get; }

    /// <summary>The number by which an image knows a place.</summary>
    internal int Serial(int place) => _order[place];

    /// <summary>Takes a place; −1 when there is none.</summary>
    internal int Add(InboundPurpose purpose, int row, int token)
    {
        for (int place = 0; place < _isUsed.Length; place++)
        {
            if (!_isUsed[place])
            {
                _isUsed[place] = true;
                _order[place] = _nextOrder++;
                Purpose[place] = purpose;
                Row[place] = row;
                Token[place] = token;
                Session[place] = -1;
                Ticket[place] = 0;
                Target[place] = null;
                for (int i = 0; i < Message.MaxCapabilities; i++)
                {
                    SetReference(place, i, 0);
                }

                return place;
            }
        }

        return -1;
    }

    internal bool IsUsed(int place) => _isUsed[place];

    internal void Remove(int place) => _isUsed[place] = false;

    /// <summary>What a request's capability refers to (see <see cref="References"/>).</summary>
    internal int Reference(int place, int index) => _references[(place * Message.MaxCapabilities) + index];

    internal void SetReference(int place, int index, int reference)
        => _references[(place * Message.MaxCapabilities) + index] = reference;

    /// <summary>Gives a place the ticket under which its target is asked now.</summary>
    internal int Issue(int place, Target target)
    {
        Ticket[place] = _nextTicket;
        Target[place] = target;
        _nextTicket = _nextTicket == LastTicket ? FirstTicket : _nextTicket + 1;
        return Ticket[place];
    }

    /// <summary>The place's target does not know of it (any more).</summary>
    internal void Withdraw(int place)
    {
        Ticket[place] = 0;
        Target[place] = null;
    }

    /// <summary>The place with a ticket; −1 for none.</summary>
    internal int FindTicket(int ticket)
    {
        for (int place = 0; place < _isUsed.Length; place++)
        {
            if (_isUsed[place] && Ticket[place] == ticket)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>A number before those of all places. Numbers begin anew after very many requests: only differences count.</summary>
    internal int Before => _nextOrder - int.MaxValue;

    /// <summary>The oldest place after another that has not been sent on; −1 at the end.</summary>
    /// <param name="order">The number of the last one; <see cref="Before"/> at first.</param>
    internal int NextWaiting(int order)
    {
        int found = -1;
        for (int place = 0; place < _isUsed.Length; place++)
        {
            bool waits = _isUsed[place] && Ticket[place] == 0 && _order[place] - order > 0;
            found = waits && (found < 0 || _order[place] - _order[found] < 0) ? place : found;
        }

        return found;
    }

    /// <summary>An export has ended: nobody asks it nor refers to it any more.</summary>
    internal void ForgetRow(int row)
    {
        for (int place = 0; place < _isUsed.Length; place++)
        {
            Row[place] = Row[place] == row ? -1 : Row[place];
            Session[place] = Session[place] == row ? -1 : Session[place];
            for (int i = 0; i < Message.MaxCapabilities; i++)
            {
                SetReference(place, i, Reference(place, i) == References.ToExport(row) ? 0 : Reference(place, i));
            }
        }
    }
}
