// What a child has of the processor: the arguments of its CPU session.
namespace Tern.Os;

/// <summary>A part of what the parent has of the processor. The default is all of it.</summary>
public readonly struct ProcessorPart
{
    /// <summary>Describes a part.</summary>
    /// <param name="space">An affinity space; 0 with the location 0 for everywhere.</param>
    /// <param name="location">A location in it (see <see cref="Kernel.Affinity"/>).</param>
    /// <param name="share">Hundredths of a percent of the parent's time; 0 for no limit of its own.</param>
    public ProcessorPart(int space, int location, int share)
    {
        Space = space;
        Location = location;
        Share = share;
    }

    /// <summary>The affinity space in which the location is meant.</summary>
    public int Space { get; }

    /// <summary>Where the child may run.</summary>
    public int Location { get; }

    /// <summary>How much of the parent's time it may use before it yields.</summary>
    public int Share { get; }
}
