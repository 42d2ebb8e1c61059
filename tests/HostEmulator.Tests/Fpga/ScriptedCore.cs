// A co-processor's core whose jobs take as long as a test says, to the clock.
namespace Tern.HostEmulator.Tests;

/// <summary>
/// Byte 0 of a selection is the command: <see cref="Job"/> queues a job of as many thousand clocks as byte 1 says, which raises the line when it
/// ends; <see cref="Acknowledge"/> lets the line fall; anything else asks. What comes in is how many jobs have ended.
/// </summary>
internal sealed class ScriptedCore : IFpgaCore
{
    internal const byte Ask = 0;
    internal const byte Job = 1;
    internal const byte Acknowledge = 2;

    private const int ClocksBetween = 8;
    private const int PicosecondsPerClock = 10_000;

    private readonly byte[] _memory = new byte[4096];
    private readonly Queue<long> _jobs = new();
    private long _left;
    private long _picoseconds;

    public int MemorySize => _memory.Length;

    public Span<byte> Memory => _memory;

    public long Clocks { get; private set; }

    public bool InterruptLine { get; private set; }

    public bool IsBusy => _left > 0;

    /// <summary>At which clock each job ended.</summary>
    internal List<long> Ends { get; } = [];

    /// <summary>At which clock it fails.</summary>
    internal long FailsAt { get; set; } = long.MaxValue;

    /// <summary>How often it was let run.</summary>
    internal int Runs { get; private set; }

    internal int Resets { get; private set; }

    internal bool IsDisposed { get; private set; }

    public void ReadDirtyMap(Span<byte> bits) => bits.Clear();

    public void Reset()
    {
        Resets++;
        Clocks += ClocksBetween;
        _jobs.Clear();
        _left = 0;
        InterruptLine = false;
    }

    public void Exchange(ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte)
    {
        miso.Fill((byte)Ends.Count);
        _picoseconds += (long)picosecondsPerByte * mosi.Length;
        Pass((_picoseconds / PicosecondsPerClock) + ClocksBetween);
        _picoseconds %= PicosecondsPerClock;
        if (mosi[0] == Acknowledge)
        {
            InterruptLine = false;
        }
        else if (mosi[0] == Job)
        {
            _jobs.Enqueue(mosi[1] * 1000);
            _left = _left == 0 ? _jobs.Dequeue() : _left;
        }
    }

    public long Run(long clocks)
    {
        Runs++;
        long before = Clocks;
        while (clocks > 0 && IsBusy)
        {
            long some = Math.Min(clocks, _left);
            Pass(some);
            clocks -= some;
        }

        return Clocks - before;
    }

    public void Dispose() => IsDisposed = true;

    private void Pass(long clocks)
    {
        for (; clocks > 0; clocks--)
        {
            if (++Clocks == FailsAt)
            {
                throw new InvalidOperationException("the core fails");
            }

            if (_left > 0 && --_left == 0)
            {
                Ends.Add(Clocks);
                InterruptLine = true;
                _left = _jobs.TryDequeue(out long next) ? next : 0;
            }
        }
    }
}
