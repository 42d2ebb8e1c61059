// The audit's part about what is under way: queued events, outstanding requests, ready threads, core's sessions.
namespace Tern.Kernel;

internal sealed partial class KernelAudit
{
    private readonly RowMarks _requestMarks = new RowMarks();
    private readonly RowMarks _irqMarks = new RowMarks();

    /// <summary>Each thread's queue holds what the tables say waits for it, once.</summary>
    private string? CheckEvents()
    {
        _requestMarks.Begin(_kernel.Requests.Capacity);
        _irqMarks.Begin(_kernel.Irqs.Capacity);
        for (int i = 0; i < _kernel.Threads.Length; i++)
        {
            Thread? thread = _kernel.Threads[i];
            string? broken = thread == null ? null : CheckQueue(thread, i);
            if (broken != null)
            {
                return broken;
            }
        }

        for (int irq = 1; irq <= _kernel.Irqs.Capacity; irq++)
        {
            bool queued = _irqMarks.Has(irq);
            bool used = _kernel.Irqs.Thread(irq) != null;
            if (queued != _kernel.Irqs.IsQueued(irq) || (used && queued != _kernel.Irqs.Pending(irq) > 0))
            {
                return At("a signal is pending and not queued, or the reverse", "Irq", irq);
            }
        }

        return null;
    }

    private string? CheckQueue(Thread thread, int number)
    {
        if (!Names(thread.Identity, ObjectType.Thread, number) || _kernel.Tasks[thread.Task.Index] != thread.Task)
        {
            return At("a thread has outlived its component", "thread", number);
        }

        int last = 0;
        for (int what = thread.FirstEvent; what != 0; what = _kernel.Events.Next(what))
        {
            bool right = what < 0
                ? _irqMarks.Add(-what) && _kernel.Irqs.Thread(-what) == thread
                : _requestMarks.Add(what) && WaitsFor(what) == thread;
            if (!right)
            {
                return At("an event waits for the wrong thread, or twice", "thread", number);
            }

            last = what;
        }

        return last == thread.LastEvent ? null : At("a queue of events has lost its end", "thread", number);
    }

    /// <summary>The thread in whose queue a request belongs; <c>null</c> for none.</summary>
    private Thread? WaitsFor(int row) => _kernel.Requests.State(row) switch
    {
        RequestState.Queued => _kernel.Requests.Server[row],
        RequestState.Answered => _kernel.Requests.Client[row],
        _ => null,
    };

    private string? CheckRequests()
    {
        RequestTable requests = _kernel.Requests;
        int taken = 0;
        for (int row = 1; row <= requests.Capacity; row++)
        {
            RequestState state = requests.State(row);
            if (_requestMarks.Has(row) != (state == RequestState.Queued || state == RequestState.Answered))
            {
                return At("a request is in no queue that it belongs to", "request", row);
            }

            bool hasServer = state == RequestState.Queued || state == RequestState.Taken;
            if ((hasServer && !IsLive(requests.Server[row]))
                || (state != RequestState.Free && requests.Client[row] != null && !IsLive(requests.Client[row])))
            {
                return At("a request has outlived its client or server", "request", row);
            }

            taken += state == RequestState.Taken ? 1 : 0;
        }

        int others = _requestMarks.Count;
        if (!requests.MarkTaken(_requestMarks) || _requestMarks.Count != others + taken)
        {
            return "a request that a server has taken cannot be found by its token";
        }

        for (int i = 0; i < _kernel.Tasks.Capacity; i++)
        {
            Task? task = _kernel.Tasks[i];
            if (task != null && task.Requests != CountRequests(task))
            {
                return At("outstanding requests are miscounted", "task", i);
            }
        }

        return requests.MarkFree(_requestMarks) && _requestMarks.Count == requests.Capacity ? null : "requests are lost";
    }

    private int CountRequests(Task task)
    {
        int count = 0;
        for (int row = 1; row <= _kernel.Requests.Capacity; row++)
        {
            bool outstanding = _kernel.Requests.State(row) != RequestState.Free;
            count += outstanding && _kernel.Requests.Client[row]?.Task == task ? 1 : 0;
        }

        return count;
    }

    private string? CheckReady()
    {
        int ready = 0;
        for (int i = 0; i < _kernel.Threads.Length; i++)
        {
            Thread? thread = _kernel.Threads[i];
            if (thread == null)
            {
                continue;
            }

            ready += thread.IsReady && thread.Running ? 1 : 0;
            if (thread.HasWork && !thread.IsReady && !_kernel.Ipc.IsActive(thread))
            {
                return At("a thread has work and is not queued for it", "thread", i);
            }
        }

        return _kernel.Ready.Holds(ready) ? null : "the ready queue holds other threads than those that are ready";
    }

    /// <summary>Shares are counted for whoever uses them, are within what they are a part of, and know when they are spent.</summary>
    private string? CheckShares()
    {
        int number = 0;
        for (CpuShare? share = _kernel.Shares.First; share != null; share = share.Next)
        {
            int users = 0;
            for (CpuShare? part = _kernel.Shares.First; part != null; part = part.Next)
            {
                users += part.Parent == share ? 1 : 0;
            }

            for (int i = 0; i < _kernel.Threads.Length; i++)
            {
                users += _kernel.Threads[i]?.Cpu?.Share == share ? 1 : 0;
            }

            for (int i = 0; i < _kernel.Tasks.Capacity; i++)
            {
                users += _kernel.Tasks[i]?.Cpu?.Share == share ? 1 : 0;
            }

            for (int i = 0; i < _kernel.Profile.MaxSessions; i++)
            {
                users += _kernel.Core.SessionAt(i) is CpuSessionServer cpu && cpu.Share == share ? 1 : 0;
            }

            long most = share.Parent == null ? _kernel.Profile.CpuPeriodNanoseconds : share.Parent.Limit;
            if (users != share.Users || users == 0)
            {
                return At("the users of a share are miscounted", "share", number);
            }

            if (share.Limit < 1 || share.Limit > most || share.Used < 0 || share.IsSpent != share.Used >= share.Limit)
            {
                return At("a share is more than there is, or does not know what is left", "share", number);
            }

            number++;
        }

        return null;
    }

    private string? CheckSessions()
    {
        Core core = _kernel.Core;
        long ram = 0;
        int caps = 0;
        for (int i = 0; i < _kernel.Profile.MaxSessions; i++)
        {
            CoreSession? session = core.SessionAt(i);
            if (session == null)
            {
                if (core.Timers.IsArmed(i))
                {
                    return At("a timer has outlived its session", "session", i);
                }

                continue;
            }

            ram += session.DonatedRam;
            caps += session.DonatedCaps;
            if (session.Index != i || core.SessionOf(session.Gate) != session)
            {
                return At("a session's gate does not lead to it", "session", i);
            }

            if (_kernel.Tasks[session.Client.Index] != session.Client)
            {
                return At("a session has outlived its client", "session", i);
            }
        }

        if (ram != core.Task.RamQuota || caps != core.Task.CapQuota)
        {
            return "core holds more or less than its sessions' clients have donated";
        }

        for (int line = 0; line < core.Interrupts.Count; line++)
        {
            IrqSessionServer? session = core.Interrupts.Session(line);
            if (session != null && core.SessionAt(session.Index) != session)
            {
                return At("an interrupt line belongs to a session that has ended", "line", line);
            }
        }

        if (!core.AreSignalsSound())
        {
            return "the list of core's signalled sessions is broken";
        }

        return core.Timers.IsSound() ? null : "the timers' heap is none";
    }
}
