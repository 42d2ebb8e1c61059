// A task: one component's protection domain.
// Invariants: what is used never exceeds its quota; the quotas of all tasks and what core keeps add up to what the
// board had at boot; a task's parent was made before it and outlives it.
namespace Tern.Kernel;

/// <summary>A protection domain: capability space, address space, quotas, and the program that runs in it.</summary>
internal sealed class Task
{
    internal Task(Microkernel kernel, int index, Task? parent, string label)
    {
        Index = index;
        Parent = parent;
        Label = label;
        Capabilities = new CapabilitySpace(kernel, this, kernel.Profile.MaxSelectors);
        Env = new Env(kernel, this);
    }

    /// <summary>The row in the task table; core is 0.</summary>
    internal int Index { get; }

    /// <summary>The task that created this one; calls may go there.</summary>
    internal Task? Parent { get; }

    /// <summary>The component's place in the tree, as logs show it: <c>init -> manager</c>.</summary>
    internal string Label { get; }

    internal CapabilitySpace Capabilities { get; }

    internal Env Env { get; }

    /// <summary>The object identity.</summary>
    internal int Identity;

    /// <summary>The identity of the region map that is the address space.</summary>
    internal int AddressSpaceIdentity;

    /// <summary>The page table over that region map.</summary>
    internal AddressSpace AddressSpace = null!;

    /// <summary>The text, or <c>null</c> before it is loaded.</summary>
    internal Program? Program;

    /// <summary>Where the component's gates and signal contexts lead unless they name another thread.</summary>
    internal Thread? FirstThread;

    /// <summary>The CPU session of the component's very first thread: what the component pays for is within its place, share and priorities.
    /// <c>null</c> before there was a thread.</summary>
    internal CpuSessionServer? Cpu;

    /// <summary>All threads, linked by <see cref="Thread.NextOfTask"/> in the order of their making.</summary>
    internal Thread? Threads;
    internal int ThreadCount;

    internal long RamQuota;
    internal long RamUsed;
    internal int CapQuota;

    /// <summary>Nanoseconds that this task's program has run.</summary>
    internal long CpuNanoseconds;

    /// <summary>The last of core's sessions that this task opened; the others follow by <see cref="CoreSession.NextOfClient"/>.</summary>
    internal CoreSession? Sessions;

    /// <summary>How often this task's program was entered; counts on from the beginning after 2³².</summary>
    internal int Entries;

    /// <summary>How many requests of this task are outstanding.</summary>
    internal int Requests;

    /// <summary>How many requests wait for an answer of this task, begun or not.</summary>
    internal int Asked;

    /// <summary>The next number for a deferred request (see <see cref="Env.Defer"/>).</summary>
    internal int NextToken = 1;

    /// <summary>Identity and badge of the signal context that learns of a fault; 0 for none.</summary>
    internal int FaultSignal;
    internal int FaultSignalBadge;

    /// <summary>Why the task was stopped by the kernel; None while it is well.</summary>
    internal Error Fault;

    /// <summary>Whether the task has so much that it does not use.</summary>
    internal Error MayGive(long ram, int caps)
    {
        if (ram < 0 || caps < 0)
        {
            return Error.BadArgument;
        }

        return RamQuota - RamUsed < ram ? Error.OutOfRam : CapQuota - Capabilities.Count < caps ? Error.OutOfCaps : Error.None;
    }

    /// <summary>Moves quota from one task to another.</summary>
    internal static void Give(Task from, Task to, long ram, int caps)
    {
        from.RamQuota -= ram;
        from.CapQuota -= caps;
        to.RamQuota += ram;
        to.CapQuota += caps;
    }

    /// <summary>Whether this task is the other one or above it in the component tree.</summary>
    internal bool IsOrHasBelow(Task other) => other == this || IsAncestorOf(other);

    /// <summary>Whether this task is above the other one in the component tree.</summary>
    internal bool IsAncestorOf(Task other)
    {
        for (Task? task = other.Parent; task != null; task = task.Parent)
        {
            if (task == this)
            {
                return true;
            }
        }

        return false;
    }
}
