// Datagrams: whole or not at all, to one or to all, and lost when nobody has room.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class DatagramTests
{
    private readonly byte[] _buffer = new byte[2000];

    [TestMethod]
    public void ADatagramArrivesWithItsSender()
    {
        var world = new TestWorld();
        TestBoard one = world.Add();
        TestBoard other = world.Add();
        world.RunFor(0.01);
        other.Sockets.Take();
        int from = one.Sockets.Bind(5000);
        int to = other.Sockets.Bind(6000);
        Assert.IsTrue(one.Sockets.SendTo(from, other.Sockets.Address, 6000, [1, 2, 3, 4], 1, 3));
        world.RunFor(0.01);
        Assert.AreEqual(SocketEvent.Readable, other.Sockets.Take());
        Assert.AreEqual(to, other.Sockets.EventHandle);
        Assert.AreEqual(3, other.Sockets.ReceiveFrom(to, _buffer, 10, 100));
        CollectionAssert.AreEqual(new byte[] { 2, 3, 4 }, _buffer[10..13]);
        Assert.AreEqual(one.Sockets.Address, other.Sockets.EventAddress);
        Assert.AreEqual(5000, other.Sockets.EventPort);
        Assert.AreEqual(-1, other.Sockets.ReceiveFrom(to, _buffer, 0, 100));
    }

    [TestMethod]
    public void WhatDoesNotFitTheBufferIsCutOff()
    {
        var world = new TestWorld();
        TestBoard board = world.Add();
        world.RunFor(0.01);
        int port = board.Sockets.Bind(5000);
        board.Sockets.SendTo(port, 0x7F000001, 5000, new byte[100], 0, 100);
        world.RunFor(0.01);
        Assert.AreEqual(7, board.Sockets.ReceiveFrom(port, _buffer, 0, 7));
    }

    [TestMethod]
    public void TooLongOrWithoutALinkIsRefused()
    {
        var world = new TestWorld();
        TestBoard board = world.Add();
        world.RunFor(0.01);
        int port = board.Sockets.Bind(5000);
        Assert.IsFalse(board.Sockets.SendTo(port, 0x0A000002, 1, _buffer, 0, 1473));
        Assert.IsTrue(board.Sockets.SendTo(port, 0x0A000002, 1, _buffer, 0, 1472));
        board.Sockets.SetCable(false);
        Assert.IsFalse(board.Sockets.SendTo(port, 0x0A000002, 1, _buffer, 0, 1));
        Assert.IsFalse(board.Sockets.SendTo(99, 0x0A000002, 1, _buffer, 0, 1));
    }

    [TestMethod]
    public void ABroadcastReachesEverybodyElse()
    {
        var world = new TestWorld();
        TestBoard sender = world.Add();
        TestBoard[] others = [world.Add(), world.Add(), world.Add()];
        world.RunFor(0.01);
        int from = sender.Sockets.Bind(5000);
        int[] ports = [.. others.Select(other => other.Sockets.Bind(6000))];
        Assert.IsTrue(sender.Sockets.SendTo(from, -1, 6000, [9], 0, 1));
        Assert.IsTrue(sender.Sockets.SendTo(from, 0x0A0000FF, 6000, [9], 0, 1));
        world.RunFor(0.01);
        for (int i = 0; i < others.Length; i++)
        {
            Assert.AreEqual(1, others[i].Sockets.ReceiveFrom(ports[i], _buffer, 0, 1));
            Assert.AreEqual(1, others[i].Sockets.ReceiveFrom(ports[i], _buffer, 0, 1));
            Assert.AreEqual(-1, others[i].Sockets.ReceiveFrom(ports[i], _buffer, 0, 1));
        }
    }

    [TestMethod]
    public void AFullPortAndABadLinkLoseDatagramsAndCountThem()
    {
        var world = new TestWorld();
        var lossy = new LinkModel { LossPerMillion = 500_000 };
        TestBoard one = world.Add(link: lossy);
        TestBoard other = world.Add();
        world.RunFor(0.01);
        int from = one.Sockets.Bind(5000);
        other.Sockets.Bind(6000);
        for (int i = 0; i < 100; i++)
        {
            one.Sockets.SendTo(from, other.Sockets.Address, 6000, [1], 0, 1);
        }

        world.RunFor(1);
        LinkStatistics statistics = other.Sockets.Statistics;
        Assert.AreEqual(100, one.Sockets.Statistics.DatagramsSent);
        Assert.AreEqual(world.Network.Model.DatagramQueue, statistics.DatagramsReceived);
        Assert.AreEqual(100, statistics.DatagramsReceived + statistics.DatagramsLost);
    }
}
