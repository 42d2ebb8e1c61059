// Expects that a target ends up on a board.
namespace Tern.HostEmulator;

/// <summary>A target runs on a board, under an RTCR if one is named, and has checked itself there if asked for.</summary>
public sealed class TargetExpectation : Expectation
{
    private bool _holds;

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The board.</summary>
    public required string Board { get; init; }

    /// <summary>The RTCR, or <c>null</c> for any.</summary>
    public string? Holder { get; init; }

    /// <summary>Whether it must have moved there and then found its own state whole.</summary>
    public bool Verified { get; init; }

    /// <inheritdoc/>
    public override bool Holds => _holds;

    /// <inheritdoc/>
    public override string Claim =>
        $"target {Target} on {Board}{(Holder is null ? "" : "/" + Holder)}{(Verified ? ", its state verified by itself" : "")}";

    /// <inheritdoc/>
    public override string Why(MoveTracker moves)
    {
        ArgumentNullException.ThrowIfNull(moves);
        Place? place = moves.PlaceOf(Target);
        if (place is not null && IsThere(place.Value))
        {
            return moves.StateOf(Target) == SelfCheck.Broken
                ? $"it is there, but found itself broken: {moves.Moves.Last(move => move.Target == Target).StateText}"
                : $"it is there, but has not reported \"{ReportWords.Verified}\". Does it run? Look at the log of {Target}.";
        }

        Move? unfinished = moves.Moves.LastOrDefault(move => move.Target == Target && move.To is null);
        return unfinished is not null ? $"it left {unfinished.From} and nobody started it. Look at the logs of the manager and of the RTCRs."
            : place is not null ? $"it runs on {place}. Look there for why it was not moved."
            : $"no RTCR has reported a target of that name. Is it in the configuration of an RTCR?";
    }

    /// <inheritdoc/>
    public override void Add(Report report, MoveTracker moves)
    {
        ArgumentNullException.ThrowIfNull(moves);
        Place? place = moves.PlaceOf(Target);
        _holds = place is not null && IsThere(place.Value) && (!Verified || moves.StateOf(Target) == SelfCheck.Verified);
    }

    private bool IsThere(Place place) => place.Board == Board && (Holder is null || place.Holder == Holder);
}
