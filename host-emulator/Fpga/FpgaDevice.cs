// The co-processor as a device on a board's SPI bus: lets its core live in world time, and brings its interrupt line to the board.
// Invariants: the core is never behind the selection that begins; while it is busy it follows the world in steps of a microsecond, so
// its interrupt is at most that late; while it is not, it costs nothing. It is a board of its own, with its own power: what happens
// to the board that drives it does not touch it. A core that fails ends the run, also when a program's transfer found it out.
namespace Tern.HostEmulator;

/// <summary>A co-processor on the bus: the model, or the RTL.</summary>
public sealed class FpgaDevice : ISpiDevice, IDisposable
{
    /// <summary>What a clock of the core takes: 100 MHz.</summary>
    public const long ClockNanoseconds = 10;

    private const long StepClocks = 100;

    private readonly World _world;
    private readonly InterruptLines? _lines;
    private readonly int _line;
    private readonly Step _step;

    private BoardCrashException? _defect;

    // Clocks of world time that the core has lived, or slept, through.
    private long _clocks;

    /// <summary>Makes a device that is plugged.</summary>
    /// <param name="world">Whose time it lives in.</param>
    /// <param name="core">What it is; the device disposes of it.</param>
    /// <param name="lines">The board's interrupt controller, or <c>null</c> when its interrupt is not wired.</param>
    /// <param name="line">The line of its interrupt.</param>
    public FpgaDevice(World world, IFpgaCore core, InterruptLines? lines = null, int line = 0)
    {
        _world = world;
        Core = core;
        _lines = lines;
        _line = line;
        _step = new Step(this);
    }

    /// <summary>What it is called when it fails.</summary>
    public string Name { get; init; } = "fpga";

    /// <summary>What stands behind the wires.</summary>
    public IFpgaCore Core { get; }

    /// <inheritdoc/>
    public bool IsPlugged { get; private set; } = true;

    /// <inheritdoc/>
    public void Exchange(long time, ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte)
    {
        try
        {
            CatchUp(time);
            long before = Core.Clocks;
            Core.Exchange(mosi, miso, picosecondsPerByte);
            _clocks += Core.Clocks - before;
            Follow();
        }
        catch (Exception e)
        {
            _defect = e as BoardCrashException ?? new BoardCrashException(Name, time, e);
            miso.Fill(SpiBus.Floating);
            _world.Schedule(_step, _world.Now);         // thrown from here, the kernel would take it for the driver's
        }
    }

    /// <summary>Pulls it from the board, and from its clock: MISO floats, the interrupt line falls, nothing goes on.</summary>
    public void Unplug()
    {
        if (IsPlugged)
        {
            CatchUp(_world.Now);
            IsPlugged = false;
            _world.Cancel(_step);
            _lines?.SetLevel(_line, false);
        }
    }

    /// <summary>Plugs it in again. It comes back from its reset; the memory holds what it held.</summary>
    public void Plug()
    {
        if (!IsPlugged)
        {
            IsPlugged = true;
            _clocks = Math.Max(_clocks, _world.Now / ClockNanoseconds);
            Reset();
        }
    }

    /// <summary>Resets it, in whatever it is at: jobs are lost, the memory holds what it holds. Without effect while it is unplugged.</summary>
    public void Reset()
    {
        if (IsPlugged)
        {
            CatchUp(_world.Now);
            long before = Core.Clocks;
            Core.Reset();
            _clocks += Core.Clocks - before;
            Follow();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Core.Dispose();

    /// <summary>Lets the core live up to a world time.</summary>
    private void CatchUp(long time)
    {
        long due = (time / ClockNanoseconds) - _clocks;
        if (due <= 0)
        {
            return;
        }

        try
        {
            _ = Core.IsBusy ? Core.Run(due) : 0;        // it returns early when nothing is left to do; the rest it sleeps through
            _clocks += due;
        }
        catch (Exception e)
        {
            throw new BoardCrashException(Name, time, e);
        }
    }

    /// <summary>Brings the line to the board, and sees to it that a busy core goes on.</summary>
    private void Follow()
    {
        _lines?.SetLevel(_line, Core.InterruptLine);
        if (Core.IsBusy)
        {
            _world.Schedule(_step, (_clocks + StepClocks) * ClockNanoseconds);
        }
    }

    private sealed class Step(FpgaDevice device) : WorldEvent
    {
        protected internal override void Fire()
        {
            if (device._defect is not null)
            {
                throw device._defect;
            }

            device.CatchUp(device._world.Now);
            device.Follow();
        }
    }
}
