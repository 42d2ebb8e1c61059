// The frames in which pages of banks are shown: what each holds, and which is taken next.
// Invariants: a page is in one frame at most; free frames come first in the queue, the others follow in the order in which their
// pages came in. So with four frames or more the page that came in last, and the one before it, are never the next to go: a copy
// from one page to another needs both at once.
namespace Tern.Os;

/// <summary>The table of frames, one array a column.</summary>
internal sealed class FrameTable
{
    /// <summary>The fewest frames with which a copy between two pages goes on, whatever else is touched.</summary>
    internal const int Least = 4;

    private const int None = -1;

    /// <summary>The page's address in the store's memory; −1 in a free frame.</summary>
    private readonly int[] _address;

    private readonly int[] _bank;
    private readonly bool[] _isDirty;

    // A ring through all frames; the last element stands for none, between the newest page and the first frame to go.
    private readonly int[] _next;
    private readonly int[] _previous;

    internal FrameTable(int count)
    {
        Count = count;
        _address = new int[count];
        _bank = new int[count];
        _isDirty = new bool[count];
        _next = new int[count + 1];
        _previous = new int[count + 1];
        _next[count] = count;
        _previous[count] = count;
        for (int frame = 0; frame < count; frame++)
        {
            _address[frame] = None;
            Insert(frame, count);
        }
    }

    internal int Count { get; }

    /// <summary>The frame to be taken next: a free one, or that of the page that came in first.</summary>
    internal int First => _next[Count];

    internal bool IsUsed(int frame) => _address[frame] != None;

    internal int Address(int frame) => _address[frame];

    internal int Bank(int frame) => _bank[frame];

    /// <summary>Whether the frame may differ from the store, which is while its page is shown with the right to write.</summary>
    internal bool IsDirty(int frame) => _isDirty[frame];

    internal void SetDirty(int frame, bool isDirty) => _isDirty[frame] = isDirty;

    /// <summary>The frame that holds a page; −1 for none.</summary>
    internal int Find(int address)
    {
        int frame = Count - 1;
        while (frame >= 0 && _address[frame] != address)
        {
            frame--;
        }

        return frame;
    }

    /// <summary>Gives a free frame a page.</summary>
    internal void Take(int frame, int bank, int address)
    {
        _address[frame] = address;
        _bank[frame] = bank;
        _isDirty[frame] = false;
        Remove(frame);
        Insert(frame, Count);
    }

    /// <summary>Makes a frame free, to be taken before all that are not.</summary>
    internal void Free(int frame)
    {
        _address[frame] = None;
        _isDirty[frame] = false;
        Remove(frame);
        Insert(frame, First);
    }

    private void Remove(int frame)
    {
        _next[_previous[frame]] = _next[frame];
        _previous[_next[frame]] = _previous[frame];
    }

    private void Insert(int frame, int before)
    {
        _next[frame] = before;
        _previous[frame] = _previous[before];
        _next[_previous[before]] = frame;
        _previous[before] = frame;
    }
}
