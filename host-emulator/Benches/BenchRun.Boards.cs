// How a run makes its boards: what the file says becomes a board with its devices, switched on when the file or the seed says.
using Tern.Kernel;
using Tern.Os;

namespace Tern.HostEmulator;

public sealed partial class BenchRun
{
    private void Add(BenchBoard description)
    {
        BoardProfile profile = description.Kind.NewProfile(description.Memory, description.PageSize);
        profile.Name = description.Name;
        profile.Mac = description.Address.Mac;
        profile.HandlerBudgetNanoseconds = description.HandlerBudgetNanoseconds;
        profile.Capabilities = description.Capabilities == 0 ? profile.Capabilities : description.Capabilities;

        var board = new VirtualBoard(World, profile, description.Kind.Cost, _options.MachineOf);
        var crypto = new HostCrypto(_bench.Name);
        _owned.Add(crypto);
        board.Crypto = crypto;
        board.Console = new BoardConsole(description.Name, _log);
        board.Diagnostics = new BoardDiagnostics(board, description.Config, _complaints);
        board.Trace = _options.Trace?.DoorOf(board);
        board.Reports = new BoardReports(board, Reports);
        board.Interrupts = description.Interrupts == 0 ? null : new InterruptLines(board, description.Interrupts, description.Wiring);
        board.IoMemory = NewWindows(description);
        board.Spi = NewBus(board, description);
        board.Storage = NewStorage(description);
        AddSleep(board);
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

    /// <summary>Wires a sensor to the boards that have its interrupt, and sets it going.</summary>
    private void AddPulses(PulseModel model)
    {
        var source = new PulseSource(World, model);
        foreach (BenchBoard board in _bench.Boards)
        {
            if (board.Wiring.TryGetValue(model.Interrupt, out int line))
            {
                source.Connect(Board(board.Name), (InterruptLines)Board(board.Name).Interrupts!, line);
            }

            foreach (string window in board.Counters.Where(counter => counter.Value == model.Interrupt).Select(counter => counter.Key))
            {
                source.Connect(Board(board.Name), (PulseCounter)((IoMemory)Board(board.Name).IoMemory!).Device(window));
            }
        }

        source.Turn();
    }

    private static IoMemory? NewWindows(BenchBoard description)
    {
        if (description.Counters.Count == 0)
        {
            return null;
        }

        var windows = new IoMemory();
        foreach (string window in description.Counters.Keys.Order(StringComparer.Ordinal))
        {
            windows.Add(window, new PulseCounter());
        }

        return windows;
    }

    private BootModules NewModules(BenchBoard description)
    {
        string place = XmlOrigin.Write(description.ConfigPlace.Line, description.ConfigPlace.Column);
        Func<string, Program?> programOf = _options.Programs ?? Programs.Make;
        BootModules modules = new BootModules(name =>
        {
            Program? program = programOf(name);
            _ = program is not null && _programs.Add(name);
            _hasInit |= program is Os.Init;
            return program;
        }).With("config", place + description.Config);
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

        var disk = new FileDisk(Path.Combine(_options.StorageDirectory, description.Name + ".disk"), description.StorageBlock, blocks, _observation.Fail);
        _owned.Add(disk);
        return disk;
    }
}
