// The kernel of one board: its tables, and the loop that takes the most urgent ready thread and runs one of its events.
// Invariants: everything happens in the loop, in one thread; after boot nothing on the paths of IPC, memory access and
// scheduling allocates; between dispatches no handler is under way.
using System;

namespace Tern.Kernel;

/// <summary>A tiny capability kernel. One instance runs one board; the board's loop drives it.</summary>
public sealed partial class Microkernel
{
    private readonly IBoard _board;
    private KernelAudit? _audit;
    private readonly IClock _clock;

    // The time up to which everything is charged to somebody. A clock read costs about as much as a call, so it is read
    // once where a handler begins and once where it ends, and nowhere else.
    private long _accounted;

    /// <summary>Makes a kernel with all its tables; nothing is running yet.</summary>
    public Microkernel(IBoard board)
    {
        _board = board;
        _clock = board.Clock;
        Profile = board.Profile;
        Objects = new ObjectTable(Profile.MaxObjects, Profile.MaxTasks, Failpoint);
        Tasks = new TaskTable(Profile.MaxTasks);
        Gates = new GateTable(Profile.MaxGates);
        Irqs = new IrqTable(Profile.MaxIrqs);
        Threads = new Thread?[Profile.MaxThreads];
        Memory = new VirtualMemory(Profile, Objects, Failpoint);
        Faults = new PageFaults(this);
        var requests = new RequestTable(Profile.MaxRequests, Failpoint);
        Requests = requests;
        Events = new EventQueue(requests, Irqs);
        Ready = new ReadyQueue();
        Shares = new CpuShares(this);
        DataspaceCopy = new DataspaceCopy(this);
        Tracer = new Tracer(this, _clock, board.Trace);
        Ipc = new Ipc(this, requests);
        Lifecycle = new Lifecycle(this);
        Core = new Core(this, board);
    }

    /// <summary>When the next timer is due, in nanoseconds of the board's clock; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadlineNanoseconds => Core.Timers.Next;

    /// <summary>Whether a dispatch would find something to do.</summary>
    public bool IsReady => !Ready.IsEmpty || Core.HasWork;

    /// <summary>Dispatches since boot.</summary>
    public long Dispatches { get; private set; }

    /// <summary>Nanoseconds since boot in which a handler was at work, dispatching it included: the sum of all components' time.</summary>
    public long BusyNanoseconds { get; private set; }

    /// <summary>Lets an allocation fail, for drills.</summary>
    public Failpoint Failpoint { get; } = new Failpoint();

    internal BoardProfile Profile { get; }

    internal ObjectTable Objects { get; }

    internal TaskTable Tasks { get; }

    internal Thread?[] Threads { get; }

    /// <summary>No row of <see cref="Threads"/> before this one is free.</summary>
    internal int LowestFreeThread;

    internal GateTable Gates { get; }

    internal IrqTable Irqs { get; }

    internal VirtualMemory Memory { get; }

    internal PageFaults Faults { get; }

    internal DataspaceCopy DataspaceCopy { get; }

    internal RequestTable Requests { get; }

    internal EventQueue Events { get; }

    internal ReadyQueue Ready { get; }

    internal CpuShares Shares { get; }

    internal Ipc Ipc { get; }

    internal Lifecycle Lifecycle { get; }

    internal Core Core { get; }

    // A field: tested wherever something happens that could be recorded.
    internal readonly Tracer Tracer;

    /// <summary>Typed accesses to memory since the last account (see <see cref="Work.Access"/>).</summary>
    internal int Accesses;

    /// <summary>Makes core and its only child, init, from the boot image.</summary>
    /// <returns>NotFound without a program <c>init</c>; OutOfRam when init does not fit.</returns>
    public Error Boot() => Core.Boot();

    /// <summary>Takes what devices have queued and which timers are due.</summary>
    public void Poll() => Core.Poll(_clock.Nanoseconds);

    /// <summary>Runs one event of the most urgent ready thread to completion.</summary>
    /// <returns><c>false</c> when no thread has one.</returns>
    public bool Dispatch()
    {
        Core.Work();
        if (Shares.IsUsed)
        {
            Shares.Begin(_clock.Nanoseconds);
        }

        Thread? thread = Ready.Take();
        if (thread == null)
        {
            return false;
        }

        long start = _clock.Nanoseconds;
        _accounted = start;
        Spend(Work.Dispatch, 1);
        if (thread.StartPending)
        {
            thread.StartPending = false;
            Ipc.Start(thread);
        }
        else
        {
            Ipc.Dispatch(thread, Events.Take(thread));
        }

        Invariant.That(Ipc.IsIdle);
        Ready.Add(thread);
        Dispatches++;
        BusyNanoseconds += _accounted - start;
        return true;
    }

    /// <summary>The capability space of a component, four selectors a row, as <c>0017a-SW Gate</c>; <c>null</c> when there is none of that label.</summary>
    public string? DumpCapabilities(string label)
    {
        Task? task = Find(label);
        return task == null ? null : CapabilityDump.Render(this, task);
    }

