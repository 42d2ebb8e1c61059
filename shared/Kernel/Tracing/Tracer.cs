// Where the kernel's records go: to the board, if it listens, and to the buffers that TRACE sessions have attached.
// Invariants: nothing allocates; while nobody listens, tracing costs the kernel one test of IsOn at each place.
namespace Tern.Kernel;

/// <summary>The kernel's tracing.</summary>
internal sealed class Tracer
{
    private readonly Microkernel _kernel;
    private readonly IClock _clock;
    private readonly ITrace? _board;
    private TraceBuffer? _kernelBuffer;
    private int _buffers;
    private int _sequence;

    internal Tracer(Microkernel kernel, IClock clock, ITrace? board)
    {
        _kernel = kernel;
        _clock = clock;
        _board = board;
        IsOn = board != null;
    }

    /// <summary>Whether anybody listens. A field: it is tested on hot paths.</summary>
    internal bool IsOn;

    /// <summary>The number by which records name a thread: its badge; 0, the kernel, for none.</summary>
    internal int SubjectOf(Thread? thread) => thread == null ? 0 : _kernel.Objects.Badge(thread.Identity);

    /// <summary>The thread whose handler runs now; <c>null</c> while the kernel itself works.</summary>
    internal Thread? Running => _kernel.Ipc.IsIdle ? null : _kernel.Ipc.Current.Thread;

    /// <summary>Makes a record. The caller has tested <see cref="IsOn"/>.</summary>
    /// <param name="kind">See <see cref="TraceKind"/>.</param>
    /// <param name="thread">The subject; <c>null</c> for the kernel.</param>
    /// <param name="a">As the kind says.</param>
    /// <param name="b">As the kind says.</param>
    /// <param name="c">As the kind says.</param>
    internal void Add(int kind, Thread? thread, int a, int b, int c)
    {
        long now = _clock.Nanoseconds;
        int subject = SubjectOf(thread);
        _sequence++;
        if (_board != null)
        {
            _board.Record(now, kind, subject, a, b, c);
        }

        TraceBuffer? buffer = thread == null ? _kernelBuffer : thread.Trace;
        if (buffer != null)
        {
            buffer.Write(now, _sequence, kind, subject, a, b, c);
        }
    }

    /// <summary>A thread was made: whoever listens learns its name first.</summary>
    internal void Made(Thread thread)
    {
        if (_board != null)
        {
            _board.Subject(SubjectOf(thread), thread.Task.Label, thread.Name);
        }

        Add(TraceKind.Made, thread, thread.Priority, thread.Label, 0);
    }

    /// <summary>A thread ends; its identity is still there.</summary>
    internal void Ended(Thread thread)
    {
        Add(TraceKind.Ended, thread, 0, 0, 0);
        Set(thread, null);
    }

    /// <summary>A handler begins.</summary>
    internal void Begin(Thread thread, int handler, int label, int detail) => Add(TraceKind.Begin, thread, handler, label, detail);

    /// <summary>Core has opened a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="service">A text that begins with the service's name.</param>
    /// <param name="length">How long that name is.</param>
    internal void Opened(CoreSession session, string service, int length)
    {
        Add(TraceKind.Open, session.Client.FirstThread, _kernel.Objects.Badge(session.Gate), Letters(service, 0, length), Letters(service, 4, length));
    }

    /// <summary>Four letters as a number.</summary>
    private static int Letters(string text, int from, int length)
    {
        int letters = 0;
        for (int i = from; i < length && i < from + 4; i++)
        {
            letters |= (text[i] & 0xff) << (8 * (i - from));
        }

        return letters;
    }

    /// <summary>The buffer of a subject; <c>null</c> for none.</summary>
    internal TraceBuffer? BufferOf(Thread? thread) => thread == null ? _kernelBuffer : thread.Trace;

    /// <summary>Gives a subject a buffer, or takes it away.</summary>
    internal void Set(Thread? thread, TraceBuffer? buffer)
    {
        _buffers += (buffer == null ? 0 : 1) - (BufferOf(thread) == null ? 0 : 1);
        if (thread == null)
        {
            _kernelBuffer = buffer;
        }
        else
        {
            thread.Trace = buffer;
        }

        IsOn = _board != null || _buffers > 0;
    }
}
