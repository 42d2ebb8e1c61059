// A sensor outside of the boards: a toothed wheel, whose teeth pulse a line of every board that it is wired to.
// Invariant: one tooth pulses all boards at the same time; a board that is switched off sees nothing.
namespace Tern.HostEmulator;

/// <summary>Pulses lines for as long as the world lasts.</summary>
internal sealed class PulseSource : WorldEvent
{
    private readonly World _world;
    private readonly PulseModel _model;
    private readonly SeededRandom _random;
    private readonly List<(VirtualBoard Board, InterruptLines Lines, int Line)> _wires = [];
    private readonly List<(VirtualBoard Board, PulseCounter Counter)> _counters = [];

    internal PulseSource(World world, PulseModel model)
    {
        _world = world;
        _model = model;
        _random = world.RandomFor("pulses of " + model.Interrupt);
    }

    /// <summary>Wires the sensor to a board.</summary>
    internal void Connect(VirtualBoard board, InterruptLines lines, int line) => _wires.Add((board, lines, line));

    /// <summary>Wires the sensor to a board's counter.</summary>
    internal void Connect(VirtualBoard board, PulseCounter counter) => _counters.Add((board, counter));

    /// <summary>Schedules the next pulse.</summary>
    internal void Turn() => _world.Schedule(this, _world.Now + _model.PeriodNanoseconds + _random.Below(_model.JitterNanoseconds + 1));

    protected internal override void Fire()
    {
        foreach ((VirtualBoard board, InterruptLines lines, int line) in _wires)
        {
            if (board.Machine is not null)
            {
                lines.Pulse(line);
            }
        }

        foreach ((VirtualBoard board, PulseCounter counter) in _counters)
        {
            if (board.Machine is not null)
            {
                counter.Pulse();
            }
        }

        Turn();
    }
}
