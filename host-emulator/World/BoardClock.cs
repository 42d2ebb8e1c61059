// A board's clock as the world sees it.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>The clock of a virtual board: <see cref="IClock"/> to its kernel, world time to the bench.</summary>
public abstract class BoardClock : IClock
{
    /// <inheritdoc/>
    public long Nanoseconds => WorldTime - SwitchedOnAt;

    /// <summary>Where this board is in world time: at or after the world, since it may be busy.</summary>
    public abstract long WorldTime { get; }

    /// <summary>The world time at which the board was switched on last.</summary>
    public long SwitchedOnAt { get; private set; }

    /// <summary>Converts a time of the board to world time.</summary>
    internal long ToWorld(long nanoseconds) =>
        nanoseconds > long.MaxValue - SwitchedOnAt ? long.MaxValue : nanoseconds + SwitchedOnAt;

    /// <inheritdoc/>
    public abstract void Spend(Work work, int amount);

    /// <summary>A device kept the processor waiting: time that belongs to no kind of work.</summary>
    internal abstract void Occupy(long picoseconds);

    /// <summary>The board idled until this world time.</summary>
    internal abstract void IdleUntil(long worldTime);

    internal void SwitchOn(long worldTime)
    {
        IdleUntil(worldTime);
        SwitchedOnAt = WorldTime;
    }
}
