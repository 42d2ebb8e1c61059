// What runs on a virtual board: the kernel, or a test's stand-in for it.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>The processor of a board, as the world drives it.</summary>
public interface IMachine
{
    /// <summary>Starts after power-on.</summary>
    /// <returns><see cref="Error.None"/>, or why it cannot start.</returns>
    Error Boot();

    /// <summary>Takes what the devices have queued and the timers that have expired.</summary>
    void Poll();

    /// <summary>Does one piece of work.</summary>
    /// <returns><c>false</c> when there is none.</returns>
    bool Dispatch();

    /// <summary>Whether <see cref="Dispatch"/> would find work without another <see cref="Poll"/>. A machine that does not know says so
    /// and is asked to dispatch once more.</summary>
    bool IsReady => true;

    /// <summary>The board's time at which a timer expires; <see cref="long.MaxValue"/> without one.</summary>
    long NextDeadlineNanoseconds { get; }
}
