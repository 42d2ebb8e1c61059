// Virtual time: nothing waits, and no clock of the host is read.
namespace Tern.HostEmulator;

/// <summary>Time that jumps from event to event. What a board does takes what its <see cref="CostModel"/> says.</summary>
public sealed class VirtualTimeline : Timeline
{
    private long _now;

    /// <inheritdoc/>
    public override long Now => _now;

    /// <inheritdoc/>
    public override string FigureLabel => "modelled";

    internal override BoardClock NewClock(CostModel cost) => new VirtualClock(cost);

    internal override void GoTo(long time) => _now = Math.Max(_now, time);
}
