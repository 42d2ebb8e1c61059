// A component's environment: its entrypoints (Genode's Entrypoint). Each is a thread with its own priority, queue and pauses;
// the handlers are those of the one program.
// Invariant: no two handlers of one component are ever under way at once, whatever the number of its entrypoints, so
// handlers need no locks.
namespace Tern.Kernel;

public sealed partial class Env
{
    /// <summary>The label of the entrypoint whose handler runs; 0 for the one that the component began with.</summary>
    public int CurrentEntrypoint => _kernel.Ipc.Current.Thread!.Label;

    /// <summary>Makes a further entrypoint, which takes events at once.</summary>
    /// <param name="label">What <see cref="CurrentEntrypoint"/> is in its handlers; more than 0.</param>
    /// <param name="name">Its name, for logs.</param>
    /// <param name="priority">See <see cref="Priorities"/>.</param>
    /// <returns>The selector of its thread; 0 with <see cref="LastError"/>: NotPermitted when the component may not be so urgent
    /// (see <see cref="CpuSession.Priorities"/>), TableFull when the component or the board has as many as it may.</returns>
    public int Entrypoint(int label, string name, int priority)
    {
        if (label <= 0)
        {
            LastError = Error.BadArgument;
            Denied("Entrypoint", label, LastError);
            return Selectors.Invalid;
        }

        var cpu = new CpuSession(this, Selectors.Cpu);
        int thread = cpu.CreateThread(Selectors.Pd, name, priority, label, out Error error);
        if (error == Error.None)
        {
            error = cpu.Start(thread, false);
            if (error != Error.None)
            {
                EndEntrypoint(thread);
                thread = Selectors.Invalid;
            }
        }

        LastError = error;
        return thread;
    }

    /// <summary>
    /// Ends an entrypoint, the gates and signal contexts that lead to it, and the requests that were sent for it.
    /// </summary>
    /// <returns>Busy for the one whose handler runs.</returns>
    public Error EndEntrypoint(int entrypoint)
    {
        Error error = new CpuSession(this, Selectors.Cpu).Kill(entrypoint);
        if (error == Error.None)
        {
            Release(entrypoint);
        }

        return error;
    }

    /// <summary>Asks anybody; the answer comes to <see cref="Program.OnReply"/> in one of this component's entrypoints.</summary>
    /// <param name="selector">The gate.</param>
    /// <param name="message">The request, from <see cref="Compose"/>.</param>
    /// <param name="replyLabel">0 or more; what the answer is known by.</param>
    /// <param name="entrypoint">See <see cref="Entrypoint"/>.</param>
    /// <returns>None once the request is on its way.</returns>
    public Error Send(int selector, Message message, int replyLabel, int entrypoint)
    {
        int id = _task.Capabilities.Lookup(entrypoint, ObjectType.Thread);
        if (id == 0)
        {
            Denied("Send", entrypoint, _task.Capabilities.Reason(entrypoint));
            return _task.Capabilities.Reason(entrypoint);
        }

        Thread thread = _kernel.Threads[_kernel.Objects.Index(id)]!;
        Error error = replyLabel < 0 || thread.Task != _task
            ? Error.BadArgument
            : _kernel.Ipc.Send(_task, selector, message, replyLabel, thread);
        Sent(selector, message, replyLabel, error);
        return error;
    }

    /// <summary>Asks for a session of any service; the answer comes to <see cref="Program.OnReply"/> in one of this component's entrypoints.</summary>
    public Error Open(string service, string label, int replyLabel, int entrypoint)
        => Send(Selectors.Parent, SessionRequest(service, label, 0, 0, 0), replyLabel, entrypoint);
}
