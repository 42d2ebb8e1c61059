// A world with boards whose machine is the test.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

internal sealed class TestWorld(ulong seed = 1, NetworkModel? model = null)
{
    private const int Second = 1_000_000_000;

    private VirtualNetwork? _network;
    private int _boards;

    internal World World { get; } = new(seed);

    internal VirtualNetwork Network => _network ??= new VirtualNetwork(World, model);

    /// <summary>Adds a board 10.0.0.N and switches it on at once.</summary>
    internal TestBoard Add(IdleMachine? machine = null, LinkModel? link = null, int maxSockets = 0, bool on = true)
    {
        machine ??= new IdleMachine();
        int number = ++_boards;
        BoardProfile profile = BoardKind.Find("host")!.NewProfile();
        profile.Name = "board" + number;
        var board = new VirtualBoard(World, profile, BoardKind.Find("host")!.Cost, _ => machine);
        VirtualSockets sockets = Network.Attach(board, new NetworkAddress(0x0A000000 + number, unchecked((int)0xFFFFFF00), Mac: number), link, maxSockets);
        if (on)
        {
            board.PowerOn(0);
        }

        return new TestBoard(board, sockets, machine);
    }

    internal StopReason RunFor(double seconds) => World.Run(World.Now + (long)(seconds * Second));
}

internal sealed record TestBoard(VirtualBoard Board, VirtualSockets Sockets, IdleMachine Machine);
