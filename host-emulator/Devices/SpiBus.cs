// A virtual board's SPI bus: devices by name, each with its own chip select and rate.
// Invariants: a transfer keeps the board busy for as long as its bits take and for the gap after it, no nanosecond gets lost; a device sees
// what goes out as it was before anything came in, also when both are the same memory; nothing is allocated after boot.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>The SPI bus of a board. What it charges is told in docs/cost-model.md.</summary>
public sealed class SpiBus : ISpiBus
{
    /// <summary>Most bytes of one transfer: an ESP32's, whose driver asks for memory that its DMA reaches.</summary>
    public const int Longest = 16384;

    /// <summary>From a transfer's last bit until the processor goes on: the driver's and the interpreter's part. Assumed.</summary>
    public const long GapPicoseconds = 25_000_000;

    /// <summary>What an open MISO line reads as: it has a pull-up.</summary>
    public const byte Floating = 0xFF;

    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private const int BitsPerByte = 8;

    private readonly VirtualBoard _board;
    private readonly List<Wire> _wires = [];
    private readonly byte[] _output = new byte[Longest];

    /// <summary>Makes a bus with nothing on it.</summary>
    public SpiBus(VirtualBoard board) => _board = board;

    /// <summary>Wires a device.</summary>
    /// <param name="name">The name under which components ask for it.</param>
    /// <param name="device">The device.</param>
    /// <param name="clockHz">The rate of its bits, at least 10 kHz.</param>
    public void Add(string name, ISpiDevice device, int clockHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clockHz, 10_000);
        _wires.Add(new Wire(name, device, clockHz, (int)(BitsPerByte * PicosecondsPerSecond / clockHz)));
    }

    /// <summary>The device of a name.</summary>
    public ISpiDevice Device(string name) => _wires[Find(name)].Device;

    /// <inheritdoc/>
    public int Find(string name) => _wires.FindIndex(wire => wire.Name == name);

    /// <inheritdoc/>
    public int ClockHz(int device) => _wires[device].ClockHz;

    /// <inheritdoc/>
    public int LongestTransfer(int device) => Longest;

    /// <inheritdoc/>
    public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
    {
        Wire wire = _wires[device];
        Span<byte> miso = input.AsSpan(inAt, length);
        Span<byte> mosi = _output.AsSpan(0, length);
        output.AsSpan(outAt, length).CopyTo(mosi);
        long begin = _board.Now;
        _board.Clock.Occupy((BitsPerByte * PicosecondsPerSecond * length / wire.ClockHz) + GapPicoseconds);
        if (wire.Device.IsPlugged)
        {
            wire.Device.Exchange(begin, mosi, miso, wire.PicosecondsPerByte);       // an interrupt of it finds the board after the transfer
        }
        else
        {
            miso.Fill(Floating);
        }

        return true;
    }

    private sealed record Wire(string Name, ISpiDevice Device, int ClockHz, int PicosecondsPerByte);
}
