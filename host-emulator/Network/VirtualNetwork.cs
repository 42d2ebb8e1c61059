// A switch that all boards of a bench are plugged into, and the faults that somebody may ask for.
// Invariants: an address and a MAC belong to one board; what an address finds costs the same with a thousand boards.
namespace Tern.HostEmulator;

/// <summary>A virtual network on world time. Streams keep their order; delays, chunking and losses come from the seed.</summary>
public sealed class VirtualNetwork
{
    private readonly Dictionary<int, VirtualSockets> _byAddress = [];
    private readonly List<VirtualSockets> _all = [];
    private long _streams;

    /// <summary>Makes a network without boards.</summary>
    public VirtualNetwork(World world, NetworkModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        World = world;
        Model = model ?? new NetworkModel();
        Nobody = new VirtualSockets(this, new NoHost(world), "nobody", default, new Link(Model.Link, Model, world.RandomFor("nobody")), 0, _ => { });
    }

    /// <summary>Limits and timeouts.</summary>
    public NetworkModel Model { get; }

    internal World World { get; }

    /// <summary>Who stands for an address that no board has: without power, so nobody answers there.</summary>
    internal VirtualSockets Nobody { get; }

    /// <summary>Plugs a board in. Its link comes up after the board was switched on.</summary>
    /// <param name="board">The board; its sockets are set.</param>
    /// <param name="address">Its address.</param>
    /// <param name="link">Its link, if it differs from the network's.</param>
    /// <param name="maxSockets">Its sockets, if they differ from the network's; 0 for the network's.</param>
    /// <exception cref="ArgumentException">Another board has the address.</exception>
    public VirtualSockets Attach(VirtualBoard board, NetworkAddress address, LinkModel? link = null, int maxSockets = 0)
    {
        ArgumentNullException.ThrowIfNull(board);
        if (_byAddress.TryGetValue(address.Address, out VirtualSockets? owner))
        {
            throw new ArgumentException($"{NetworkAddress.Format(address.Address)} is the address of board {owner.BoardName} already", nameof(address));
        }

        var sockets = new VirtualSockets(
            this, board, board.Name, address, new Link(link ?? Model.Link, Model, World.RandomFor("link of " + board.Name)), maxSockets == 0 ? Model.MaxSockets : maxSockets,
            line => board.Console.WriteLine(line));
        _byAddress.Add(address.Address, sockets);
        _all.Add(sockets);
        board.Sockets = sockets;
        board.PoweredOn += sockets.OnPowerOn;
        board.PoweredOff += sockets.OnPowerOff;
        return sockets;
    }

    /// <summary>Cuts the network in two: these boards reach each other and nobody else. Earlier partitions stay.</summary>
    public void Partition(params IReadOnlyCollection<VirtualSockets> boards)
    {
        ArgumentNullException.ThrowIfNull(boards);
        int next = _all.Max(sockets => sockets.Link.Partition) + 1;
        foreach (VirtualSockets sockets in boards)
        {
            sockets.Link.Partition = next;
        }

        TellPathsChanged(boards);
    }

    /// <summary>Ends all partitions.</summary>
    public void Heal()
    {
        foreach (VirtualSockets sockets in _all)
        {
            sockets.Link.Partition = 0;
        }

        TellPathsChanged(_all);
    }

    /// <summary>Whether messages pass between two boards, in both directions.</summary>
    internal static bool Reaches(VirtualSockets one, VirtualSockets other)
    {
        if (one == other)
        {
            return one.IsPowered;
        }

        return one.Link.IsUp && other.Link.IsUp && one.Link.Partition == other.Link.Partition
            && one.Identity.HasRoute(other.Identity.Address) && other.Identity.HasRoute(one.Identity.Address);
    }

    internal long NextStreamNumber() => ++_streams;

    internal VirtualSockets? Find(int address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The boards that hear a broadcast of one.</summary>
    internal IEnumerable<VirtualSockets> HearersOf(VirtualSockets sender) =>
        _all.Where(other => other != sender && sender.Identity.IsNear(other.Identity.Address));

    private static void TellPathsChanged(IEnumerable<VirtualSockets> boards)
    {
        foreach (VirtualSockets sockets in boards)
        {
            sockets.OnPathsChanged();
        }
    }

    private sealed class NoHost(World world) : IDeviceHost
    {
        public long Now => world.Now;

        public void Wake(long time)
        {
        }
    }
}
