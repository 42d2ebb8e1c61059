// The entries' badges, and which entries have a badge: a checkpoint asks that for every selector and every region.
// Invariants: an entry is in the chain of its badge exactly while that is not 0; a chain's entries ascend.
namespace Tern.Rtcr;

/// <summary>A column of badges that can be searched.</summary>
internal sealed class BadgeIndex
{
    private const int None = -1;

    private readonly int[] _badge;
    private readonly int[] _next;
    private readonly int[] _first;

    internal BadgeIndex(int entries)
    {
        int chains = 1;
        while (chains < entries)
        {
            chains *= 2;
        }

        _badge = new int[entries];
        _next = new int[entries];
        _first = new int[chains];
        for (int chain = 0; chain < chains; chain++)
        {
            _first[chain] = None;
        }
    }

    /// <summary>An entry's badge; 0 for none.</summary>
    internal int this[int entry]
    {
        get => _badge[entry];
        set
        {
            if (_badge[entry] != 0)
            {
                Unlink(entry);
            }

            _badge[entry] = value;
            if (value != 0)
            {
                Link(entry);
            }
        }
    }

    /// <summary>The lowest entry that has a badge; −1 for none.</summary>
    internal int Find(int badge)
    {
        int entry = badge == 0 ? None : _first[ChainOf(badge)];
        while (entry >= 0 && _badge[entry] != badge)
        {
            entry = _next[entry];
        }

        return entry;
    }

    // Badges are counted up, so their low bits spread well.
    private int ChainOf(int badge) => badge & (_first.Length - 1);

    private void Link(int entry)
    {
        int chain = ChainOf(_badge[entry]);
        int previous = None;
        int at = _first[chain];
        while (at >= 0 && at < entry)
        {
            previous = at;
            at = _next[at];
        }

        _next[entry] = at;
        Join(chain, previous, entry);
    }

    private void Unlink(int entry)
    {
        int chain = ChainOf(_badge[entry]);
        int previous = None;
        for (int at = _first[chain]; at != entry; at = _next[at])
        {
            previous = at;
        }

        Join(chain, previous, _next[entry]);
    }

    private void Join(int chain, int previous, int entry)
    {
        if (previous < 0)
        {
            _first[chain] = entry;
        }
        else
        {
            _next[previous] = entry;
        }
    }
}
