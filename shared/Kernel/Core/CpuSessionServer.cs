// Core's CPU service: threads of the protection domains that a client has sessions for.
// Invariant: a session's place, share and priorities are within its payer's, and no thread of it ever leaves them, whoever asks and
// whether the session is open still.
namespace Tern.Kernel;

/// <summary>Core's side of a CPU session.</summary>
internal sealed class CpuSessionServer : CoreSession
{
    // An exception's name may be of any length; a message is not.
    private const int MostName = 40;

    private SignalTarget _exceptionHandler;

    internal CpuSessionServer(Core core, Task client, string label, int location, CpuShare? share, int priorities)
        : base(core, client, label)
    {
        Location = location;
        Share = share;
        Priorities = priorities;
    }

    /// <summary>Where on the board the session's threads may run.</summary>
    internal int Location { get; }

    /// <summary>The share of the processor's time that they use together; <c>null</c> for no limit. The session, its threads and the tasks
    /// that it was the first for are the share's users, so it outlives the session.</summary>
    internal readonly CpuShare? Share;

    /// <summary>How many priorities they may have, from 0 on.</summary>
    internal readonly int Priorities;

    /// <summary>Makes a session within what its payer has.</summary>
    internal static Error Create(Core core, Task client, string label, Message request, out CoreSession? session)
    {
        session = null;
        int space = request.Word(3);
        int location = request.Word(4);
        int share = request.Word(5) & 0xffff;
        int priorities = request.Word(5) >> 16;
        CpuSessionServer within = WithinOf(client);
        bool isSet = space != 0 || location != 0;
        if (share > CpuShares.Whole || (uint)priorities > Kernel.Priorities.Count
            || (isSet && Affinity.Check(space, location) != Error.None))
        {
            return Error.BadArgument;
        }

        if (priorities > within.Priorities)
        {
            return Error.NotPermitted;
        }

        session = new CpuSessionServer(
            core, client, label,
            isSet ? Affinity.Map(space, location, within.Location) : within.Location,
            share > 0 ? core.Kernel.Shares.Create(within.Share, share) : CpuShares.Use(within.Share),
            priorities > 0 ? priorities : within.Priorities);
        return Error.None;
    }

    /// <summary>What a component's sessions are parts of. One without a thread so far has nothing of its own: it is within who made it.</summary>
    private static CpuSessionServer WithinOf(Task task)
    {
        while (task.Cpu == null)
        {
            task = task.Parent!;
        }

        return task.Cpu;
    }

    /// <summary>The session's threads keep their share.</summary>
    internal override void Close() => Core.Kernel.Shares.Release(Share);

