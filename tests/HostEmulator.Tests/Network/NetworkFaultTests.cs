// Cables, partitions and power: what peers notice, and when.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class NetworkFaultTests
{
    private readonly byte[] _bytes = StreamTests.Pattern(20_000, 1);

    [TestMethod]
    public void AShortCutDelaysAStreamAndLosesNothing()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, _bytes, _bytes);
        pair.Connect(world);
        world.RunFor(0.002);
        pair.Server.Sockets.SetCable(false);
        world.RunFor(3);
        Assert.IsLessThan(_bytes.Length, pair.ServerSide.Received.Count);
        pair.Server.Sockets.SetCable(true);
        world.RunFor(3);
        CollectionAssert.AreEqual(_bytes, pair.ServerSide.Received);
        CollectionAssert.AreEqual(_bytes, pair.ClientSide.Received);
    }

    [TestMethod]
    public void ALongCutBreaksAStreamForBoth()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [], []);
        pair.Connect(world);
        world.RunFor(0.01);
        pair.Server.Sockets.SetCable(false);
        world.RunFor(4.9);
        Assert.DoesNotContain(SocketEvent.Closed, pair.ClientSide.Told);
        world.RunFor(0.2);
        Assert.AreEqual(SocketEvent.Closed, pair.ClientSide.Told[^1]);
        Assert.AreEqual(SocketEvent.Closed, pair.ServerSide.Told[^1]);
        Assert.AreEqual(1, pair.Client.Sockets.Statistics.StreamsBroken);
    }

    [TestMethod]
    public void ABoardThatDiesIsNoticedAfterTheTimeout()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [], []);
        pair.Connect(world);
        world.RunFor(0.01);
        pair.Server.Board.PowerOff();
        Assert.AreEqual(0, pair.Server.Sockets.SocketCount);
        world.RunFor(4.9);
        Assert.DoesNotContain(SocketEvent.Closed, pair.ClientSide.Told);
        world.RunFor(0.2);
        Assert.AreEqual(SocketEvent.Closed, pair.ClientSide.Told[^1]);
        Assert.AreEqual(0, pair.Client.Sockets.SocketCount);
    }

    [TestMethod]
    public void ABoardThatRebootsHasForgottenItsStreams()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [], []);
        pair.Connect(world);
        world.RunFor(0.01);
        pair.Server.Board.PowerOff();
        pair.Server.Board.PowerOn(world.World.Now);
        world.RunFor(0.1);
        Assert.AreEqual(SocketEvent.Closed, pair.ClientSide.Told[^1]);
        Assert.AreEqual(0, pair.Server.Sockets.SocketCount);
    }

    [TestMethod]
    public void APartitionSeparatesAndHeals()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [1], []);
        TestBoard third = world.Add();
        world.RunFor(0.01);
        world.Network.Partition(pair.Client.Sockets, third.Sockets);
        pair.Connect(world);
        world.RunFor(1);
        Assert.IsEmpty(pair.ClientSide.Told);
        world.Network.Heal();
        world.RunFor(1);
        CollectionAssert.AreEqual(new byte[] { 1 }, pair.ServerSide.Received);
    }

    [TestMethod]
    public void TheLinkTellsThatItIsUpAndDown()
    {
        var world = new TestWorld();
        TestBoard board = world.Add();
        world.World.Run(0);
        Assert.AreEqual(0, board.Sockets.Address, "no link right after power-on");
        world.RunFor(0.01);
        Assert.AreEqual(SocketEvent.Link, board.Sockets.Take());
        Assert.AreEqual(0x0A000001, board.Sockets.Address);
        board.Sockets.SetCable(false);
        Assert.AreEqual(SocketEvent.Link, board.Sockets.Take());
        Assert.AreEqual(0, board.Sockets.Address);
        Assert.AreEqual(SocketEvent.None, board.Sockets.Take());
    }
}
