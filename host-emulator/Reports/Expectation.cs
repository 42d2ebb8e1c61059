// What a bench expects of a run. A run ends well when all expectations hold.
namespace Tern.HostEmulator;

/// <summary>Something that must have become true, or must never.</summary>
public abstract class Expectation
{
    /// <summary>Where the bench says so: <c>file:line:column</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it holds now.</summary>
    public abstract bool Holds { get; }

    /// <summary>Whether it can no longer hold, so that the run may end.</summary>
    public virtual bool IsHopeless => false;

    /// <summary>Whether it holds from the beginning, until something happens: it never ends a run.</summary>
    public virtual bool IsNever => false;

    /// <summary>Whether only the end of the time can tell, so that the run goes on when all else holds.</summary>
    public bool IsOfTheEnd { get; init; }

    /// <summary>What is expected, in a few words.</summary>
    public abstract string Claim { get; }

    /// <summary>What was there instead, and what to look at.</summary>
    public abstract string Why(MoveTracker moves);

    /// <summary>A run begins that the expectation may look into.</summary>
    public virtual void Begin(BenchRun run)
    {
    }

    /// <summary>Takes the next report; <paramref name="moves"/> has taken it already.</summary>
    public abstract void Add(Report report, MoveTracker moves);
}
