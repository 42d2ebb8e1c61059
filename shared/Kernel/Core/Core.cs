// core: the root of the component tree. It owns the hardware and offers it as sessions; init is its only child.
// Invariants: a session ends with whoever opened it; quotas only move between tasks, their sum never changes.
namespace Tern.Kernel;

/// <summary>Core's sessions, and the parent interface of init.</summary>
internal sealed class Core
{
    /// <summary>The gate label of the parent interface that init gets.</summary>
    private const int ParentLabel = -1;

    private readonly CoreSession?[] _sessions;
    private readonly SignalledSessions _signalled;

    // No number before this one is free.
    private int _lowestFree;

    internal Core(Microkernel kernel, IBoard board)
    {
        Kernel = kernel;
        Board = board;
        _sessions = new CoreSession?[kernel.Profile.MaxSessions];
        _signalled = new SignalledSessions(kernel.Profile.MaxSessions);
        Timers = new TimerQueue(kernel.Profile.MaxSessions);
        Modules = new BootModuleCache(this);
        Interrupts = new InterruptLines(board.Interrupts);
        Nic = new NicDevice(board.Sockets);
        Power = new PowerManagement(this);
    }

    internal Microkernel Kernel { get; }

    internal IBoard Board { get; }

    /// <summary>Armed timers, by the number of their session.</summary>
    internal TimerQueue Timers { get; }

    internal BootModuleCache Modules { get; }

    internal InterruptLines Interrupts { get; }

    internal NicDevice Nic { get; }

    internal PowerManagement Power { get; }

    /// <summary>Core's own task; it has an address space but no program.</summary>
    internal Task Task { get; private set; } = null!;

    internal bool HasWork => _signalled.Any || Interrupts.HasWork;

    /// <summary>Makes core's task and init, and gives init all the board has.</summary>
    internal Error Boot()
    {
        Task = Kernel.Lifecycle.CreateTask(null, "core")!;
        return new InitBoot(this).Run(ParentLabel);
    }

    /// <summary>Takes due timers and device events.</summary>
    internal void Poll(long now)
    {
        for (int timer = Timers.Due(now); timer >= 0; timer = Timers.Due(now))
        {
            ((TimerSessionServer)_sessions[timer]!).Fire(now);
        }

        Interrupts.Poll();
        Nic.Poll();
        Power.Poll();
    }

    /// <summary>Lets the sessions work whose signal contexts were triggered.</summary>
    internal void Work()
    {
        if (Interrupts.HasWork)
        {
            Interrupts.Work();
        }

        int last = _signalled.Last;
        for (int session = _signalled.Take(); session >= 0; session = session == last ? -1 : _signalled.Take())
        {
            _sessions[session]?.OnSignal();
        }
    }

    /// <summary>Notes that a signal context of a session was triggered.</summary>
    internal void Signal(int session) => _signalled.Add(session);

    /// <summary>Whether exactly the sessions that are noted as signalled stand in their queue. For the audit.</summary>
    internal bool AreSignalsSound() => _signalled.IsSound();

    /// <summary>A request for one of core's gates.</summary>
    internal Error Request(Task caller, int label, Message message)
        => label == ParentLabel ? ParentRequest(caller, message) : _sessions[label]!.Request(caller, message);

    /// <summary>The session behind a gate's identity; <c>null</c> if that is none of core's session gates.</summary>
    internal CoreSession? SessionOf(int gateId)
    {
        if (gateId == 0 || Kernel.Objects.Type(gateId) != ObjectType.Gate)
        {
            return null;
        }

        int gate = Kernel.Objects.Index(gateId);
        int label = Kernel.Gates.Label(gate);
        bool isSession = Kernel.Gates.Thread(gate) == null && label >= 0 && _sessions[label] != null && _sessions[label]!.Gate == gateId;
        return isSession ? _sessions[label] : null;
    }

    /// <summary>A session by its number; <c>null</c> for none.</summary>
    internal CoreSession? SessionAt(int index) => _sessions[index];

    /// <summary>Gives a new session its number and its gate.</summary>
    internal Error Add(CoreSession session)
    {
        while (_lowestFree < _sessions.Length && _sessions[_lowestFree] != null)
        {
            _lowestFree++;
        }

        session.Gate = _lowestFree == _sessions.Length ? 0 : Kernel.Lifecycle.CreateGate(Task, null, _lowestFree);
        if (session.Gate == 0)
        {
            return Error.TableFull;
        }

        session.Index = _lowestFree;
        _sessions[_lowestFree] = session;
        Link(session);
        return Error.None;
    }

