// The client's side of core's CPU service: threads.
namespace Tern.Kernel;

/// <summary>A CPU session; a component's own is at <see cref="Selectors.Cpu"/>.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct CpuSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Makes a thread that does not run yet.</summary>
    /// <param name="pd">The PD session it runs in.</param>
    /// <param name="name">Its name, for logs.</param>
    /// <param name="priority">See <see cref="Tern.Kernel.Priorities"/>.</param>
    /// <param name="error">The outcome.</param>
    public int CreateThread(int pd, string name, int priority, out Error error) => CreateThread(pd, name, priority, 0, out error);

    /// <summary>Makes a further thread that does not run yet.</summary>
    /// <param name="pd">The PD session it runs in.</param>
    /// <param name="name">Its name, for logs.</param>
    /// <param name="priority">See <see cref="Tern.Kernel.Priorities"/>.</param>
    /// <param name="label">What <see cref="Env.CurrentEntrypoint"/> is in its handlers.</param>
    /// <param name="error">The outcome.</param>
    public int CreateThread(int pd, string name, int priority, int label, out Error error)
    {
        Message message = env.Compose(CpuOperation.CreateThread).Add(priority).Add(label).AddText(name).AddCapability(pd);
        error = env.Call(session, message);
        return message.Capability(0);
    }

    /// <summary>Starts a thread.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="construct">Whether the program's Construct is run first: not on restore.</param>
    public Error Start(int thread, bool construct)
        => env.Call(session, env.Compose(CpuOperation.Start).Add(construct ? 1 : 0).AddCapability(thread));

    /// <summary>Pauses a thread between its handlers. Pauses are counted.</summary>
    public Error Pause(int thread) => env.Call(session, env.Compose(CpuOperation.Pause).AddCapability(thread));

    /// <summary>Takes one pause back.</summary>
    public Error Resume(int thread) => env.Call(session, env.Compose(CpuOperation.Resume).AddCapability(thread));

    /// <summary>Ends a thread.</summary>
    public Error Kill(int thread) => env.Call(session, env.Compose(CpuOperation.Kill).AddCapability(thread));

    /// <summary>Changes a thread's priority.</summary>
    /// <returns>NotPermitted when the session that it was made with has not so many.</returns>
    public Error SetPriority(int thread, int priority)
        => env.Call(session, env.Compose(CpuOperation.SetPriority).Add(priority).AddCapability(thread));

    /// <summary>Reads a thread's state.</summary>
    public Error ReadState(int thread, ref ThreadState state)
    {
        Message message = env.Compose(CpuOperation.State).AddCapability(thread);
        Error error = env.Call(session, message);
        state.IsRunning = message.Word(0) != 0;
        state.Pauses = message.Word(1);
        state.Priority = message.Word(2);
        state.IsFresh = message.Word(3) != 0;
        state.Label = message.Word(4);
        state.Events = message.Word(5);
        state.Turn = message.Word(6);
        return error;
    }

    /// <summary>A thread's name; empty when it is none.</summary>
    public string NameOf(int thread)
    {
        Message message = env.Compose(CpuOperation.Name).AddCapability(thread);
        return env.Call(session, message) == Error.None ? message.Text : "";
    }

    /// <summary>Sets who is signalled when a handler of one of the session's threads ends with a fault.</summary>
    public Error SetExceptionHandler(int signal)
        => env.Call(session, env.Compose(CpuOperation.ExceptionSigh).AddCapability(signal));

    /// <summary>Reads a fault of one of the session's threads.</summary>
    /// <param name="skip">How many to skip.</param>
    /// <param name="fault">The fault; its thread's selector is to be given up.</param>
    /// <returns>NotFound when there is none.</returns>
    public Error ReadException(int skip, ref ThreadFault fault)
    {
        Message message = env.Compose(CpuOperation.Exception).Add(skip);
        Error error = env.Call(session, message);
        fault.Error = (Error)message.Word(0);
        fault.Address = message.Word(1);
        fault.Access = (Rights)message.Word(2);
        fault.Label = message.Word(3);
        fault.Exception = message.Text;
        fault.Thread = message.Capability(0);
        return error == Error.None && fault.Error == Error.None ? Error.NotFound : error;
    }

    /// <summary>The session's affinity space; 0 when the session is invalid.</summary>
    public int AffinitySpace()
    {
        Message message = env.Compose(CpuOperation.AffinitySpace);
        env.Call(session, message);
        return message.Word(0);
    }

    /// <summary>Sets where a thread may run.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="space">The affinity space that the caller reckons with, as <see cref="AffinitySpace"/> told it.</param>
    /// <param name="location">A location in it (see <see cref="Affinity.Location"/>).</param>
    /// <returns>BadArgument when the location is not in the space.</returns>
    public Error SetAffinity(int thread, int space, int location)
        => env.Call(session, env.Compose(CpuOperation.SetAffinity).Add(space).Add(location).AddCapability(thread));

    /// <summary>Reads where a thread may run.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="space">The space that was set; 0 for none.</param>
    /// <param name="location">The location in it that was set.</param>
    /// <returns>The location on this board.</returns>
    public int ReadAffinity(int thread, out int space, out int location)
    {
        Message message = env.Compose(CpuOperation.ReadAffinity).AddCapability(thread);
        env.Call(session, message);
        space = message.Word(0);
        location = message.Word(1);
        return message.Word(2);
    }

    /// <summary>Reads the session's share of the processor's time.</summary>
    /// <param name="limit">Nanoseconds of each period; 0 for no limit.</param>
    /// <param name="used">Nanoseconds of this period that are used.</param>
    /// <param name="period">The period in nanoseconds.</param>
    public Error ReadQuota(out long limit, out long used, out long period)
    {
        Message message = env.Compose(CpuOperation.Quota);
        Error error = env.Call(session, message);
        limit = message.Word64(0);
        used = message.Word64(2);
        period = message.Word64(4);
        return error;
    }

    /// <summary>How many priorities the session's threads may have, from 0 on; 0 when the session is invalid.</summary>
    public int Priorities()
    {
        Message message = env.Compose(CpuOperation.Quota);
        env.Call(session, message);
        return message.Word(6);
    }

    /// <summary>Reads how busy the board is.</summary>
    /// <param name="busyNanoseconds">Nanoseconds since boot in which it was at work.</param>
    /// <param name="elapsedNanoseconds">Nanoseconds since boot.</param>
    public Error Load(out long busyNanoseconds, out long elapsedNanoseconds)
    {
        Message message = env.Compose(CpuOperation.Load);
        Error error = env.Call(session, message);
        busyNanoseconds = message.Word64(0);
        elapsedNanoseconds = message.Word64(2);
        return error;
    }
}
