// One run of a bench: makes the world that its file describes, lets it live until the expectations hold, and judges.
// Invariants: in virtual time the same bench, seed and options give the same log, reports and result; what observes a run and fails
// ends it without a result, and changes nothing before.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>A bench in a world. Run it once.</summary>
public sealed partial class BenchRun : IDisposable
{
    private const long StartSpreadNanoseconds = 1_000_000;
    private const long ProgressStepNanoseconds = 1_000_000_000;

    private readonly Bench _bench;
    private readonly BenchOptions _options;
    private readonly SeededRandom _starts;
    private readonly List<VirtualBoard> _boards = [];
    private readonly Dictionary<string, VirtualSockets> _sockets = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _owned = [];
    private readonly TcpNetwork? _tcp;
    private readonly ErrorWatch? _errors;
    private readonly Observation _observation;
    private readonly FirstError _log;
    private readonly Complaints _complaints;
    private readonly WaitWatch _waits;
    private readonly Watchdog _watchdog;
    private readonly List<string> _failures = [];
    private readonly bool _canBeOver;
    private readonly HashSet<string> _programs = new(StringComparer.Ordinal);
    private bool _hasInit;
    private volatile bool _isInterrupted;

    /// <summary>Makes the world; nothing runs yet.</summary>
    public BenchRun(Bench bench, BenchOptions options)
    {
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(options);
        _bench = bench;
        _options = options;
        World = new World(options.Seed, options.RealTime ? new RealTimeline() : new VirtualTimeline());
        _observation = new Observation(World);
        Reports = new ReportLog(_observation);
        ObservedLog? shown = options.Log is null ? null : new ObservedLog(_observation, options.Log);
        _errors = bench.LogErrorsFail ? new ErrorWatch(shown) : null;
        _log = new FirstError(World, _errors is null ? shown : _errors);
        _complaints = new Complaints(World, _log);
        _waits = new WaitWatch(World, _boards, _complaints, bench.WaitWarningNanoseconds);
        _watchdog = new Watchdog(World, options.Watchdog, options.WatchdogInterrupts, options.WatchdogTime, () => Whereabouts.Of(World));
        _owned.Add(_watchdog);
        _starts = World.RandomFor("start offsets");
        Network = new VirtualNetwork(World, bench.Network);
        if (options.RealSockets)
        {
            _tcp = new TcpNetwork(World);
            _owned.Add(_tcp);
        }

        Expectations = bench.NewExpectations();

        // What must never happen holds from the beginning: it is no reason to end a run, and mostly one to go on.
        _canBeOver = Expectations.Any(expectation => !expectation.IsNever) && !Expectations.Any(expectation => expectation.IsOfTheEnd);
        Reports.Added += OnReport;
        _ = options.ImageDirectory is null ? null : new ImageKeeper(options.ImageDirectory, this, (board, text) =>
            _log.Write(new LogLine(board, "[emulator] Warning: " + text)));
        _ = options.CapabilityDirectory is null ? null : new CapabilityDumper(options.CapabilityDirectory, this);
        foreach (BenchBoard board in bench.Boards)
        {
            Add(board);
        }

        foreach (PulseModel pulses in bench.Pulses)
        {
            AddPulses(pulses);
        }

        foreach (Expectation expectation in Expectations)
        {
            expectation.Begin(this);
        }

        foreach (BenchFault fault in bench.Faults)
        {
            World.At(fault.Time, () => Apply(fault));
        }

        foreach (BenchSleep sleep in bench.Sleeps)
        {
            World.At(sleep.Time, () => Apply(sleep));
        }
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>The network between the boards, unless they use real sockets.</summary>
    public VirtualNetwork Network { get; }

    /// <summary>The boards in the bench's order.</summary>
    public IReadOnlyList<VirtualBoard> Boards => _boards;

    /// <summary>All reports.</summary>
    public ReportLog Reports { get; }

    /// <summary>Who moved.</summary>
    public MoveTracker Moves { get; } = new();

    /// <summary>Which boards slept.</summary>
    public SleepTracker Sleeps { get; } = new();

    /// <summary>What is expected, and whether it holds.</summary>
    public IReadOnlyList<Expectation> Expectations { get; }

    /// <summary>A board of the bench.</summary>
    public VirtualBoard Board(string name) => _boards.Single(board => board.Name == name);

    /// <summary>A board's network.</summary>
    public VirtualSockets Sockets(string name) => _sockets[name];

    /// <summary>Runs until all expectations hold, one cannot hold any more, or the time is over.</summary>
    /// <param name="progress">Is told the world time in nanoseconds after every second of it.</param>
    /// <exception cref="IOException">What observes the run, or keeps its disks, could not be written.</exception>
    /// <exception cref="WatchdogException">An event, such as a handler, did not end.</exception>
    public BenchResult Run(Action<long>? progress = null)
    {
        BenchResult? result = null;
        _waits.Begin();
        _watchdog.Run(() => result = RunToEnd(progress));
        return result!;
    }

    private BenchResult RunToEnd(Action<long>? progress)
    {
        long within = _options.WithinNanoseconds == 0 ? _bench.WithinNanoseconds : _options.WithinNanoseconds;
        StopReason reason = StopReason.Asked;
        try
        {
            long until = 0;
            do
            {
                progress?.Invoke(until);
                until = Math.Min(until + ProgressStepNanoseconds, within);
                reason = World.Run(until);
            }
            while (reason == StopReason.TimeLimit && until < within && !_isInterrupted);
        }
        catch (BoardCrashException e)
        {
            _failures.Add($"{e.Message} (a defect of Tern; seed {_options.Seed.ToString(CultureInfo.InvariantCulture)} replays it)\n{e.InnerException}");
        }

        _observation.End();
        _complaints.Summarise();
        if (_isInterrupted)
        {
            _failures.Add($"the run was interrupted after {Quantity.Time(World.Now)}");
        }
        else if (NothingRan)
        {
            _failures.Add("no component was started on any board, and nothing was expected. Look at the <start> nodes of each <config>; then say in <expect> what should happen");
        }

        return new BenchResult(_bench, _options.Seed, World, reason, Moves, Sleeps, Expectations, [.. _failures, .. _errors?.Failures ?? []])
        {
            Waits = [.. _waits.Still()],
            Explanation = _log.Line ?? _complaints.First,
        };
    }

    /// <summary>Ends the run soon; from any thread.</summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        World.Stop();
    }

