// The co-processor's RTL itself, made a native library by Verilator (hw/cosim).
// Invariant: a rule of AXI that the core breaks ends the run; nobody works on with a core that does.
using System.Runtime.InteropServices;

namespace Tern.HostEmulator;

/// <summary>The co-processor as hw/rtl has it, clock by clock.</summary>
public sealed unsafe class RtlCore : IFpgaCore
{
    private readonly RtlLibrary _library = RtlLibrary.Instance;
    private nint _core;

    /// <summary>A core after its reset, with a memory of zeroes.</summary>
    /// <param name="memorySize">Bytes, a power of two from 4096 to 2^28.</param>
    /// <param name="options">What surrounds it; the defaults if null.</param>
    /// <exception cref="RtlLibraryException">The native library is missing or cannot be used.</exception>
    /// <exception cref="ArgumentException">No such memory, or an option is out of range.</exception>
    public RtlCore(int memorySize, RtlOptions? options = null)
    {
        FpgaChecks.MemorySize(memorySize);
        options ??= new RtlOptions();
        MemorySize = memorySize;
        _core = _library.Create(memorySize, options.Timing.ReadLatency, options.Timing.WriteLatency, options.BackPressure, options.Seed,
            options.Pins ? 1 : 0);
        if (_core == 0)
        {
            throw new ArgumentException($"the RTL's library refuses {options}", nameof(options));
        }
    }

    /// <inheritdoc/>
    public int MemorySize { get; }

    /// <inheritdoc/>
    public Span<byte> Memory => new(_library.Memory(Core), MemorySize);

    /// <inheritdoc/>
    public long Clocks => _library.Clocks(Core);

    /// <inheritdoc/>
    public bool InterruptLine => _library.Interrupt(Core) != 0;

    /// <inheritdoc/>
    public bool IsBusy => _library.Busy(Core) != 0;

    private nint Core
    {
        get
        {
            ObjectDisposedException.ThrowIf(_core == 0, this);
            return _core;
        }
    }

    /// <inheritdoc/>
    public void ReadDirtyMap(Span<byte> bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits.Length, FpgaLimits.Map / 8);
        fixed (byte* at = bits)
        {
            _library.DirtyMap(Core, at);
        }
    }

    /// <inheritdoc/>
    public void Reset() => _library.Reset(Core);

    /// <inheritdoc/>
    public void Exchange(ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte)
    {
        FpgaChecks.Selection(mosi.Length, miso.Length, picosecondsPerByte);
        fixed (byte* output = mosi)
        {
            fixed (byte* input = miso)
            {
                _library.Exchange(Core, output, input, mosi.Length, picosecondsPerByte);
            }
        }

        CheckRules();
    }

    /// <inheritdoc/>
    public long Run(long clocks)
    {
        long passed = _library.Run(Core, clocks);
        CheckRules();
        return passed;
    }

    /// <summary>Frees the core and its memory, which nothing else does: a view on the memory must not outlive its owner.</summary>
    public void Dispose()
    {
        if (_core != 0)
        {
            _library.Destroy(_core);
            _core = 0;
        }
    }

    private void CheckRules()
    {
        nint fault = _library.Fault(_core);
        if (fault != 0)
        {
            throw new InvalidOperationException("the FPGA's RTL breaks a rule of AXI: " + Marshal.PtrToStringUTF8(fault));
        }
    }
}
