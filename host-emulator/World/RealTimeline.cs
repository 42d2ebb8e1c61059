// Real time: the world's loop waits for the host's stopwatch. The only place of the emulator that reads a clock.
using System.Diagnostics;

namespace Tern.HostEmulator;

/// <summary>Time that passes. What a board does takes what it takes on this machine.</summary>
public sealed class RealTimeline : Timeline
{
    private const long SleepGranularityNanoseconds = 2_000_000;     // a host's sleep may be late by this much

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override long Now => Stopwatch.GetElapsedTime(_start).Ticks * 100;

    /// <inheritdoc/>
    public override string FigureLabel => "measured";

    internal override BoardClock NewClock(CostModel cost) => new MeasuredClock(this);

    internal override void GoTo(long time)
    {
        for (long left = time - Now; left > 0; left = time - Now)
        {
            if (left > SleepGranularityNanoseconds)
            {
                Thread.Sleep((int)Math.Min((left - SleepGranularityNanoseconds + 999_999) / 1_000_000, 1000));
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
