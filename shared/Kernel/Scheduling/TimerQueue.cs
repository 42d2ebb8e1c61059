// Armed timers, soonest first. A heap of four children a place over the timers' numbers: half as deep as a binary one, and
// the deadlines lie in the heap's order, so that a comparison looks into one array.
// Invariants: place[heap[i]] == i for every armed timer; ties fire in the order of arming.
namespace Tern.Kernel;

/// <summary>Deadlines of core's timer sessions, in nanoseconds of the board's clock.</summary>
internal sealed class TimerQueue
{
    private readonly int[] _heap;
    private readonly long[] _deadline;
    private readonly int[] _place;
    private readonly long[] _order;
    private long _nextOrder;
    private int _count;

    internal TimerQueue(int capacity)
    {
        _heap = new int[capacity];
        _deadline = new long[capacity];
        _place = new int[capacity];
        _order = new long[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _place[i] = -1;
        }
    }

    /// <summary>The soonest deadline; <see cref="long.MaxValue"/> when no timer is armed.</summary>
    internal long Next => _count == 0 ? long.MaxValue : _deadline[0];

    internal bool IsArmed(int timer) => _place[timer] >= 0;

    /// <summary>When an armed timer fires.</summary>
    internal long Deadline(int timer) => _deadline[_place[timer]];

    /// <summary>A number that orders timers by their arming: of two with one deadline, the smaller one fires first. What is not armed comes last.</summary>
    internal long Order(int timer) => IsArmed(timer) ? _order[timer] : long.MaxValue;

    /// <summary>Arms a timer, or moves its deadline.</summary>
    internal void Arm(int timer, long deadline)
    {
        int place = _place[timer];
        place = place < 0 ? _count++ : place;
        _order[timer] = _nextOrder++;
        Settle(place, timer, deadline);
    }

    internal void Cancel(int timer)
    {
        int place = _place[timer];
        if (place < 0)
        {
            return;
        }

        _place[timer] = -1;
        _count--;
        if (place != _count)
        {
            Settle(place, _heap[_count], _deadline[_count]);
        }
    }

    /// <summary>A timer whose deadline has come; −1 when none has. It stays armed: who fires it arms it again or cancels it.</summary>
    internal int Due(long now) => _count == 0 || _deadline[0] > now ? -1 : _heap[0];

    /// <summary>Whether the heap is one and each armed timer knows its place. For the audit.</summary>
    internal bool IsSound()
    {
        int armed = 0;
        for (int timer = 0; timer < _place.Length; timer++)
        {
            int place = _place[timer];
            armed += place >= 0 ? 1 : 0;
            if (place >= _count || (place >= 0 && _heap[place] != timer))
            {
                return false;
            }
        }

        for (int i = 1; i < _count; i++)
        {
            if (IsBefore(_heap[i], _deadline[i], (i - 1) >> 2))
            {
                return false;
            }
        }

        return armed == _count;
    }

    /// <summary>Whether a timer with a deadline comes before the one at a place.</summary>
    private bool IsBefore(int timer, long deadline, int place)
        => deadline < _deadline[place] || (deadline == _deadline[place] && _order[timer] < _order[_heap[place]]);

    private void Set(int place, int timer, long deadline)
    {
        _heap[place] = timer;
        _deadline[place] = deadline;
        _place[timer] = place;
    }

    /// <summary>Moves the hole at a place up or down to where a timer belongs, and puts it there.</summary>
    private void Settle(int place, int timer, long deadline)
    {
        int hole = place;
        while (hole > 0 && IsBefore(timer, deadline, (hole - 1) >> 2))
        {
            int parent = (hole - 1) >> 2;
            Set(hole, _heap[parent], _deadline[parent]);
            hole = parent;
        }

        if (hole == place)
        {
            hole = Sink(place, timer, deadline);
        }

        Set(hole, timer, deadline);
    }

    private int Sink(int hole, int timer, long deadline)
    {
        for (int child = (4 * hole) + 1; child < _count; child = (4 * hole) + 1)
        {
            int first = child;
            int end = child + 4 < _count ? child + 4 : _count;
            for (int other = child + 1; other < end; other++)
            {
                first = IsBefore(_heap[other], _deadline[other], first) ? other : first;
            }

            if (IsBefore(timer, deadline, first))
            {
                break;
            }

            Set(hole, _heap[first], _deadline[first]);
            hole = first;
        }

        return hole;
    }
}
