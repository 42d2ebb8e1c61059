// One ECU of a bench: its devices, its power switch and its place in the world's order of events.
// Invariants: a board runs only in its own step; it is entered at its own time, which is never before the world's;
// an idle board costs nothing until its next timer or device event; switched off, it has no machine at all.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A board in the emulator. Set its devices, then switch it on.</summary>
public sealed class VirtualBoard : IBoard, IDeviceHost
{
    private readonly World _world;
    private readonly Func<IBoard, IMachine> _machineOf;
    private readonly Step _step;
    private readonly SeededRandom _powerRandom;
    private IMachine? _machine;

    /// <summary>Makes a board that is switched off.</summary>
    /// <param name="world">The world that it lives in.</param>
    /// <param name="profile">Its kind and limits.</param>
    /// <param name="cost">What work costs on it.</param>
    /// <param name="machineOf">What runs on it; Tern's kernel when not given.</param>
    public VirtualBoard(World world, BoardProfile profile, CostModel cost, Func<IBoard, IMachine>? machineOf = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(profile);
        _world = world;
        _machineOf = machineOf ?? (static board => new KernelMachine(board));
        _step = new Step(this);
        Profile = profile;
        Clock = world.Timeline.NewClock(cost);
        _powerRandom = world.RandomFor("power of " + profile.Name);
        Random = world.RandomFor("board " + profile.Name);
    }

    /// <summary>The board was switched on and is about to boot.</summary>
    public event Action? PoweredOn;

    /// <summary>The board lost its power.</summary>
    public event Action? PoweredOff;

    /// <summary>The board could not boot.</summary>
    public event Action<Error>? BootFailed;

    /// <summary>The board's name.</summary>
    public string Name => Profile.Name;

    /// <inheritdoc/>
    public BoardProfile Profile { get; }

    /// <summary>The board's clock, also in world time.</summary>
    public BoardClock Clock { get; }

    /// <summary>What runs on the board, or <c>null</c> while it is off.</summary>
    public IMachine? Machine => _machine;

    /// <summary>Whether the board sleeps: it keeps its memory and does not run.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>Where the log goes; nowhere when not set.</summary>
    public IConsole Console { get; set; } = new NullConsole();

    /// <inheritdoc/>
    public IReports? Reports { get; set; }

    /// <inheritdoc/>
    public ITrace? Trace { get; set; }

    /// <inheritdoc/>
    public IDiagnostics? Diagnostics { get; set; }

    /// <inheritdoc/>
    public IRandom Random { get; set; }

    /// <inheritdoc/>
    public ICrypto Crypto { get; set; } = new HostCrypto();

    /// <inheritdoc/>
    public IBootModules Modules { get; set; } = new BootModules();

    /// <inheritdoc/>
    public IInterrupts? Interrupts { get; set; }

    /// <inheritdoc/>
    public IIoMemory? IoMemory { get; set; }

    /// <inheritdoc/>
    public ISpiBus? Spi { get; set; }

    /// <inheritdoc/>
    public ISockets? Sockets { get; set; }

    /// <inheritdoc/>
    public IBlockDevice? Storage { get; set; }

    /// <inheritdoc/>
    public IPower? Power { get; set; }

    /// <inheritdoc/>
    public long Now => Math.Max(Clock.WorldTime, _world.Now);

    IClock IBoard.Clock => Clock;

    /// <summary>Switches the board on at a world time; it then boots.</summary>
    public void PowerOn(long time)
    {
        if (_machine is null)
        {
            _world.Schedule(_step, time);
        }
    }

    /// <summary>Cuts the power now: everything in its memory is lost.</summary>
    public void PowerOff()
    {
        _world.Cancel(_step);
        IsAsleep = false;
        if (_machine is not null)
        {
            _machine = null;
            (Storage as IPowerCut)?.CutPower(_powerRandom);
            PoweredOff?.Invoke();
        }
    }

    /// <inheritdoc/>
    public void Wake(long time)
    {
        if (_machine is null || IsAsleep)
        {
            return;
        }

        long due = Math.Max(time, Clock.WorldTime);
        if (!_step.IsScheduled || due < _step.Time)
        {
            _world.Schedule(_step, due);
        }
    }

    /// <summary>The board stops running until <see cref="WakeUp"/>; what its devices queue waits.</summary>
    internal void FallAsleep()
    {
        if (_machine is not null)
        {
            _world.Cancel(_step);
            IsAsleep = true;
        }
    }

    /// <summary>The board runs on, and finds what has queued meanwhile.</summary>
    internal void WakeUp()
    {
        IsAsleep = false;
        Wake(_world.Now);
    }

    private void Boot()
    {
        Clock.SwitchOn(_world.Now);
        (Interrupts as InterruptLines)?.Reset();
        (IoMemory as IoMemory)?.Reset();
        PoweredOn?.Invoke();
        _machine = _machineOf(this);
        Error error = _machine.Boot();
        if (error != Error.None)
        {
            _machine = null;
            BootFailed?.Invoke(error);
            return;
        }

        _world.Schedule(_step, Now);
    }

    private void Run(IMachine machine)
    {
        long begin = _world.Now;
        Clock.IdleUntil(begin);
        machine.Poll();
        if (machine.Dispatch() && machine.IsReady)
        {
            _world.Schedule(_step, Math.Max(Clock.WorldTime, begin + 1));      // even free work takes its turn
            return;
        }

        long deadline = Clock.ToWorld(machine.NextDeadlineNanoseconds);
        if (deadline != long.MaxValue)
        {
            Wake(Math.Max(deadline, begin + 1));
        }
    }

    private sealed class Step(VirtualBoard board) : WorldEvent
    {
        protected internal override void Fire()
        {
            board._world.RunningBoard = board;
            try
            {
                if (board._machine is null)
                {
                    board.Boot();
                }
                else
                {
                    board.Run(board._machine);
                }
            }
            catch (Exception e) when (e is not BoardCrashException)
            {
                throw new BoardCrashException(board.Name, board.Now, e);
            }

            board._world.RunningBoard = null;
        }
    }
}
