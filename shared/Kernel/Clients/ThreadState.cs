// What a thread is between two of its handlers, as a CPU session tells it: all that a checkpoint has to know of it but its
// queue, which the domain's native interface reads.
namespace Tern.Kernel;

/// <summary>The state of a thread.</summary>
public struct ThreadState
{
    /// <summary>Whether it takes events: it was started and has not been stopped by a fault.</summary>
    public bool IsRunning;

    /// <summary>Whether the program's Construct is still to be run.</summary>
    public bool IsFresh;

    /// <summary>How often it is paused.</summary>
    public int Pauses;

    /// <summary>See <see cref="Priorities"/>.</summary>
    public int Priority;

    /// <summary>The number by which the program knows the entrypoint; 0 for the first thread.</summary>
    public int Label;

    /// <summary>How many events wait for it.</summary>
    public int Events;

    /// <summary>Its turn among the ready threads of its priority, from 1 on; 0 when it is not ready.</summary>
    public int Turn;
}
