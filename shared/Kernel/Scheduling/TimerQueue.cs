// Armed timers, soonest first. A binary heap over the timers' numbers: arming and firing cost the logarithm of their count.
// Invariant: place[heap[i]] == i for every armed timer; ties fire in the order of arming.
namespace Tern.Kernel;

/// <summary>Deadlines of core's timer sessions, in nanoseconds of the board's clock.</summary>
internal sealed class TimerQueue
{
    private readonly long[] _deadline;
    private readonly long[] _order;
    private readonly int[] _heap;
    private readonly int[] _place;
    private long _nextOrder;
    private int _count;

    internal TimerQueue(int capacity)
    {
        _deadline = new long[capacity];
        _order = new long[capacity];
        _heap = new int[capacity];
        _place = new int[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _place[i] = -1;
        }
    }

    /// <summary>The soonest deadline; <see cref="long.MaxValue"/> when no timer is armed.</summary>
    internal long Next => _count == 0 ? long.MaxValue : _deadline[_heap[0]];

    internal bool IsArmed(int timer) => _place[timer] >= 0;

    internal long Deadline(int timer) => _deadline[timer];

    /// <summary>A number that orders timers by their arming: of two with one deadline, the smaller one fires first. What is not armed comes last.</summary>
    internal long Order(int timer) => IsArmed(timer) ? _order[timer] : long.MaxValue;

    /// <summary>Arms a timer, or moves its deadline.</summary>
    internal void Arm(int timer, long deadline)
    {
        Cancel(timer);
        _deadline[timer] = deadline;
        _order[timer] = _nextOrder++;
        Set(_count, timer);
        RiseFrom(_count++);
    }

    internal void Cancel(int timer)
    {
        int place = _place[timer];
        if (place < 0)
        {
            return;
        }

        _place[timer] = -1;
        int last = _heap[--_count];
        if (place != _count)
        {
            Set(place, last);
            SinkFrom(place);
            RiseFrom(_place[last]);
        }
    }

    /// <summary>Takes a timer whose deadline has come; −1 when none has.</summary>
    internal int TakeDue(long now)
    {
        if (_count == 0 || _deadline[_heap[0]] > now)
        {
            return -1;
        }

        int timer = _heap[0];
        Cancel(timer);
        return timer;
    }

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
            if (Before(_heap[i], _heap[(i - 1) / 2]))
            {
                return false;
            }
        }

        return armed == _count;
    }

    private bool Before(int a, int b)
        => _deadline[a] < _deadline[b] || (_deadline[a] == _deadline[b] && _order[a] < _order[b]);

    private void Set(int place, int timer)
    {
        _heap[place] = timer;
        _place[timer] = place;
    }

    private void RiseFrom(int place)
    {
        int timer = _heap[place];
        while (place > 0 && Before(timer, _heap[(place - 1) / 2]))
        {
            Set(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Set(place, timer);
    }

    private void SinkFrom(int place)
    {
        int timer = _heap[place];
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], timer))
            {
                break;
            }

            Set(place, _heap[child]);
            place = child;
        }

        Set(place, timer);
    }
}