    /// <summary>Ends a session; one that has ended already is left alone.</summary>
    internal void Close(CoreSession session)
    {
        if (_sessions[session.Index] != session)
        {
            return;
        }

        _sessions[session.Index] = null;
        _lowestFree = session.Index < _lowestFree ? session.Index : _lowestFree;
        Unlink(session);
        _signalled.Remove(session.Index);
        Timers.Cancel(session.Index);
        if (Kernel.Tracer.IsOn)
        {
            Kernel.Tracer.Add(TraceKind.Close, session.Client.FirstThread, Kernel.Objects.Badge(session.Gate), 0, 0);
        }

        session.Close();
        session.ReturnDonation();
        Kernel.Lifecycle.Destroy(session.Gate);
    }

    /// <summary>Closes all sessions that a task opened, those of its children with them.</summary>
    internal void CloseAllOf(Task client)
    {
        for (CoreSession? session = client.Sessions; session != null; session = client.Sessions)
        {
            Close(session);
        }
    }

    /// <summary>Whether the search for a free session passes over none. For the audit.</summary>
    internal bool FindsEveryFree()
    {
        for (int i = 0; i < _lowestFree; i++)
        {
            if (_sessions[i] == null)
            {
                return false;
            }
        }

        return true;
    }

    private static void Link(CoreSession session)
    {
        CoreSession? first = session.Client.Sessions;
        session.NextOfClient = first;
        session.PreviousOfClient = null;
        if (first != null)
        {
            first.PreviousOfClient = session;
        }

        session.Client.Sessions = session;
    }

    private static void Unlink(CoreSession session)
    {
        CoreSession? next = session.NextOfClient;
        CoreSession? previous = session.PreviousOfClient;
        if (next != null)
        {
            next.PreviousOfClient = previous;
        }

        if (previous == null)
        {
            session.Client.Sessions = next;
        }
        else
        {
            previous.NextOfClient = next;
        }
    }

    private Error ParentRequest(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case ParentOperation.Session:
                return Open(caller, message);
            case ParentOperation.Close:
                CoreSession? session = SessionOf(message.Capability(0));
                if (session == null || (session.Client != caller && !caller.IsAncestorOf(session.Client)))
                {
                    return Error.InvalidCapability;
                }

                if (session is PdSessionServer pd && Kernel.Ipc.IsActiveBelow(pd.Task))
                {
                    return Error.Busy;
                }

                Close(session);
                return Error.None;
            case ParentOperation.Upgrade:
                return Upgrade(caller, message);
            case ParentOperation.Announce:
                return Error.None;
            case ParentOperation.Exit:
                Board.Console.WriteLine("init exited with " + message.Word(0));
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error Upgrade(Task caller, Message message)
    {
        CoreSession? session = SessionOf(message.Capability(0));
        Task? payer = (SessionOf(message.Capability(1)) as PdSessionServer)?.Task;
        if (session == null || payer == null)
        {
            return Error.InvalidCapability;
        }

        return session.Client != payer || (payer != caller && !caller.IsAncestorOf(payer))
            ? Error.NotPermitted
            : session.Donate(message.Word(0), message.Word(1));
    }

    private Error Open(Task caller, Message message)
    {
        string text = message.Text;
        int nameLength = message.Word(0);
        if (nameLength <= 0 || nameLength > text.Length)
        {
            return Error.BadArgument;
        }

        // Without a payer the caller would pay, who may only be passing on what a child of his asked for.
        Task? payer = (SessionOf(message.Capability(0)) as PdSessionServer)?.Task;
        if (payer == null)
        {
            return Error.InvalidCapability;
        }

        if (payer != caller && !caller.IsAncestorOf(payer))
        {
            return Error.NotPermitted;
        }

        string label = caller.Label + (nameLength < text.Length ? " -> " + text.Substring(nameLength) : "");
        Error error = CoreServices.Create(this, payer, text.Substring(0, nameLength), label, message, out CoreSession? session);
        if (error == Error.None)
        {
            error = Add(session!);
        }

        if (error != Error.None)
        {
            session?.Close();
            return error;
        }

        // Asked only now, since what a new domain was given is no longer its donor's.
        var pd = session as PdSessionServer;
        error = pd == null ? session!.Donate(message.Word(1), message.Word(2)) : Error.None;
        error = error != Error.None ? error : caller.Capabilities.Room(pd == null ? 1 : 2);
        if (error != Error.None)
        {
            Close(session!);
            return error;
        }

        if (Kernel.Tracer.IsOn)
        {
            Kernel.Tracer.Opened(session!, text, nameLength);
        }

        message.AddCapability(session!.Gate);
        if (pd != null)
        {
            message.AddCapability(pd.NativeGate);
        }

        return Error.None;
    }
}