    /// <summary>A thread of this session has ended a handler with a fault.</summary>
    internal void RaiseException()
    {
        if (Core.SessionAt(Index) == this)
        {
            _exceptionHandler.Trigger(this, 1);
        }
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case CpuOperation.CreateThread:
                return Create(caller, message);
            case CpuOperation.Load:
                message.Add64(Core.Kernel.BusyNanoseconds).Add64(Core.Board.Clock.Nanoseconds);
                return Error.None;
            case CpuOperation.ExceptionSigh:
                return _exceptionHandler.Set(Core, message);
            case CpuOperation.Exception:
                return ReadException(message);
            case CpuOperation.AffinitySpace:
                message.Add(Affinity.SizeOf(Location));
                return Error.None;
            case CpuOperation.Quota:
                message.Add64(Share == null ? 0 : Share.Limit).Add64(Share == null ? 0 : Share.Used).Add64(Core.Kernel.Profile.CpuPeriodNanoseconds)
                    .Add(Priorities);
                return Error.None;
            default:
                return RequestOfThread(message);
        }
    }

    /// <summary>A request about the thread that is its first capability.</summary>
    private Error RequestOfThread(Message message)
    {
        int id = message.Capability(0);
        if (id == 0 || Core.Kernel.Objects.Type(id) != ObjectType.Thread)
        {
            return id == 0 ? Error.InvalidCapability : Error.WrongObject;
        }

        Thread thread = Core.Kernel.Threads[Core.Kernel.Objects.Index(id)]!;
        switch (message.Opcode)
        {
            case CpuOperation.Start:
                return Start(thread, message.Word(0) != 0);
            case CpuOperation.Pause:
                thread.PauseCount++;
                TracePause(thread);
                return Error.None;
            case CpuOperation.Resume:
                return Resume(thread);
            case CpuOperation.Kill:
                return Kill(thread, id);
            case CpuOperation.State:
                message.Add(thread.Running ? 1 : 0).Add(thread.PauseCount).Add(thread.Priority).Add(thread.StartPending ? 1 : 0)
                    .Add(thread.Label).Add(Core.Kernel.Events.Count(thread)).Add(Core.Kernel.Ready.PlaceOf(thread));
                return Error.None;
            case CpuOperation.SetPriority:
                return SetPriority(thread, message.Word(0));
            case CpuOperation.SetAffinity:
                return SetAffinity(thread, message.Word(0), message.Word(1));
            case CpuOperation.ReadAffinity:
                message.Add(thread.AffinitySpace).Add(thread.AffinityLocation).Add(LocationOf(thread));
                return Error.None;
            case CpuOperation.Name:
                message.AddText(thread.Name);
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error Create(Task caller, Message message)
    {
        var pd = Core.SessionOf(message.Capability(0)) as PdSessionServer;
        int priority = message.Word(0);
        Error error = pd == null ? Error.InvalidCapability : Check(priority);
        error = error == Error.None ? caller.Capabilities.Room(1) : error;
        if (error != Error.None)
        {
            return error;
        }

        Thread? thread = ThreadFactory.Create(Core.Kernel, pd!.Task, message.Text, priority, message.Word(1));
        if (thread == null)
        {
            return Error.TableFull;
        }

        Adopt(thread);
        message.AddCapability(thread.Identity);
        return Error.None;
    }

    /// <summary>Makes a new thread one of the session's.</summary>
    internal void Adopt(Thread thread)
    {
        thread.Cpu = this;
        CpuShares.Use(Share);
        if (thread.Task.Cpu == null)
        {
            thread.Task.Cpu = this;
            CpuShares.Use(Share);
        }
    }

    private static Error SetAffinity(Thread thread, int space, int location)
    {
        Error error = Affinity.Check(space, location);
        if (error == Error.None)
        {
            thread.AffinitySpace = space;
            thread.AffinityLocation = location;
        }

        return error;
    }

    /// <summary>Where on this board a thread may run.</summary>
    private static int LocationOf(Thread thread)
    {
        int session = thread.Cpu!.Location;
        return thread.AffinitySpace == 0 ? session : Affinity.Map(thread.AffinitySpace, thread.AffinityLocation, session);
    }

    private Error ReadException(Message message)
    {
        int skip = message.Word(0);
        for (int i = 0; i < Core.Kernel.Threads.Length; i++)
        {
            Thread? thread = Core.Kernel.Threads[i];
            if (thread != null && thread.Cpu == this && thread.Fault != Error.None && skip-- == 0)
            {
                message.Add((int)thread.Fault).Add(thread.FaultAddress).Add((int)thread.FaultAccess).Add(thread.Label)
                    .AddText(thread.FaultName.Length <= MostName ? thread.FaultName : thread.FaultName.Substring(0, MostName))
                    .AddCapability(thread.Identity);
                return Error.None;
            }
        }

        message.Add((int)Error.None);
        return Error.None;
    }

    private Error SetPriority(Thread thread, int priority)
    {
        Error error = thread.Cpu!.Check(priority);
        if (error == Error.None)
        {
            Core.Kernel.Ready.Move(thread, priority);
        }

        return error;
    }

    /// <summary>Whether a thread of this session may have a priority.</summary>
    private Error Check(int priority)
        => (uint)priority < Priorities ? Error.None : (uint)priority < Kernel.Priorities.Count ? Error.NotPermitted : Error.BadArgument;

    private Error Start(Thread thread, bool construct)
    {
        if (construct && thread != thread.Task.FirstThread)
        {
            return Error.BadArgument;
        }

        if (thread.Running || thread.Task.Program == null || thread.Task.Fault != Error.None)
        {
            return Error.Busy;
        }

        thread.StartPending = construct;
        thread.Running = true;
        Core.Kernel.Ready.Add(thread);
        return Error.None;
    }

    private Error Resume(Thread thread)
    {
        if (thread.PauseCount == 0)
        {
            return Error.Busy;
        }

        thread.PauseCount--;
        TracePause(thread);
        Core.Kernel.Ready.Add(thread);
        return Error.None;
    }

    private void TracePause(Thread thread)
    {
        if (Core.Kernel.Tracer.IsOn)
        {
            Core.Kernel.Tracer.Add(TraceKind.Paused, thread, thread.PauseCount, 0, 0);
        }
    }

    private Error Kill(Thread thread, int id)
    {
        if (Core.Kernel.Ipc.IsActive(thread))
        {
            return Error.Busy;
        }

        Core.Kernel.Lifecycle.Destroy(id);
        return Error.None;
    }
}
