// A modelled clock: it advances by what the kernel says it did and by how long its devices keep it waiting, and by nothing else.
// Invariant: the same work gives the same time; fractions of a nanosecond are carried, not lost.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A clock that a <see cref="CostModel"/> advances.</summary>
public sealed class VirtualClock(CostModel cost) : BoardClock
{
    private readonly long[] _amounts = new long[CostModel.Kinds];
    private long _now;
    private long _picoseconds;

    /// <inheritdoc/>
    public override long WorldTime => _now;

    /// <summary>Nanoseconds spent on work, or kept waiting in the midst of it, since the world began; the rest was idle.</summary>
    public long BusyNanoseconds { get; private set; }

    /// <summary>How much of one kind of work was done: a count, or bytes.</summary>
    public long Amount(Work work) => _amounts[(int)work];

    /// <inheritdoc/>
    public override void Spend(Work work, int amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        _amounts[(int)work] += amount;
        Occupy(cost.PicosecondsOf(work) * amount);
    }

    internal override void Occupy(long picoseconds)
    {
        _picoseconds += picoseconds;
        long nanoseconds = _picoseconds / 1000;
        _picoseconds -= nanoseconds * 1000;
        _now += nanoseconds;
        BusyNanoseconds += nanoseconds;
    }

    internal override void IdleUntil(long worldTime) => _now = Math.Max(_now, worldTime);
}
