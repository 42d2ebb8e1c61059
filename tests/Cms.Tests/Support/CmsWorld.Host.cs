// A bench of the CMS on virtual boards: a manager, a NAS, and as many ECUs as a test wants; one program a board.
using System;
using System.Collections.Generic;
using System.Linq;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

/// <summary>Boards, network and an observer.</summary>
internal sealed class CmsWorld : ILogSink
{
    private readonly Dictionary<string, VirtualBoard> _boards = [];
    private readonly Dictionary<string, VirtualSockets> _sockets = [];
    private readonly Func<string, int> _socketsOn;
    private int _ecus;

    /// <summary>A world with a manager and a NAS.</summary>
    /// <param name="seed">Decides everything that is left open.</param>
    /// <param name="model">The network; <c>null</c> for the usual one.</param>
    /// <param name="socketsOn">How many sockets a board has; 0 for the network's number.</param>
    internal CmsWorld(ulong seed, NetworkModel? model = null, Func<string, int>? socketsOn = null)
    {
        _socketsOn = socketsOn ?? (_ => 0);
        World = new World(seed);
        Network = new VirtualNetwork(World, model);
        Manager = Add("manager", "10.0.0.2", 0x10, () => new Manager(),
            "<config port=\"1024\" nas_ip=\"10.0.2.2\" nas_port=\"1027\" rtcr_info_port=\"1025\" rtcr_migr_port=\"1026\">"
            + Socket("10.0.0.2") + "</config>");
        Nas = Add("nas", "10.0.2.2", 0x20, () => new Nas(), "<config port=\"1027\">" + Socket("10.0.2.2") + "</config>");
        Disk = new MemoryDisk(512, 2048);
        Nas.Storage = Disk;
    }

    internal World World { get; }

    internal VirtualNetwork Network { get; }

    internal VirtualBoard Manager { get; }

    internal VirtualBoard Nas { get; }

    internal MemoryDisk Disk { get; }

    internal Ledger Ledger { get; } = new();

    internal List<string> Log { get; } = [];

    public void Write(LogLine line) => Log.Add($"{World.Now / 1000} {line.Board} {line.Text}");

    internal VirtualBoard this[string name] => _boards[name];

    internal VirtualSockets SocketsOf(string name) => _sockets[name];

    /// <summary>Adds an ECU.</summary>
    internal RtcrOptions AddEcu(Func<string, RtcrOptions> options)
    {
        int number = ++_ecus;
        string name = "ecu" + number;
        string ip = "10.0.1." + (number + 1);
        RtcrOptions made = options(name);
        VirtualBoard board = Add(name, ip, 0x123456 + number, () => new TestRtcr(made),
            $"<config name=\"dummy_{number}\" ip=\"{ip}\" mac=\"{57406533673527 + number}\" manager_ip=\"10.0.0.2\" manager_port=\"1024\" info_port=\"1025\" migr_port=\"1026\">"
            + Socket(ip) + "</config>");
        board.PoweredOff += () => Ledger.Lose(name);
        return made;
    }

    /// <summary>Adds a board whose program is the test's.</summary>
    internal T AddPeer<T>(T program)
        where T : Program
    {
        int number = ++_ecus;
        string ip = "10.0.1." + (number + 1);
        Add("peer" + number, ip, 0x777700 + number, () => program, "<config>" + Socket(ip) + "</config>");
        return program;
    }

    /// <summary>Switches everything on, at times that the seed decides.</summary>
    internal CmsWorld Start()
    {
        SeededRandom random = World.RandomFor("start");
        foreach (VirtualBoard board in _boards.Values)
        {
            board.PowerOn(random.Below(20_000_000));
        }

        return this;
    }

    internal void RunFor(double seconds)
    {
        World.Run(World.Now + (long)(seconds * 1e9));
        Check();
    }

    /// <summary>Runs until something is so, and fails after a time.</summary>
    internal void RunUntil(Func<bool> condition, double seconds, string what)
    {
        long end = World.Now + (long)(seconds * 1e9);
        while (!condition())
        {
            Assert.IsLessThan(end, World.Now, what + " did not happen:\n" + string.Join('\n', Log.TakeLast(60)));
            World.Run(World.Now + 10_000_000);
            Check();
        }
    }

    internal int Logged(string text) => Log.Count(line => line.Contains(text));

    /// <summary>Nothing went wrong that an observer can see: no component ran twice, none went back, no program faulted.</summary>
    internal void Check()
    {
        string fault = Ledger.Violation ?? Log.Find(line => line.Contains("fault:")) ?? "";
        Assert.AreEqual("", fault, string.Join('\n', Log.TakeLast(60)));
    }

    private static string Socket(string ip)
        => $"<vfs><dir name=\"dev\"><log/></dir><dir name=\"socket\"><lwip ip_addr=\"{ip}\" netmask=\"255.255.0.0\" gateway=\"0.0.0.0\"/></dir></vfs>";

    private VirtualBoard Add(string name, string ip, long mac, Func<Program> program, string config)
    {
        BoardKind kind = BoardKind.Find("host")!;
        BoardProfile profile = kind.NewProfile();
        profile.Name = name;
        profile.BankSizes = [2 * 1024 * 1024];
        profile.PageSize = 1024;
        var board = new VirtualBoard(World, profile, kind.Cost)
        {
            Console = new BoardConsole(name, this),
            Modules = new BootModules(binary => binary == "init" ? program() : null).With("config", config),
        };
        Assert.IsTrue(Os.Ip4.TryParse(ip, out int address));
        _sockets[name] = Network.Attach(board, new NetworkAddress(address, unchecked((int)0xFFFF0000), Mac: mac), null, _socketsOn(name));
        _boards[name] = board;
        return board;
    }
}
