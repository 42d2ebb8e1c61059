// Core's TRACE service: lists subjects and attaches its clients' buffers to them.
// Invariants: a subject has at most one buffer; a session's buffers go with it; nobody traces above whoever started him.
namespace Tern.Kernel;

/// <summary>Core's side of a TRACE session.</summary>
internal sealed class TraceSessionServer : CoreSession
{
    private const int KernelSubject = 0;
    private const int None = -1;

    internal TraceSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
    }

    private Tracer Tracer => Core.Kernel.Tracer;

    /// <summary>Whoever started the client: the highest component that it may see.</summary>
    private Task Top => Client.Parent!;

    /// <summary>Whether the client may see the kernel: init and its children may.</summary>
    private bool SeesKernel => Top.Parent == null || Top.Parent.Parent == null;

    internal override Error Request(Task caller, Message message)
    {
        int subject = message.Word(0);
        if (message.Opcode == TraceOperation.Next)
        {
            message.Add(Next(subject));
            return Error.None;
        }

        Error error = Find(subject, out Thread? thread);
        if (error != Error.None)
        {
            return error;
        }

        switch (message.Opcode)
        {
            case TraceOperation.Info:
                Describe(thread, message);
                return Error.None;
            case TraceOperation.Attach:
                return Attach(subject, thread, message.Capability(0));
            case TraceOperation.Pause:
            case TraceOperation.Resume:
                return SetPaused(thread, message.Opcode == TraceOperation.Pause);
            case TraceOperation.Detach:
                return Detach(thread);
            default:
                return Error.UnknownOpcode;
        }
    }

    internal override void Close()
    {
        Release(null);
        for (int row = 0; row < Core.Kernel.Threads.Length; row++)
        {
            Thread? thread = Core.Kernel.Threads[row];
            if (thread != null)
            {
                Release(thread);
            }
        }
    }

    private void Release(Thread? thread)
    {
        if (Tracer.BufferOf(thread)?.Session == this)
        {
            Tracer.Set(thread, null);
        }
    }

    /// <summary>The subject with the smallest number above another's.</summary>
    private int Next(int after)
    {
        if (after < KernelSubject && SeesKernel)
        {
            return KernelSubject;
        }

        int next = None;
        for (int row = 0; row < Core.Kernel.Threads.Length; row++)
        {
            Thread? thread = Core.Kernel.Threads[row];
            int subject = Tracer.SubjectOf(thread);
            if (thread != null && subject > after && (next == None || subject < next) && MaySee(thread.Task))
            {
                next = subject;
            }
        }

        return next;
    }

    private Error Find(int subject, out Thread? found)
    {
        found = null;
        if (subject == KernelSubject)
        {
            return SeesKernel ? Error.None : Error.NotPermitted;
        }

        for (int row = 0; row < Core.Kernel.Threads.Length && found == null; row++)
        {
            Thread? thread = Core.Kernel.Threads[row];
            found = thread != null && Tracer.SubjectOf(thread) == subject ? thread : null;
        }

        return found == null ? Error.NotFound : MaySee(found.Task) ? Error.None : Error.NotPermitted;
    }

    private bool MaySee(Task task) => task == Top || Top.IsAncestorOf(task);

    private void Describe(Thread? thread, Message message)
    {
        TraceBuffer? buffer = Tracer.BufferOf(thread);
        int state = buffer == null ? TraceState.Untraced : buffer.IsPaused ? TraceState.Paused : TraceState.Traced;
        string label = thread == null ? "kernel" : thread.Task.Label;
        string name = thread == null ? "" : thread.Name;
        int surplus = label.Length + name.Length - Message.MaxBytes;
        if (surplus > 0)
        {
            label = surplus < label.Length ? label.Substring(surplus) : "";
            name = name.Length > Message.MaxBytes ? name.Substring(0, Message.MaxBytes) : name;
        }

        message.Add(state).Add64(thread == null ? Core.Kernel.BusyNanoseconds : thread.Nanoseconds)
            .Add(thread == null ? 0 : thread.Priority).Add(thread == null || thread.Running ? 1 : 0)
            .Add(thread == null ? 0 : thread.PauseCount).Add(label.Length).AddText(label + name);
    }

    private Error Attach(int subject, Thread? thread, int dataspace)
    {
        if (dataspace == 0 || Core.Kernel.Objects.Type(dataspace) != ObjectType.Dataspace)
        {
            return dataspace == 0 ? Error.InvalidCapability : Error.WrongObject;
        }

        int row = Core.Kernel.Objects.Index(dataspace);
        if (Core.Kernel.Memory.Dataspaces.Bank(row) < 0)
        {
            return Error.NotPermitted;
        }

        if (Core.Kernel.Memory.Dataspaces.Size(row) < TraceFormat.HeaderSize + TraceFormat.RecordSize)
        {
            return Error.BadArgument;
        }

        if (Tracer.BufferOf(thread) != null)
        {
            return Error.Busy;
        }

        Tracer.Set(thread, new TraceBuffer(Core.Kernel, dataspace, subject, this));
        return Error.None;
    }

    private Error SetPaused(Thread? thread, bool paused)
    {
        TraceBuffer? buffer = Tracer.BufferOf(thread);
        if (buffer == null || buffer.Session != this)
        {
            return buffer == null ? Error.Busy : Error.NotPermitted;
        }

        buffer.IsPaused = paused;
        return Error.None;
    }

    private Error Detach(Thread? thread)
    {
        TraceBuffer? buffer = Tracer.BufferOf(thread);
        if (buffer == null || buffer.Session != this)
        {
            return buffer == null ? Error.Busy : Error.NotPermitted;
        }

        Tracer.Set(thread, null);
        return Error.None;
    }
}
