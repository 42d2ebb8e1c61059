// The wires between a board and a co-processor, seen from the board: what goes over them, when, and how long it keeps the board busy.
// Invariants: the core has lived through exactly the board's time whenever a selection begins; what the wires take is counted in whole
// picoseconds by the rules of SpiBus, so the same selections give the same times on every machine.
namespace Tern.HostEmulator;

/// <summary>A co-processor's core on a bus of its own, for measurements.</summary>
/// <param name="core">The core; nothing else drives it.</param>
/// <param name="clockHz">The rate of the bits.</param>
internal sealed class FpgaLine(IFpgaCore core, int clockHz)
{
    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private const int BitsPerByte = 8;

    private readonly int _picosecondsPerByte = (int)PicosecondsOf(1, clockHz);

    // Clocks of the board's time that the core has lived, or slept, through.
    private long _clocks;

    // By the core's own count.
    private long _selectionEnd;

    /// <summary>The board's time in picoseconds.</summary>
    internal long Now { get; private set; }

    /// <summary>Picoseconds of it in which selections kept the board busy.</summary>
    internal long Busy { get; private set; }

    /// <summary>Selections so far.</summary>
    internal int Selections { get; private set; }

    /// <summary>What so many bytes take on the wire.</summary>
    internal static long PicosecondsOf(long bytes, int clockHz) => BitsPerByte * PicosecondsPerSecond * bytes / clockHz;

    /// <summary>One selection; the board goes on after the gap.</summary>
    internal void Transfer(ReadOnlySpan<byte> mosi, Span<byte> miso)
    {
        CatchUp();
        long before = core.Clocks;
        core.Exchange(mosi, miso, _picosecondsPerByte);
        _clocks += core.Clocks - before;
        _selectionEnd = core.Clocks - FpgaLimits.Pause;
        long time = PicosecondsOf(mosi.Length, clockHz) + SpiBus.GapPicoseconds;
        Now += time;
        Busy += time;
        Selections++;
    }

    /// <summary>Leaves the board to itself until the interrupt line is high; that may be now.</summary>
    internal void AwaitInterrupt()
    {
        CatchUp();
        StepToInterrupt();
        Now = Math.Max(Now, _clocks * FpgaLimits.ClockPicoseconds);
    }

    /// <summary>Lets the core go on until its interrupt line is high.</summary>
    /// <returns>The clocks since CS rose at the end of the last selection.</returns>
    internal long ClocksUntilInterrupt()
    {
        StepToInterrupt();
        return core.Clocks - _selectionEnd;
    }

    private void StepToInterrupt()
    {
        while (!core.InterruptLine)
        {
            if (core.Run(1) == 0)
            {
                throw new MeasurementException("the co-processor is idle and its interrupt line is low");
            }

            _clocks++;
        }
    }

    private void CatchUp()
    {
        long due = (Now / FpgaLimits.ClockPicoseconds) - _clocks;
        if (due > 0)
        {
            _ = core.IsBusy ? core.Run(due) : 0;        // it returns early when nothing is left to do; the rest it sleeps through
            _clocks += due;
        }
    }
}
