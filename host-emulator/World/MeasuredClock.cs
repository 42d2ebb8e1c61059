// A measuring clock: the board's time is the world's.
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class MeasuredClock(Timeline timeline) : BoardClock
{
    public override long WorldTime => timeline.Now;

    public override void Spend(Work work, int amount)
    {
    }

    internal override void Occupy(long picoseconds)
    {
    }

    internal override void IdleUntil(long worldTime)
    {
    }
}
