// A thread: where a component is entered. Handlers run to completion, so a thread between dispatches is a value:
// its priority, whether it has been started, how often it is paused, and the events that wait for it.
namespace Tern.Kernel;

/// <summary>An entrypoint with its queue of events.</summary>
internal sealed class Thread
{
    internal Thread(Task task, string name, int priority, int label)
    {
        Task = task;
        Name = name;
        Priority = priority;
        Label = label;
    }

    internal Task Task { get; }

    internal string Name { get; }

    /// <summary>See <see cref="Priorities"/>. Changed by <see cref="ReadyQueue.Move"/> only, which knows where the thread waits.</summary>
    internal int Priority;

    /// <summary>The number by which the program knows the entrypoint; 0 for the first thread.</summary>
    internal int Label { get; }

    /// <summary>The next thread of the same task, in the order of their making.</summary>
    internal Thread? NextOfTask;

    /// <summary>The object identity.</summary>
    internal int Identity;

    /// <summary>The program's Construct is still to be run.</summary>
    internal bool StartPending;

    /// <summary>Whether the thread takes events: set by start, cleared by a fault and by its end.</summary>
    internal bool Running;

    /// <summary>How often the thread is paused; it is dispatched only at 0.</summary>
    internal int PauseCount;

    /// <summary>First and last queued event; 0 for none. See <see cref="EventQueue"/> for the numbering.</summary>
    internal int FirstEvent;
    internal int LastEvent;

    /// <summary>Nanoseconds that handlers of this thread have run.</summary>
    internal long Nanoseconds;

    /// <summary>Where records of this thread go; <c>null</c> for nowhere.</summary>
    internal TraceBuffer? Trace;

    /// <summary>The link of the ready queue.</summary>
    internal Thread? NextReady;
    internal bool IsReady;

    /// <summary>The ready queue's level that the thread waits in, or waited last.</summary>
    internal int Level;

    /// <summary>The CPU session that the thread was made with: it bounds the thread's priority, place and share also when it is closed, and its
    /// exception handler hears of a fault. <c>null</c> only while the thread is being made.</summary>
    internal CpuSessionServer? Cpu;

    /// <summary>Where the thread may run, as it was set: a space and a location; 0 for wherever its session may.</summary>
    internal int AffinitySpace;
    internal int AffinityLocation;

    /// <summary>What ended a handler of this thread in the middle; None while it is well. With it an address and what was wanted
    /// there, or the name of the program's own exception.</summary>
    internal Error Fault;
    internal int FaultAddress;
    internal Rights FaultAccess;
    internal string FaultName = "";

    internal bool HasWork => Running && PauseCount == 0 && (StartPending || FirstEvent != 0);
}
