// What a TRACE session tells of a subject.
namespace Tern.Kernel;

/// <summary>A thread, or the kernel, as something that can be traced.</summary>
public struct TraceSubject
{
    /// <summary>The component's place in the tree, such as <c>init -> manager</c>; <c>kernel</c> for the kernel.</summary>
    public string Label;

    /// <summary>The thread's name.</summary>
    public string Thread;

    /// <summary>See <see cref="TraceState"/>.</summary>
    public int State;

    /// <summary>Nanoseconds that it has run.</summary>
    public long Nanoseconds;

    /// <summary>Its priority.</summary>
    public int Priority;

    /// <summary>Whether it was started and has not been stopped.</summary>
    public bool IsRunning;

    /// <summary>How often it is paused.</summary>
    public int PauseCount;
}
