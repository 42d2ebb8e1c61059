// The kernel checks itself: every invariant that its tables promise, between two dispatches or while a handler calls core.
// This file: objects, capability spaces, quotas. Beside it: memory; events, requests and sessions.
// Invariant: an audit changes nothing, and after the first one it allocates nothing unless it finds something.
using System;

namespace Tern.Kernel;

/// <summary>Checks the kernel's invariants.</summary>
internal sealed partial class KernelAudit
{
    private readonly Microkernel _kernel;
    private readonly RowMarks _marks = new RowMarks();
    private readonly int[] _badges;
    private readonly int[] _links;

    internal KernelAudit(Microkernel kernel)
    {
        _kernel = kernel;
        int size = 4;
        while (size < 2 * kernel.Profile.MaxObjects)
        {
            size *= 2;
        }

        _badges = new int[size];
        _links = new int[kernel.Tasks.Capacity];
    }

    /// <summary>The first broken invariant; <c>null</c> when all hold.</summary>
    internal string? Run()
    {
        return CheckLists()
            ?? CheckObjects()
            ?? CheckRows()
            ?? CheckWhereObjectsLead()
            ?? CheckSpaces()
            ?? CheckTasks()
            ?? CheckPhysicalMemory()
            ?? CheckMaps()
            ?? CheckPageTables()
            ?? CheckEvents()
            ?? CheckRequests()
            ?? CheckReady()
            ?? CheckShares()
            ?? CheckSessions();
    }

    private static string At(string what, string kind, int number) => what + " (" + kind + " " + number + ")";

    private string? CheckObjects()
    {
        ObjectTable objects = _kernel.Objects;
        Array.Clear(_badges, 0, _badges.Length);
        _marks.Begin(objects.Capacity);
        for (int id = 1; id <= objects.Capacity; id++)
        {
            if (objects.Type(id) == ObjectType.None)
            {
                continue;
            }

            _marks.Add(id);
            if (objects.Badge(id) <= 0 || !IsNewBadge(objects.Badge(id)))
            {
                return At("a badge is not unique", "object", id);
            }

            int owner = objects.Owner(id);
            if ((uint)owner >= (uint)_kernel.Tasks.Capacity || _kernel.Tasks[owner] == null)
            {
                return At("an object has outlived its owner", "object", id);
            }
        }

        if (_marks.Count != objects.Count)
        {
            return "objects are miscounted";
        }

        return objects.MarkFree(_marks) && _marks.Count == objects.Capacity ? null : "the free objects are not those that are not in use";
    }

    /// <summary>A small hash set: true the first time that a badge comes.</summary>
    private bool IsNewBadge(int badge)
    {
        int mask = _badges.Length - 1;
        int at = badge & mask;
        while (_badges[at] != 0)
        {
            if (_badges[at] == badge)
            {
                return false;
            }

            at = (at + 1) & mask;
        }

        _badges[at] = badge;
        return true;
    }

    /// <summary>Each table's rows are the objects of its kind, and the rest is free.</summary>
    private string? CheckRows()
    {
        return CheckKind(ObjectType.Gate, _kernel.Gates.Capacity)
            ?? (_kernel.Gates.MarkFree(_marks) && IsAllMarked(_kernel.Gates.Capacity) ? null : "gates are lost")
            ?? CheckKind(ObjectType.Irq, _kernel.Irqs.Capacity)
            ?? (_kernel.Irqs.MarkFree(_marks) && IsAllMarked(_kernel.Irqs.Capacity) ? null : "Irq objects are lost")
            ?? CheckKind(ObjectType.Dataspace, _kernel.Memory.Dataspaces.Capacity)
            ?? (_kernel.Memory.Dataspaces.MarkFree(_marks) && IsAllMarked(_kernel.Memory.Dataspaces.Capacity) ? null : "dataspaces are lost");
    }

    private bool IsAllMarked(int capacity) => _marks.Count == capacity;

    private string? CheckKind(ObjectType type, int capacity)
    {
        _marks.Begin(capacity);
        for (int id = 1; id <= _kernel.Objects.Capacity; id++)
        {
            if (_kernel.Objects.Type(id) == type && !_marks.Add(_kernel.Objects.Index(id)))
            {
                return At("two objects share a row, or it does not exist", "object", id);
            }
        }

        return null;
    }

    /// <summary>Gates and signal contexts lead to live threads of the task that owns them; core's to no thread.</summary>
    private string? CheckWhereObjectsLead()
    {
        for (int id = 1; id <= _kernel.Objects.Capacity; id++)
        {
            ObjectType type = _kernel.Objects.Type(id);
            if (type != ObjectType.Gate && type != ObjectType.Irq)
            {
                continue;
            }

            int row = _kernel.Objects.Index(id);
            Thread? thread = type == ObjectType.Gate ? _kernel.Gates.Thread(row) : _kernel.Irqs.Thread(row);
            int owner = _kernel.Objects.Owner(id);
            if (thread == null ? owner != _kernel.Core.Task.Index : !IsLive(thread) || thread.Task.Index != owner)
            {
                return At("a gate or signal context leads to a thread that has ended or is another's", "object", id);
            }
        }

        return null;
    }

