// Something that happens in the world at a time: a board's next dispatch, bytes that arrive, a fault.
// Invariant: an event is scheduled at most once at a time; scheduling it again moves it.
namespace Tern.HostEmulator;

/// <summary>An event on world time.</summary>
public abstract class WorldEvent
{
    internal const int NotScheduled = -1;

    /// <summary>Its place in the queue's heap.</summary>
    internal int Place { get; set; } = NotScheduled;

    /// <summary>Decides, by the seed, among events of the same time.</summary>
    internal uint Tie { get; set; }

    /// <summary>Decides among equal ties.</summary>
    internal long Sequence { get; set; }

    /// <summary>When it is due, in nanoseconds of world time; meaningless while not scheduled.</summary>
    public long Time { get; internal set; }

    /// <summary>Whether it is in a queue.</summary>
    public bool IsScheduled => Place != NotScheduled;

    /// <summary>It happens now. The event may schedule itself again.</summary>
    protected internal abstract void Fire();

    internal bool IsBefore(WorldEvent other)
    {
        if (Time != other.Time)
        {
            return Time < other.Time;
        }

        return Tie != other.Tie ? Tie < other.Tie : Sequence < other.Sequence;
    }
}