    /// <summary>Whether the boards ran nothing but init, and nothing was expected to happen. A bench without init has programs of its own.</summary>
    private bool NothingRan => _hasInit && _programs.Count == 1 && Expectations.All(expectation => expectation.IsNever);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }
    }

    private void Apply(BenchFault fault)
    {
        IEnumerable<string> affected = fault.Kind == FaultKind.Heal ? _boards.Select(board => board.Name) : fault.Boards;
        foreach (string name in affected)
        {
            _log.Write(new LogLine(name, $"[emulator] {fault.Word}"));
        }

        VirtualSockets[] sockets = [.. fault.Boards.Where(_sockets.ContainsKey).Select(Sockets)];
        switch (fault.Kind)
        {
            case FaultKind.PowerOff:
                fault.Boards.ToList().ForEach(PowerOff);
                break;
            case FaultKind.PowerOn:
                fault.Boards.ToList().ForEach(name => Board(name).PowerOn(World.Now));
                break;
            case FaultKind.Unplug or FaultKind.Plug:
                fault.Boards.ToList().ForEach(name => Plug(name, fault.Kind == FaultKind.Plug));
                break;
            case var kind when fault.IsOfFpgas:
                fault.Boards.ToList().ForEach(name => ApplyToFpgas(name, kind));
                break;
            case FaultKind.Partition:
                Network.Partition(sockets);
                break;
            default:
                Network.Heal();
                break;
        }
    }

    private void PowerOff(string name)
    {
        Board(name).PowerOff();
        Reports.Add(new Report(World.Now, name, "emulator", ReportWords.PowerOff));
    }

    private void OnReport(Report report)
    {
        Moves.Add(report);
        Sleeps.Add(report);
        bool isOver = _canBeOver;
        foreach (Expectation expectation in Expectations)
        {
            expectation.Add(report, Moves);
            isOver &= expectation.Holds;
            if (expectation.IsHopeless)
            {
                World.Stop();
            }
        }

        if (isOver)
        {
            World.Stop();
        }
    }

    private void Fail(string failure)
    {
        _failures.Add(failure);
        World.Stop();
    }
}
