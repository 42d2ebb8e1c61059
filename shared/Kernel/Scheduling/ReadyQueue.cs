// Threads that have work, most urgent first, and first come first served among equals. Those whose share of the processor's time is
// spent come after all others.
// Invariants: a thread is in the queue at most once, and only while it is marked ready; it waits in the level that its priority and its
// share say.
namespace Tern.Kernel;

/// <summary>One queue for each level and a bit for each queue that is not empty. Levels are the priorities of threads that must yield, and above them
/// those of all others.</summary>
internal sealed class ReadyQueue
{
    private const int Levels = 2 * Priorities.Count;

    private readonly Thread?[] _first = new Thread?[Levels];
    private readonly Thread?[] _last = new Thread?[Levels];
    private uint _filled;

    /// <summary>Queues a thread if it has work and is not queued yet.</summary>
    internal void Add(Thread thread)
    {
        if (thread.IsReady || !thread.HasWork)
        {
            return;
        }

        int level = LevelOf(thread);
        thread.Level = level;
        thread.IsReady = true;
        thread.NextReady = null;
        Thread? last = _last[level];
        if (last == null)
        {
            _first[level] = thread;
            _filled |= 1u << level;
        }
        else
        {
            last.NextReady = thread;
        }

        _last[level] = thread;
    }

    /// <summary>Moves a thread that waits to the level that its share says now, behind those that wait there.</summary>
    internal void Requeue(Thread thread)
    {
        if (thread.IsReady && thread.Level != LevelOf(thread))
        {
            Remove(thread);
            Add(thread);
        }
    }

    private static int LevelOf(Thread thread)
        => thread.Cpu!.Share == null || !thread.Cpu.Share.MustYield ? thread.Priority + Priorities.Count : thread.Priority;

    /// <summary>Takes the most urgent thread that still has work; <c>null</c> when none has.</summary>
    internal Thread? Take()
    {
        while (_filled != 0)
        {
            int level = HighestBit(_filled);
            Thread thread = _first[level]!;
            _first[level] = thread.NextReady;
            if (thread.NextReady == null)
            {
                _last[level] = null;
                _filled &= ~(1u << level);
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

    /// <summary>How many threads are queued before a thread in its level, and one; 0 when it is not queued, or has nothing left to do.
    /// One that was paused keeps its place until that is passed.</summary>
    internal int PlaceOf(Thread thread)
    {
        bool waits = thread.IsReady && thread.Running && (thread.StartPending || thread.FirstEvent != 0);
        int place = waits ? 1 : 0;
        for (Thread? other = _first[thread.Level]; waits && other != thread; other = other!.NextReady)
        {
            place++;
        }

        return place;
    }

    /// <summary>Whether the queues hold exactly a number of running threads, each marked ready and in the level where it belongs. For the
    /// audit. A thread that stopped or ended while it was queued is met, and dropped, when its turn comes.</summary>
    internal bool Holds(int expected)
    {
        for (int level = 0; level < Levels; level++)
        {
            Thread? last = null;
            for (Thread? thread = _first[level]; thread != null; thread = thread.NextReady)
            {
                expected -= thread.Running ? 1 : 0;
                if (!thread.IsReady || thread.Level != level || (thread.Running && LevelOf(thread) != level) || expected < 0)
                {
                    return false;
                }

                last = thread;
            }

            if (last != _last[level] || (last != null) != ((_filled >> level & 1) != 0))
            {
                return false;
            }
        }

        return expected == 0;
    }

    private void Remove(Thread thread)
    {
        int level = thread.Level;
        Thread? previous = null;
        for (Thread? other = _first[level]; other != thread; other = other!.NextReady)
        {
            previous = other;
        }

        if (previous == null)
        {
            _first[level] = thread.NextReady;
        }
        else
        {
            previous.NextReady = thread.NextReady;
        }

        if (thread.NextReady == null)
        {
            _last[level] = previous;
            _filled &= previous == null ? ~(1u << level) : uint.MaxValue;
        }

        thread.NextReady = null;
        thread.IsReady = false;
    }

    private static int HighestBit(uint bits)
    {
        int bit = 0;
        for (int step = 16; step > 0; step >>= 1)
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
