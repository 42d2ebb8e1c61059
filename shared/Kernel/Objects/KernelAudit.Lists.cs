// The audit's part about lists and searches that save walks over whole tables: they must find what such a walk would find.
namespace Tern.Kernel;

internal sealed partial class KernelAudit
{
    private string? CheckLists()
    {
        _marks.Begin(_kernel.Objects.Capacity);
        if (!_kernel.Objects.MarkOwned(_marks) || _marks.Count != _kernel.Objects.Count)
        {
            return "an object is not in its owner's list, or in another's";
        }

        if (!_kernel.Tasks.FindsEveryFree() || !_kernel.Memory.FindsEveryFreeMap() || !_kernel.Core.FindsEveryFree()
            || !FindsEveryFreeThread())
        {
            return "a free row would not be found";
        }

        return CheckClients() ?? CheckAsked();
    }

    private string? CheckAsked()
    {
        for (int i = 0; i < _kernel.Tasks.Capacity; i++)
        {
            Task? task = _kernel.Tasks[i];
            int asked = 0;
            for (int row = 1; row <= _kernel.Requests.Capacity && task != null; row++)
            {
                asked += _kernel.Requests.IsAsked(row, task) ? 1 : 0;
            }

            if (task != null && task.Asked != asked)
            {
                return At("requests that wait for a component's answer are miscounted", "task", i);
            }
        }

        return null;
    }

    private bool FindsEveryFreeThread()
    {
        for (int row = 0; row < _kernel.LowestFreeThread; row++)
        {
            if (_kernel.Threads[row] == null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Each session is in its client's list, once.</summary>
    private string? CheckClients()
    {
        int sessions = 0;
        for (int i = 0; i < _kernel.Profile.MaxSessions; i++)
        {
            sessions += _kernel.Core.SessionAt(i) != null ? 1 : 0;
        }

        for (int i = 0; i < _kernel.Tasks.Capacity; i++)
        {
            CoreSession? previous = null;
            for (CoreSession? session = _kernel.Tasks[i]?.Sessions; session != null && sessions >= 0; session = session.NextOfClient)
            {
                if (session.Client.Index != i || session.PreviousOfClient != previous || _kernel.Core.SessionAt(session.Index) != session)
                {
                    return At("a session is in another client's list, or has ended", "task", i);
                }

                previous = session;
                sessions--;
            }
        }

        return sessions == 0 ? null : "a session is not in its client's list";
    }
}