    /// <summary>Holders' lists and capability spaces say the same.</summary>
    private string? CheckSpaces()
    {
        Array.Clear(_links, 0, _links.Length);
        for (int id = 1; id <= _kernel.Objects.Capacity; id++)
        {
            int previous = 0;
            int steps = 0;
            for (int link = _kernel.Objects.Holders(id); link != 0 && _kernel.Objects.Type(id) != ObjectType.None; steps++)
            {
                int task = link >> 16;
                Task? holder = (uint)task < (uint)_kernel.Tasks.Capacity ? _kernel.Tasks[task] : null;
                if (holder == null || !holder.Capabilities.IsLinked(link & 0xffff, id, previous) || steps > 0xffff * _links.Length)
                {
                    return At("a holder is listed that does not hold the object", "object", id);
                }

                _links[task]++;
                previous = link;
                link = holder.Capabilities.NextHolder(link & 0xffff);
            }
        }

        for (int i = 0; i < _links.Length; i++)
        {
            Task? task = _kernel.Tasks[i];
            if (task == null)
            {
                continue;
            }

            task.Capabilities.CountSelectors(out int live, out int dead);
            if (live != _links[i])
            {
                return At("a selector dangles: its object does not list it", "task", i);
            }

            if (live + dead != task.Capabilities.Count)
            {
                return At("selectors in use are miscounted", "task", i);
            }
        }

        return null;
    }

    private string? CheckTasks()
    {
        long ram = 0;
        long used = 0;
        long owned = 0;
        long caps = 0;
        for (int i = 0; i < _kernel.Tasks.Capacity; i++)
        {
            Task? task = _kernel.Tasks[i];
            if (task == null)
            {
                continue;
            }

            ram += task.RamQuota;
            used += task.RamUsed;
            owned += OwnedMemory(i);
            caps += task.CapQuota;

            // Core owns some memory that its sessions' clients pay for.
            bool isCharged = task.RamUsed >= OwnedMemory(i) || task == _kernel.Core.Task;
            if (task.RamUsed > task.RamQuota || task.Capabilities.Count > task.CapQuota || !isCharged)
            {
                return At("a component uses other than what is charged, or more than it may", "task", i);
            }

            if (task.Index != i || (task.Parent != null && _kernel.Tasks[task.Parent.Index] != task.Parent))
            {
                return At("a component has outlived its parent", "task", i);
            }

            if (!Names(task.Identity, ObjectType.Task, i) || _kernel.Memory.Map(task.AddressSpaceIdentity).Space != task)
            {
                return At("a component's own objects are not its own", "task", i);
            }

            string? broken = CheckThreads(task);
            if (broken != null)
            {
                return broken;
            }
        }

        if (used != owned)
        {
            return "memory is in use that nobody is charged for, or the reverse";
        }

        return ram == _kernel.Profile.MemorySize && caps == _kernel.Profile.Capabilities ? null : "quotas do not add up to what the board had at boot";
    }

    /// <summary>A task's list of threads holds the live threads that it owns, each once, and within its limit.</summary>
    private string? CheckThreads(Task task)
    {
        int count = 0;
        bool isFirstListed = task.FirstThread == null;
        for (Thread? thread = task.Threads; thread != null && count <= task.ThreadCount; thread = thread.NextOfTask)
        {
            count++;
            isFirstListed |= thread == task.FirstThread;
            if (thread.Task != task || !IsLive(thread) || thread.Cpu == null || (uint)thread.Priority >= thread.Cpu.Priorities || thread.PauseCount < 0)
            {
                return At("a component lists a thread that has ended or is none of its own", "task", task.Index);
            }
        }

        int owned = 0;
        for (int i = 0; i < _kernel.Threads.Length; i++)
        {
            owned += _kernel.Threads[i]?.Task == task ? 1 : 0;
        }

        bool right = isFirstListed && count == task.ThreadCount && count == owned && count <= _kernel.Profile.MaxThreadsPerTask;
        return right ? null : At("threads are miscounted", "task", task.Index);
    }

    private long OwnedMemory(int task)
    {
        long bytes = 0;
        for (int id = 1; id <= _kernel.Objects.Capacity; id++)
        {
            if (_kernel.Objects.Type(id) == ObjectType.Dataspace && _kernel.Objects.Owner(id) == task)
            {
                int row = _kernel.Objects.Index(id);
                bytes += _kernel.Memory.Dataspaces.Bank(row) >= 0 || _kernel.Memory.Dataspaces.IsBacked(row) ? _kernel.Memory.Dataspaces.Size(row) : 0;
            }
        }

        return bytes;
    }

    private bool Names(int id, ObjectType type, int index)
        => id > 0 && _kernel.Objects.Type(id) == type && _kernel.Objects.Index(id) == index;

    private bool IsLive(Thread? thread)
        => thread != null
            && _kernel.Objects.Type(thread.Identity) == ObjectType.Thread
            && _kernel.Threads[_kernel.Objects.Index(thread.Identity)] == thread;
}
