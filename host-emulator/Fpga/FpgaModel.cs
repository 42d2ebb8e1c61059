// The co-processor as a behavioural model: the parts that the RTL has, put together, and the clock that they share.
// Invariants: what happens by itself happens at its clock, before anything that comes later; the same bytes at the same clocks give the same
// answers. Compared with the RTL frame by frame in tests/HostEmulator.Tests/Fpga.
using Tern.Fpga;

namespace Tern.HostEmulator;

/// <summary>The co-processor in C#: what hw/rtl does, byte for byte, with the clocks that <see cref="FpgaTiming"/> says.</summary>
public sealed class FpgaModel : IFpgaCore
{
    private const int ResetClocks = 18;

    private readonly byte[] _memory;
    private readonly FpgaDirtyMap _map = new();
    private readonly FpgaInterceptor _interceptor;
    private readonly FpgaRunner _runner;
    private readonly FpgaCommandDecoder _decoder;
    private readonly FpgaFrameReceiver _receiver = new();
    private readonly FpgaFrameSender _sender;
    private int _fraction;

    /// <summary>A core after its reset, with a memory of zeroes.</summary>
    /// <param name="memorySize">Bytes, a power of two from 4096 to 2^28.</param>
    /// <param name="timing">How long the memory makes the engine wait; <see cref="FpgaTiming.Default"/> if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such memory.</exception>
    public FpgaModel(int memorySize, FpgaTiming? timing = null)
    {
        FpgaChecks.MemorySize(memorySize);
        _memory = new byte[memorySize];
        _interceptor = new FpgaInterceptor(_memory, _map);
        var engine = new FpgaEngine(_memory, _interceptor, _map);
        _runner = new FpgaRunner(engine, timing ?? FpgaTiming.Default);
        _decoder = new FpgaCommandDecoder(_runner, _interceptor);
        _sender = new FpgaFrameSender(_decoder, engine);
        _decoder.Reset();
    }

    /// <inheritdoc/>
    public int MemorySize => _memory.Length;

    /// <inheritdoc/>
    public Span<byte> Memory => _memory;

    /// <inheritdoc/>
    public long Clocks { get; private set; }

    /// <inheritdoc/>
    public bool InterruptLine => _decoder.InterruptLine;

    /// <inheritdoc/>
    public bool IsBusy => _runner.Count > 0 || _runner.Stopping;

    /// <inheritdoc/>
    public void ReadDirtyMap(Span<byte> bits) => _map.Bits.CopyTo(bits);

    /// <inheritdoc/>
    public void Reset()
    {
        _runner.Reset(Clocks);
        _interceptor.Reset();
        _decoder.Reset();
        Clocks += ResetClocks;
    }

    /// <inheritdoc/>
    public void Exchange(ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte)
    {
        FpgaChecks.Selection(mosi.Length, miso.Length, picosecondsPerByte);
        _receiver.Begin();
        _sender.Begin();
        byte output = _sender.At(0), second = _sender.At(1), next = _sender.At(FpgaReply.Sequence);
        for (int index = 0; index < mosi.Length; index++)
        {
            Pass(ClocksOf(picosecondsPerByte));
            _receiver.Take(mosi[index], _decoder.IsBufferBusy);
            miso[index] = output;

            // The slave takes the next byte now, and the sender fetches the one after it.
            output = index == 0 ? second : next;
            next = index == 0 ? next : _sender.At(index + 2);
        }

        Pass(FpgaTiming.Decoding);
        if (mosi.Length > 0)
        {
            Execute();
        }

        Pass(FpgaLimits.Pause - FpgaTiming.Decoding);
    }

    /// <inheritdoc/>
    public long Run(long clocks)
    {
        long start = Clocks;
        while (IsBusy && _runner.Next <= start + clocks)
        {
            Pass(_runner.Next - Clocks);
        }

        if (IsBusy)
        {
            Clocks = start + clocks;
        }

        return Clocks - start;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    private void Execute()
    {
        byte verdict = _receiver.End();
        if (verdict == FpgaLink.Taken)
        {
            _decoder.Take(_receiver, Clocks);
        }
        else
        {
            _decoder.Refuse(verdict);
        }
    }

    /// <summary>Lets clocks pass, and what happens by itself in them happen.</summary>
    private void Pass(long clocks)
    {
        long end = Clocks + clocks;
        while (_runner.Next <= end)
        {
            Clocks = _runner.Next;
            if (_runner.End() is { } ending)
            {
                _decoder.Finished(ending);
            }
        }

        Clocks = end;
    }

    private int ClocksOf(int picoseconds)
    {
        long time = (long)_fraction + picoseconds;
        _fraction = (int)(time % FpgaLimits.ClockPicoseconds);
        return (int)(time / FpgaLimits.ClockPicoseconds);
    }
}
