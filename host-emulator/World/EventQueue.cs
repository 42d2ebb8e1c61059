// The world's events in the order of their time: a binary heap whose events know their place, so that moving or
// cancelling one costs O(log n) and leaves nothing stale behind.
// Invariants: no parent comes after its child; _heap[e.Place] == e for every queued event; no allocation but growth.
namespace Tern.HostEmulator;

internal sealed class EventQueue(SeededRandom ties)
{
    private WorldEvent[] _heap = new WorldEvent[64];
    private long _sequence;

    internal int Count { get; private set; }

    /// <summary>The event that is due next, or <c>null</c>.</summary>
    internal WorldEvent? First => Count > 0 ? _heap[0] : null;

    internal void Schedule(WorldEvent e, long time)
    {
        Cancel(e);
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * _heap.Length);
        }

        e.Time = time;
        e.Tie = (uint)ties.Next();
        e.Sequence = ++_sequence;
        Put(e, Count++);
        MoveUp(e);
    }

    internal void Cancel(WorldEvent e)
    {
        if (!e.IsScheduled)
        {
            return;
        }

        WorldEvent last = _heap[--Count];
        _heap[Count] = null!;
        if (last != e)
        {
            Put(last, e.Place);
            MoveUp(last);
            MoveDown(last);
        }

        e.Place = WorldEvent.NotScheduled;
    }

    internal WorldEvent Take()
    {
        WorldEvent first = _heap[0];
        Cancel(first);
        return first;
    }

    private void MoveUp(WorldEvent e)
    {
        while (e.Place > 0)
        {
            WorldEvent parent = _heap[(e.Place - 1) / 2];
            if (!e.IsBefore(parent))
            {
                return;
            }

            Swap(e, parent);
        }
    }

    private void MoveDown(WorldEvent e)
    {
        while (true)
        {
            int child = (2 * e.Place) + 1;
            if (child >= Count)
            {
                return;
            }

            if (child + 1 < Count && _heap[child + 1].IsBefore(_heap[child]))
            {
                child++;
            }

            if (!_heap[child].IsBefore(e))
            {
                return;
            }

            Swap(_heap[child], e);
        }
    }

    private void Swap(WorldEvent lower, WorldEvent upper)
    {
        int place = lower.Place;
        Put(lower, upper.Place);
        Put(upper, place);
    }

    private void Put(WorldEvent e, int place)
    {
        _heap[place] = e;
        e.Place = place;
    }
}