    /// <summary>Nanoseconds that a component's program has run; −1 when there is none of that label.</summary>
    public long CpuNanoseconds(string label)
    {
        Task? task = Find(label);
        return task == null ? -1 : task.CpuNanoseconds;
    }

    /// <summary>
    /// Checks the kernel's own invariants between dispatches: quotas, badges, capability spaces, memory, page tables, queues.
    /// </summary>
    /// <returns><c>null</c> when all hold; otherwise the first that is broken, and where.</returns>
    public string? Audit() => Ipc.IsIdle ? AuditWithin() : "a handler is under way between dispatches";

    /// <summary>The same within a handler: whoever checkpoints asks for it before anything is committed.</summary>
    internal string? AuditWithin()
    {
        _audit ??= new KernelAudit(this);
        return _audit.Run();
    }

    /// <summary>Tells the clock what was done.</summary>
    internal void Spend(Work work, int amount) => _clock.Spend(work, amount);

    /// <summary>A program crosses into the kernel. A handler that is over its budget ends here.</summary>
    internal void Cross(Task task)
    {
        // Whoever asks what time it is asks by crossing, and must not learn of its accesses only later.
        SpendAccesses();
        _clock.Spend(Work.Crossing, 1);
        long budget = Profile.HandlerBudgetNanoseconds;
        Activation current = Ipc.Current;
        if (budget > 0 && task == current.Task)
        {
            Account(current);
            if (current.Nanoseconds > budget)
            {
                throw new ProgramFault(Error.OverBudget, 0);
            }
        }
    }

    private void SpendAccesses()
    {
        if (Accesses != 0)
        {
            Spend(Work.Access, Accesses);
            Accesses = 0;
        }
    }

    /// <summary>Charges the time since the last account to a handler and its task.</summary>
    internal void Account(Activation handler)
    {
        SpendAccesses();
        long now = _clock.Nanoseconds;
        handler.Nanoseconds += now - _accounted;
        handler.Task!.CpuNanoseconds += now - _accounted;
        handler.Thread!.Nanoseconds += now - _accounted;
        CpuShare? share = handler.Thread!.Cpu!.Share;
        if (share != null)
        {
            Shares.Charge(share, now - _accounted);
        }

        _accounted = now;
    }

    /// <summary>Triggers an Irq object.</summary>
    internal void Trigger(int irq, int count)
    {
        int pending = Irqs.Pending(irq);
        Irqs.SetPending(irq, count < int.MaxValue - pending ? pending + count : int.MaxValue);
        Thread? thread = Irqs.Thread(irq);
        if (Tracer.IsOn)
        {
            Tracer.Add(TraceKind.Signal, thread, Tracer.SubjectOf(Tracer.Running), Irqs.Label(irq), count);
        }

        if (thread == null)
        {
            Core.Signal(Irqs.Label(irq));
            Irqs.SetPending(irq, 0);
        }
        else if (!Irqs.IsQueued(irq))
        {
            Events.AddIrq(thread, irq);
            Ready.Add(thread);
        }
    }

    /// <summary>Stops the task of a thread whose handler ended with an exception, and tells whoever watches it.</summary>
    internal void Fail(Thread thread, Exception exception)
    {
        HandlerFailed(thread, exception);
        Task task = thread.Task;
        var fault = exception as ProgramFault;
        thread.Fault = fault == null ? Error.Faulted : fault.Error;
        thread.FaultAddress = fault == null ? 0 : fault.Address;
        thread.FaultAccess = fault == null ? Rights.None : fault.Access;
        thread.FaultName = fault == null ? exception.GetType().Name : "";
        task.Fault = thread.Fault;
        string text = fault == null
            ? thread.FaultName
            : fault.Address == 0 && fault.Access == Rights.None
                ? Errors.Name(fault.Error)
                : "no access to address 0x" + Hex.Format(fault.Address, 1);
        _board.Console.WriteLine(ConsoleLine.Of(task.Label, "fault: " + text + "; component stopped"));
        if (Tracer.IsOn)
        {
            Tracer.Add(TraceKind.Fault, task.FirstThread, (int)task.Fault, 0, 0);
        }

        Lifecycle.Stop(task);
        Ipc.Refuse(task, null, Error.Faulted);
        thread.Cpu?.RaiseException();
        if (Objects.IsLive(task.FaultSignal, task.FaultSignalBadge))
        {
            Trigger(Objects.Index(task.FaultSignal), 1);
        }
    }

    /// <summary>The emulator tells more of it than a board's log has room for.</summary>
    partial void HandlerFailed(Thread thread, Exception exception);

    private Task? Find(string label)
    {
        for (int i = 0; i < Tasks.Capacity; i++)
        {
            Task? task = Tasks[i];
            if (task != null && task.Label == label)
            {
                return task;
            }
        }

        return null;
    }
}
