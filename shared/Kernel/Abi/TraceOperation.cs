// The TRACE session (Genode's trace_session.h): what the kernel and components do, recorded into buffers of the client.
namespace Tern.Kernel;

/// <summary>Operations of a TRACE session. It shows the threads of its client's parent and of all below: no component sees
/// beside or above whoever started it. The kernel itself, subject 0, is shown to init and its children only.</summary>
public static class TraceOperation
{
    /// <summary>Goes through the subjects. Word 0: the last one read, −1 at first. Answer: word 0 the next, −1 at the end.</summary>
    public const int Next = 1;

    /// <summary>Describes a subject. Word 0: the subject. Answer: words 0 <see cref="TraceState"/> (0 no, 1 yes, 2 paused), 1–2 nanoseconds that it has run,
    /// 3 its priority, 4 whether it runs, 5 its pause count, 6 the length of its component's label; text: the label, directly followed by the thread's name.
    /// A text that is too long loses its beginning.</summary>
    public const int Info = 2;

    /// <summary>Traces a subject from now on. Word 0: the subject; capability 0: the buffer, a RAM dataspace with room for a header and a
    /// record at least (see <see cref="TraceFormat"/>). Busy when somebody traces it already.</summary>
    public const int Attach = 3;

    /// <summary>Makes no records of a subject for now. Word 0: the subject.</summary>
    public const int Pause = 4;

    /// <summary>Makes records again. Word 0: the subject.</summary>
    public const int Resume = 5;

    /// <summary>Traces a subject no longer; the buffer stays as it is. Word 0: the subject.</summary>
    public const int Detach = 6;
}

/// <summary>Whether a subject is traced.</summary>
public static class TraceState
{
    /// <summary>Nobody traces it.</summary>
    public const int Untraced = 0;

    /// <summary>It is traced.</summary>
    public const int Traced = 1;

    /// <summary>It has a buffer, but no records are made.</summary>
    public const int Paused = 2;
}
