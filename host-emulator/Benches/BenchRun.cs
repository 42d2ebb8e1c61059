// One run of a bench: makes the world that its file describes, lets it live until the expectations hold, and judges.
// Invariant: in virtual time the same bench, seed and options give the same log, reports and result.
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A bench in a world. Run it once.</summary>
public sealed class BenchRun : IDisposable
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
    private readonly List<string> _failures = [];

    /// <summary>Makes the world; nothing runs yet.</summary>
    public BenchRun(Bench bench, BenchOptions options)
    {
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(options);
        _bench = bench;
        _options = options;
        World = new World(options.Seed, options.RealTime ? new RealTimeline() : new VirtualTimeline());
        _starts = World.RandomFor("start offsets");
        Network = new VirtualNetwork(World, bench.Network);
        if (options.RealSockets)
        {
            _tcp = new TcpNetwork(World);
            _owned.Add(_tcp);
        }

        Expectations = bench.NewExpectations();
        Reports.Added += OnReport;
        foreach (BenchBoard board in bench.Boards)
        {
            Add(board);
        }

        foreach (BenchFault fault in bench.Faults)
        {
            World.At(fault.Time, () => Apply(fault));
        }
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>The network between the boards, unless they use real sockets.</summary>
    public VirtualNetwork Network { get; }

    /// <summary>The boards in the bench's order.</summary>
    public IReadOnlyList<VirtualBoard> Boards => _boards;

    /// <summary>All reports.</summary>
    public ReportLog Reports { get; } = new();

    /// <summary>Who moved.</summary>
    public MoveTracker Moves { get; } = new();

    /// <summary>What is expected, and whether it holds.</summary>
    public IReadOnlyList<Expectation> Expectations { get; }

    /// <summary>A board of the bench.</summary>
    public VirtualBoard Board(string name) => _boards.Single(board => board.Name == name);

    /// <summary>A board's network.</summary>
    public VirtualSockets Sockets(string name) => _sockets[name];

    /// <summary>Runs until all expectations hold, one cannot hold any more, or the time is over.</summary>
    /// <param name="progress">Is told the world time in nanoseconds after every second of it.</param>
    public BenchResult Run(Action<long>? progress = null)
    {
        long within = _options.WithinNanoseconds == 0 ? _bench.WithinNanoseconds : _options.WithinNanoseconds;
        StopReason reason = StopReason.Asked;
        try
        {
            long until = 0;
            do
            {
                progress?.Invoke(until);
                until = progress is null ? within : Math.Min(until + ProgressStepNanoseconds, within);
                reason = World.Run(until);
            }
            while (reason == StopReason.TimeLimit && until < within);
        }
        catch (BoardCrashException e)
        {
            _failures.Add($"{e.Message} (a defect of Tern; seed {_options.Seed.ToString(CultureInfo.InvariantCulture)} replays it)\n{e.InnerException}");
        }

        return new BenchResult(_bench, _options.Seed, World, reason, Moves, Expectations, _failures);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }
    }

    private void Add(BenchBoard description)
    {
        BoardProfile profile = description.Kind.NewProfile(description.Memory, description.PageSize);
        profile.Name = description.Name;
        profile.Mac = description.Address.Mac;
        profile.Capabilities = description.Capabilities == 0 ? profile.Capabilities : description.Capabilities;

        var board = new VirtualBoard(World, profile, description.Kind.Cost, _options.MachineOf);
        var crypto = new HostCrypto(_bench.Name);
        _owned.Add(crypto);
        board.Crypto = crypto;
        board.Console = _options.Log is null ? new NullConsole() : new BoardConsole(description.Name, _options.Log);
        board.Reports = new BoardReports(board, Reports);
        board.Interrupts = description.Interrupts == 0 ? null : new InterruptLines(board, description.Interrupts);
        board.Storage = NewStorage(description);
        board.Modules = NewModules(description);
        board.BootFailed += error => Fail($"board {board.Name} did not boot: {Errors.Name(error)}. Look at its <config>, memory and capabilities.");
        if (description.Address.Address != 0 && _tcp is not null)
        {
            _tcp.Attach(board, description.Address, description.Sockets == 0 ? _bench.Network.MaxSockets : description.Sockets);
        }
        else if (description.Address.Address != 0)
        {
            _sockets.Add(description.Name, Network.Attach(board, description.Address, description.Link, description.Sockets));
        }

        _boards.Add(board);
        board.PowerOn(description.StartNanoseconds ?? _starts.Below(StartSpreadNanoseconds));
    }

    private BootModules NewModules(BenchBoard description)
    {
        BootModules modules = new BootModules(_options.Programs).With("config", description.Config);
        foreach ((string name, string content) in description.Roms)
        {
            modules.With(name, content);
        }

        return modules;
    }

    private IBlockDevice? NewStorage(BenchBoard description)
    {
        if (description.Storage == 0)
        {
            return null;
        }

        int blocks = (int)(description.Storage / description.StorageBlock);
        if (_options.StorageDirectory is null)
        {
            return new MemoryDisk(description.StorageBlock, blocks);
        }

        var disk = new FileDisk(Path.Combine(_options.StorageDirectory, description.Name + ".disk"), description.StorageBlock, blocks);
        _owned.Add(disk);
        return disk;
    }

    private void Apply(BenchFault fault)
    {
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
                Array.ForEach(sockets, board => board.SetCable(fault.Kind == FaultKind.Plug));
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
        bool allHold = Expectations.Count > 0;
        foreach (Expectation expectation in Expectations)
        {
            expectation.Add(report, Moves);
            allHold &= expectation.Holds;
            if (expectation.IsHopeless)
            {
                World.Stop();
            }
        }

        if (allHold)
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
