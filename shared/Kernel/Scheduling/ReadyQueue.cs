// Threads that have work, most urgent first, and first come first served among equals.
// Invariant: a thread is in the queue at most once, and only while it is marked ready.
namespace Tern.Kernel;

/// <summary>One queue for each priority and a bit for each queue that is not empty.</summary>
internal sealed class ReadyQueue
{
    private readonly Thread?[] _first = new Thread?[Priorities.Count];
    private readonly Thread?[] _last = new Thread?[Priorities.Count];
    private int _filled;

    /// <summary>Queues a thread if it has work and is not queued yet.</summary>
    internal void Add(Thread thread)
    {
        if (thread.IsReady || !thread.HasWork)
        {
            return;
        }

        int priority = thread.Priority;
        thread.IsReady = true;
        thread.NextReady = null;
        Thread? last = _last[priority];
        if (last == null)
        {
            _first[priority] = thread;
            _filled |= 1 << priority;
        }
        else
        {
            last.NextReady = thread;
        }

        _last[priority] = thread;
    }

    /// <summary>Takes the most urgent thread that still has work; <c>null</c> when none has.</summary>
    internal Thread? Take()
    {
        while (_filled != 0)
        {
            int priority = HighestBit(_filled);
            Thread thread = _first[priority]!;
            _first[priority] = thread.NextReady;
            if (thread.NextReady == null)
            {
                _last[priority] = null;
                _filled &= ~(1 << priority);
            }

            thread.NextReady = null;
            thread.IsReady = false;
            if (thread.HasWork)
            {
                return thread;
            }
        }

        return null;
    }

    /// <summary>Gives a thread another priority. One that waits for its turn waits behind those of its new priority.</summary>
    internal void Move(Thread thread, int priority)
    {
        if (thread.IsReady)
        {
            Remove(thread);
        }

        thread.Priority = priority;
        Add(thread);
    }

    internal bool IsEmpty => _filled == 0;

    /// <summary>Whether the queues hold exactly a number of running threads, each marked ready and of its queue's priority. For the
    /// audit. A thread that stopped or ended while it was queued is met, and dropped, when its turn comes.</summary>
    internal bool Holds(int expected)
    {
        for (int priority = 0; priority < Priorities.Count; priority++)
        {
            Thread? last = null;
            for (Thread? thread = _first[priority]; thread != null; thread = thread.NextReady)
            {
                expected -= thread.Running ? 1 : 0;
                if (!thread.IsReady || thread.Priority != priority || expected < 0)
                {
                    return false;
                }

                last = thread;
            }

            if (last != _last[priority] || (last != null) != ((_filled >> priority & 1) != 0))
            {
                return false;
            }
        }

        return expected == 0;
    }

    private void Remove(Thread thread)
    {
        int priority = thread.Priority;
        Thread? previous = null;
        for (Thread? other = _first[priority]; other != thread; other = other!.NextReady)
        {
            previous = other;
        }

        if (previous == null)
        {
            _first[priority] = thread.NextReady;
        }
        else
        {
            previous.NextReady = thread.NextReady;
        }

        if (thread.NextReady == null)
        {
            _last[priority] = previous;
            _filled &= previous == null ? ~(1 << priority) : -1;
        }

        thread.NextReady = null;
        thread.IsReady = false;
    }

    private static int HighestBit(int bits)
    {
        int bit = 0;
        for (int step = 8; step > 0; step >>= 1)
        {
            if (bits >> step != 0)
            {
                bits >>= step;
                bit += step;
            }
        }

        return bit;
    }
}
