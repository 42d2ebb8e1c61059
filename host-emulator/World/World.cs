// One loop in one thread drives a whole bench: take the event with the smallest time (ties are broken by the seed),
// go to that time, let it happen.
// Invariants: world time never goes back; an event is never earlier than the world; in virtual time the same seed and
// the same calls give the same run, byte for byte; the cost of an event does not grow with the number of boards but
// by the logarithm of the queue.
namespace Tern.HostEmulator;

/// <summary>Boards, networks and faults that share one time and one seed.</summary>
public sealed class World
{
    private readonly EventQueue _queue;
    private readonly SeededRandom _random;
    private IOutside? _outside;
    private Action? _look;
    private long _lookPeriod;
    private long _nextLook = long.MaxValue;
    private long _busy;
    private bool _stop;

    /// <summary>Makes an empty world.</summary>
    /// <param name="seed">Decides event orders, delays, losses and start offsets.</param>
    /// <param name="timeline">Virtual time when not given.</param>
    public World(ulong seed, Timeline? timeline = null)
    {
        Seed = seed;
        Timeline = timeline ?? new VirtualTimeline();
        _random = new SeededRandom(seed);
        _queue = new EventQueue(_random.Derive("event order"));
    }

    /// <summary>What decides this run.</summary>
    public ulong Seed { get; }

    /// <summary>Virtual or real time.</summary>
    public Timeline Timeline { get; }

    /// <summary>Nanoseconds since the world began.</summary>
    public long Now => Timeline.Now;

    /// <summary>How many events have happened.</summary>
    public long EventCount { get; private set; }

    /// <summary>A random stream of the seed for one purpose.</summary>
    public SeededRandom RandomFor(string purpose) => _random.Derive(purpose);

    /// <summary>Schedules an event, or moves it. A time that has passed means now.</summary>
    public void Schedule(WorldEvent e, long time) => _queue.Schedule(e, Math.Max(time, Now));

    /// <summary>Lets something happen at a time: a fault, a test's step.</summary>
    public void At(long time, Action action) => Schedule(new WorldAction(action), time);

    /// <summary>Takes an event out of the queue, if it is there.</summary>
    public void Cancel(WorldEvent e) => _queue.Cancel(e);

    /// <summary>The number of the event that is happening; 0 between events. Other threads may ask.</summary>
    internal long Busy => Volatile.Read(ref _busy);

    /// <summary>The board that runs, while one does.</summary>
    internal VirtualBoard? RunningBoard { get; set; }

    /// <summary>Lets somebody look at the world again and again. That is no event: it changes neither the order nor the number of these.</summary>
    internal void Every(long period, Action look)
    {
        _lookPeriod = Math.Max(period, 1);
        _nextLook = Now + _lookPeriod;
        _look = look;
    }

    /// <summary>Ends <see cref="Run"/> after the event that is happening.</summary>
    public void Stop() => _stop = true;

    /// <summary>Lets something outside of this process take part, such as real sockets; real time only.</summary>
    /// <exception cref="InvalidOperationException">The world has virtual time.</exception>
    public void Connect(IOutside outside) =>
        _outside = Timeline is RealTimeline ? outside : throw new InvalidOperationException("the outside has no virtual time");

    /// <summary>Lets events happen in their order.</summary>
    /// <param name="until">The last nanosecond of world time that still happens.</param>
    public StopReason Run(long until = long.MaxValue)
    {
        _stop = false;
        while (!_stop)
        {
            WorldEvent? next = _queue.First;
            long due = Math.Min(Math.Min(next?.Time ?? long.MaxValue, until), _nextLook);
            if (_outside is not null && _outside.Pump(due - Now))
            {
                continue;           // something came in; it may be due first
            }

            if (next is null && _outside is null)
            {
                return StopReason.Quiet;
            }

            Timeline.GoTo(due);
            if (_look is not null && due == _nextLook)
            {
                _nextLook = Math.Max(_nextLook + _lookPeriod, Now);
                _look();
                continue;
            }

            if (next is null || next.Time > until)
            {
                return StopReason.TimeLimit;
            }

            _queue.Take();
            EventCount++;
            Volatile.Write(ref _busy, EventCount);
            next.Fire();
            Volatile.Write(ref _busy, 0);
        }

        return StopReason.Asked;
    }
}
