// The world's events in the order of their time: a heap of four children a place, whose events know their place, so that
// moving or cancelling one costs O(log n) and leaves nothing stale behind. What is compared lies in the heap itself: on a
// bench of many boards an event that is only compared with would be a line of memory that nobody else needs.
// Invariants: no parent comes after its child; _heap[e.Place].Event == e for every queued event; no allocation but growth.
namespace Tern.HostEmulator;

internal sealed class EventQueue(SeededRandom ties)
{
    private const int Children = 4;

    private Entry[] _heap = new Entry[64];
    private long _sequence;

    internal int Count { get; private set; }

    /// <summary>The event that is due next, or <c>null</c>.</summary>
    internal WorldEvent? First => Count > 0 ? _heap[0].Event : null;

    internal void Schedule(WorldEvent e, long time)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * _heap.Length);
        }

        e.Time = time;
        e.Tie = (uint)ties.Next();
        e.Sequence = ++_sequence;
        Settle(e.IsScheduled ? e.Place : Count++, new Entry(time, e.Tie, e));
    }

    internal void Cancel(WorldEvent e)
    {
        if (!e.IsScheduled)
        {
            return;
        }

        int place = e.Place;
        e.Place = WorldEvent.NotScheduled;
        Entry last = _heap[--Count];
        _heap[Count] = default;
        if (place != Count)
        {
            Settle(place, last);
        }
    }

    internal WorldEvent Take()
    {
        WorldEvent first = _heap[0].Event;
        Cancel(first);
        return first;
    }

    /// <summary>Moves the hole at a place up or down to where an entry belongs, and puts it there.</summary>
    private void Settle(int place, Entry entry)
    {
        int hole = place;
        while (hole > 0 && entry.IsBefore(in _heap[(hole - 1) / Children]))
        {
            int parent = (hole - 1) / Children;
            Put(in _heap[parent], hole);
            hole = parent;
        }

        Put(in entry, hole == place ? Sink(place, in entry) : hole);
    }

    private int Sink(int hole, in Entry entry)
    {
        Entry[] heap = _heap;
        for (int child = (Children * hole) + 1; child < Count; child = (Children * hole) + 1)
        {
            int first = child;
            int end = Math.Min(child + Children, Count);
            for (int other = child + 1; other < end; other++)
            {
                first = heap[other].IsBefore(in heap[first]) ? other : first;
            }

            if (entry.IsBefore(in heap[first]))
            {
                break;
            }

            Put(in heap[first], hole);
            hole = first;
        }

        return hole;
    }

    private void Put(in Entry entry, int place)
    {
        _heap[place] = entry;
        entry.Event.Place = place;
    }

    /// <summary>An event with what it is compared by.</summary>
    private readonly record struct Entry(long Time, uint Tie, WorldEvent Event)
    {
        internal bool IsBefore(in Entry other)
        {
            if (Time != other.Time)
            {
                return Time < other.Time;
            }

            return Tie != other.Tie ? Tie < other.Tie : Event.Sequence < other.Event.Sequence;
        }
    }
}
