// What a trace record is about. The numbers are part of the record's layout (docs/kernel.md).
namespace Tern.Kernel;

/// <summary>Kinds of trace records. A record's subject is the thread it happened to; 0 is the kernel.</summary>
public static class TraceKind
{
    /// <summary>A handler begins. a: <see cref="TraceHandler"/>, b: the signal's, RPC object's or answer's label, c: the signal's count,
    /// the request's opcode or the answer's error.</summary>
    public const int Begin = 1;

    /// <summary>The subject's innermost handler ends. a: how many handlers of others it was nested in, b: nanoseconds that it ran itself.</summary>
    public const int End = 2;

    /// <summary>A call begins. a: the subject that answers, 0 for core; b: the opcode; c: the selector.</summary>
    public const int Call = 3;

    /// <summary>A call has been answered. a: the subject that answered, 0 for core; b: the error.</summary>
    public const int Return = 4;

    /// <summary>A request was sent. a: the subject that will be asked, 0 for core; b: the opcode; c: the reply label.</summary>
    public const int Send = 5;

    /// <summary>A request of the subject was answered, and the answer waits for it. a: who answered, 0 for core or the kernel; b: the error; c: the reply label.</summary>
    public const int Reply = 6;

    /// <summary>A signal context of the subject was triggered. a: who did, 0 for a device or core; b: its label; c: the count.</summary>
    public const int Signal = 7;

    /// <summary>The subject touched a page that was not in its page table. a: the address; b: <see cref="Rights"/> that were wanted.</summary>
    public const int PageFault = 8;

    /// <summary>The subject's component got a capability. a: the object's badge; b: the selector.</summary>
    public const int Delegate = 9;

    /// <summary>The subject's component lost a capability, because the object ended. a: the object's badge; b: the selector.</summary>
    public const int Revoke = 10;

    /// <summary>Core opened a session for the subject's component. a: the badge of its gate; b and c: the first eight letters of the
    /// service's name, the first in the lowest byte.</summary>
    public const int Open = 11;

    /// <summary>A session of core ended. a: the badge of its gate.</summary>
    public const int Close = 12;

    /// <summary>An interrupt line fired. a: the line; b: how often.</summary>
    public const int Interrupt = 13;

    /// <summary>The subject was made. a: its priority; b: its label.</summary>
    public const int Made = 14;

    /// <summary>The subject has ended.</summary>
    public const int Ended = 15;

    /// <summary>The subject was paused or resumed. a: its pause count since.</summary>
    public const int Paused = 16;

    /// <summary>The subject's component was stopped by the kernel. a: the error.</summary>
    public const int Fault = 17;

    /// <summary>The subject's program passed a point of its own. a: the point (see <see cref="TracePoint"/>); b and c: what the program says.</summary>
    public const int Point = 18;
}

/// <summary>Why a handler was entered (<see cref="TraceKind.Begin"/>).</summary>
public static class TraceHandler
{
    /// <summary>The component's first start.</summary>
    public const int Start = 0;

    /// <summary>A signal.</summary>
    public const int Signal = 1;

    /// <summary>A request that was sent.</summary>
    public const int Request = 2;

    /// <summary>An answer to a request of its own.</summary>
    public const int Answer = 3;

    /// <summary>A call, nested in the caller's handler.</summary>
    public const int Call = 4;
}
