// The emulator's co-processor on a test board's bus: its clocks follow the board's time, and the wire between the two can be spoiled.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

/// <summary>The bus and the interrupt controller of a board whose device "fpga" is a core.</summary>
internal sealed class CoreWire(IFpgaCore core, Tern.Tests.TestBoard board, int seed) : ISpiBus, IInterrupts
{
    internal const int Line = 3;

    private const int ClockNanoseconds = 10;
    private const int PicosecondsPerByte = 307_692;         // 26 MHz
    private const int GapNanoseconds = 25_000;

    private readonly Random _random = new(seed);
    private readonly IInterrupts _inner = board;
    private long _clocks;
    private bool _level;

    internal IFpgaCore Core => core;

    /// <summary>How many selections there were.</summary>
    internal int Selections { get; private set; }

    /// <summary>Of a million bytes, how many get a flipped bit, either way.</summary>
    internal int FlipsPerMillion { get; set; }

    /// <summary>Of a thousand selections, how many end too early for the core.</summary>
    internal int CutsPerThousand { get; set; }

    /// <summary>Of a hundred interrupts, how many get lost.</summary>
    internal int LostPercent { get; set; }

    /// <summary>What happens before a selection, by its number.</summary>
    internal Action<int>? Before { get; set; }

    internal bool IsUnplugged { get; set; }

    public int Lines => _inner.Lines;

    public int Find(string name) => name == "fpga" ? 0 : -1;

    public int ClockHz(int device) => 26_000_000;

    public int LongestTransfer(int device) => 16384;

    public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
    {
        Before?.Invoke(Selections);
        Selections++;
        CatchUp();
        byte[] mosi = Spoil(output.AsSpan(outAt, length).ToArray());
        byte[] miso = new byte[length];
        board.Nanoseconds += GapNanoseconds + ((long)length * PicosecondsPerByte / 1000);
        if (IsUnplugged)
        {
            miso.AsSpan().Fill(0xff);
        }
        else
        {
            int heard = _random.Next(1000) < CutsPerThousand ? _random.Next(length) : length;
            core.Exchange(mosi.AsSpan(0, heard), miso.AsSpan(0, heard), PicosecondsPerByte);
            Follow();
        }

        Spoil(miso).CopyTo(input.AsSpan(inAt));
        return true;
    }

    /// <summary>The reset input.</summary>
    internal void Reset()
    {
        core.Reset();
        Follow();
    }

    public int LineOf(string name, int number) => _inner.LineOf(name, number);

    public int Take(out int count)
    {
        CatchUp();
        return _inner.Take(out count);
    }

    public void Mask(int line, bool masked) => _inner.Mask(line, masked);

    public int Pending(int line) => _inner.Pending(line);

    public void Clear(int line) => _inner.Clear(line);

    private void CatchUp()
    {
        long due = (board.Nanoseconds / ClockNanoseconds) - _clocks;
        if (due > 0)
        {
            _ = core.IsBusy && !IsUnplugged ? core.Run(due) : 0;
            _clocks += due;
            Follow();
        }
    }

    private void Follow()
    {
        bool rises = core.InterruptLine && !_level && !IsUnplugged;
        _level = core.InterruptLine && !IsUnplugged;
        if (rises && _random.Next(100) >= LostPercent)
        {
            board.Raise(Line);
        }
    }

    private byte[] Spoil(byte[] bytes)
    {
        for (int i = 0; i < bytes.Length && FlipsPerMillion > 0; i++)
        {
            bytes[i] ^= _random.Next(1_000_000) < FlipsPerMillion ? (byte)(1 << _random.Next(8)) : (byte)0;
        }

        return bytes;
    }
}
