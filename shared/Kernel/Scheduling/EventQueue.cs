// The events that wait for a thread, in the order of their arrival: requests and answers (rows of the request table,
// positive numbers) and triggered Irq objects (rows of the Irq table, negative numbers).
// Invariants: an event is in at most one queue; links run through the two tables, so queueing allocates nothing.
namespace Tern.Kernel;

/// <summary>The queues of all threads.</summary>
internal sealed class EventQueue
{
    private readonly RequestTable _requests;
    private readonly IrqTable _irqs;

    internal EventQueue(RequestTable requests, IrqTable irqs)
    {
        _requests = requests;
        _irqs = irqs;
    }

    internal void AddRequest(Thread thread, int row) => Add(thread, row);

    internal void AddIrq(Thread thread, int irq)
    {
        _irqs.SetQueued(irq, true);
        Add(thread, -irq);
    }

    /// <summary>Takes the oldest event; 0 when none waits.</summary>
    internal int Take(Thread thread)
    {
        int first = thread.FirstEvent;
        if (first != 0)
        {
            Unlink(thread, 0, first);
        }

        return first;
    }

    /// <summary>Takes an event out of the middle, if it is there.</summary>
    internal void Remove(Thread thread, int what)
    {
        int previous = 0;
        for (int at = thread.FirstEvent; at != 0; at = Next(at))
        {
            if (at == what)
            {
                Unlink(thread, previous, at);
                return;
            }

            previous = at;
        }
    }

    /// <summary>How many events wait for a thread.</summary>
    internal int Count(Thread thread)
    {
        int count = 0;
        for (int what = thread.FirstEvent; what != 0; what = Next(what))
        {
            count++;
        }

        return count;
    }

    internal int Next(int what) => what > 0 ? _requests.Next(what) : _irqs.Next(-what);

    private void Add(Thread thread, int what)
    {
        SetNext(what, 0);
        if (thread.LastEvent == 0)
        {
            thread.FirstEvent = what;
        }
        else
        {
            SetNext(thread.LastEvent, what);
        }

        thread.LastEvent = what;
    }

    private void Unlink(Thread thread, int previous, int what)
    {
        int next = Next(what);
        if (previous == 0)
        {
            thread.FirstEvent = next;
        }
        else
        {
            SetNext(previous, next);
        }

        if (next == 0)
        {
            thread.LastEvent = previous;
        }

        SetNext(what, 0);
        if (what < 0)
        {
            _irqs.SetQueued(-what, false);
        }
    }

    private void SetNext(int what, int next)
    {
        if (what > 0)
        {
            _requests.SetNext(what, next);
        }
        else
        {
            _irqs.SetNext(-what, next);
        }
    }
}
