// What world time is: jumped through (virtual) or lived through (real).
namespace Tern.HostEmulator;

/// <summary>The time that all boards of a world share.</summary>
public abstract class Timeline
{
    /// <summary>Nanoseconds since the world began; never goes back.</summary>
    public abstract long Now { get; }

    /// <summary>How figures taken from this time are to be labelled: <c>modelled</c> or <c>measured</c>.</summary>
    public abstract string FigureLabel { get; }

    /// <summary>Makes the clock of a board.</summary>
    internal abstract BoardClock NewClock(CostModel cost);

    /// <summary>Goes to a time: at once, or by waiting for it. A time that has passed is reached already.</summary>
    internal abstract void GoTo(long time);
}
