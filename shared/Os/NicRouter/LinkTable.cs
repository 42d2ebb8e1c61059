// The streams that pass through the router: each joins a flow of one session to a flow of another.
// Invariant: a link's two flows name it in their sessions, and nothing else does; a link that uses a NAT port returns it.
namespace Tern.Os;

/// <summary>Links, one array a column; row 0 is never used.</summary>
internal sealed class LinkTable
{
    private const int Capacity = 256;

    private readonly RouterSession?[] _first = new RouterSession?[Capacity + 1];
    private readonly RouterSession?[] _second = new RouterSession?[Capacity + 1];
    private readonly int[] _firstFlow = new int[Capacity + 1];
    private readonly int[] _secondFlow = new int[Capacity + 1];
    private readonly NatTable?[] _nat = new NatTable?[Capacity + 1];
    private int _free;

    internal LinkTable()
    {
        for (int row = Capacity; row > 0; row--)
        {
            _firstFlow[row] = _free;
            _free = row;
        }
    }

    internal int Count { get; private set; }

    internal bool IsFull => _free == 0;

    /// <summary>Joins two flows; the table must not be full.</summary>
    /// <param name="first">Who opened the stream.</param>
    /// <param name="firstFlow">Its flow.</param>
    /// <param name="second">Who is at the other end.</param>
    /// <param name="secondFlow">Its flow.</param>
    /// <param name="nat">Where the opener's domain has a port for it; <c>null</c> for none.</param>
    internal int Add(RouterSession first, int firstFlow, RouterSession second, int secondFlow, NatTable? nat)
    {
        int row = _free;
        _free = _firstFlow[row];
        _first[row] = first;
        _firstFlow[row] = firstFlow;
        _second[row] = second;
        _secondFlow[row] = secondFlow;
        _nat[row] = nat;
        first.Link[firstFlow] = row;
        second.Link[secondFlow] = row;
        Count++;
        return row;
    }

    /// <summary>The other end of a flow's link.</summary>
    internal RouterSession Other(int row, RouterSession session, int flow, out int otherFlow)
    {
        bool isFirst = _first[row] == session && _firstFlow[row] == flow;
        otherFlow = isFirst ? _secondFlow[row] : _firstFlow[row];
        return isFirst ? _second[row]! : _first[row]!;
    }

    internal void Remove(int row)
    {
        _nat[row]?.Return(_first[row]!.Domain);
        _first[row]!.Link[_firstFlow[row]] = 0;
        _second[row]!.Link[_secondFlow[row]] = 0;
        _first[row] = null;
        _second[row] = null;
        _nat[row] = null;
        _firstFlow[row] = _free;
        _free = row;
        Count--;
    }
}
