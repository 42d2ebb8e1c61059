// How busy the board was since the last look.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Measures the processor's load from the CPU session's counters.</summary>
internal sealed class LoadMeter
{
    private readonly CpuSession _cpu;
    private long _busy;
    private long _elapsed;
    private int _permille;

    internal LoadMeter(CpuSession cpu)
    {
        _cpu = cpu;
    }

    /// <summary>Thousandths of the time since the last look in which the board was at work.</summary>
    internal int Read()
    {
        if (_cpu.Load(out long busy, out long elapsed) == Error.None && elapsed > _elapsed)
        {
            long permille = (busy - _busy) * 1000 / (elapsed - _elapsed);
            _permille = permille < 0 ? 0 : permille > 1000 ? 1000 : (int)permille;
            _busy = busy;
            _elapsed = elapsed;
        }

        return _permille;
    }
}
