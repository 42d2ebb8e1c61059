// Streams: order, conservation, back-pressure, refusal, end. FsCheck draws seeds, sizes and links.
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class StreamTests
{
    [TestMethod]
    public void BytesArriveInOrderAndEachOnce() => Property.Holds(Runs(), run =>
    {
        var world = new TestWorld(run.Seed);
        byte[] there = Pattern(run.There, 1);
        byte[] back = Pattern(run.Back, 2);
        var pair = new StreamPair(world, there, back, run.Link, run.Loopback);
        pair.Connect(world);
        world.RunFor(60);
        CollectionAssert.AreEqual(there, pair.ServerSide.Received);
        CollectionAssert.AreEqual(back, pair.ClientSide.Received);
    });

    [TestMethod]
    public void WhatWasWrittenBeforeAClosingArrives() => Property.Holds(Runs(), run =>
    {
        var world = new TestWorld(run.Seed);
        byte[] there = Pattern(run.There, 1);
        var pair = new StreamPair(world, there, [], run.Link, run.Loopback);
        pair.ClientSide.ClosesAtEnd = true;
        pair.Connect(world);
        world.RunFor(60);
        CollectionAssert.AreEqual(there, pair.ServerSide.Received);
        Assert.AreEqual(SocketEvent.Closed, pair.ServerSide.Told[^1], "the end comes after the last byte");
        Assert.AreEqual(1, pair.ServerSide.Told.Count(e => e == SocketEvent.Closed));
        Assert.AreEqual(1, pair.Server.Sockets.SocketCount, "only the listener is left");
    });

    [TestMethod]
    public void AReaderThatSleepsStopsTheWriterAtTheWindow()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, Pattern(100_000, 1), []);
        pair.ServerSide.Reads = false;
        pair.Connect(world);
        world.RunFor(5);
        Assert.AreEqual(world.Network.Model.WindowBytes, pair.ClientSide.Sent);

        pair.ServerSide.Reads = true;
        pair.ServerSide.ReadAll();
        world.RunFor(60);
        CollectionAssert.AreEqual(Pattern(100_000, 1), pair.ServerSide.Received);
        CollectionAssert.Contains(pair.ClientSide.Told, SocketEvent.Writable);
    }

    [TestMethod]
    public void PiecesDoNotGetEverSmaller()
    {
        var world = new TestWorld(seed: 9);
        byte[] bytes = Pattern(500_000, 1);
        var pair = new StreamPair(world, bytes, []);
        pair.Connect(world);
        world.RunFor(60);
        Assert.HasCount(bytes.Length, pair.ServerSide.Received);
        Assert.IsLessThan(bytes.Length / 300, pair.Client.Sockets.Statistics.SegmentsSent);
    }

    [TestMethod]
    public void APortWithoutListenerRefuses()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [1], []);
        world.RunFor(0.01);
        pair.ClientSide.Handle = pair.Client.Sockets.Connect(pair.Server.Sockets.Address, StreamPair.Port);
        world.RunFor(0.01);
        CollectionAssert.AreEqual(new[] { SocketEvent.Closed }, pair.ClientSide.Told);
        Assert.AreEqual(1, pair.Server.Sockets.Statistics.ConnectionsRefused);
        Assert.AreEqual(0, pair.Client.Sockets.SocketCount);
    }

    [TestMethod]
    public void AnAddressThatNobodyHasTimesOut()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [1], []);
        world.RunFor(0.01);
        pair.ClientSide.Handle = pair.Client.Sockets.Connect(0x0A0000C8, StreamPair.Port);
        world.RunFor(2.9);
        Assert.IsEmpty(pair.ClientSide.Told);
        world.RunFor(0.2);
        CollectionAssert.AreEqual(new[] { SocketEvent.Closed }, pair.ClientSide.Told);
    }

    [TestMethod]
    public void WithoutARouteAConnectionEndsAtOnce()
    {
        var world = new TestWorld();
        var pair = new StreamPair(world, [1], []);
        world.RunFor(0.01);
        pair.ClientSide.Handle = pair.Client.Sockets.Connect(0x0B000001, StreamPair.Port);
        world.RunFor(0.001);
        CollectionAssert.AreEqual(new[] { SocketEvent.Closed }, pair.ClientSide.Told);
    }

    [TestMethod]
    public void APortIsListenedToOnce()
    {
        var world = new TestWorld();
        TestBoard board = world.Add();
        world.RunFor(0.01);
        int first = board.Sockets.Listen(1024);
        Assert.AreNotEqual(0, first);
        Assert.AreEqual(0, board.Sockets.Listen(1024));
        Assert.AreEqual(0, board.Sockets.Listen(0));
        Assert.AreEqual(0, board.Sockets.Listen(65536));
        board.Sockets.Close(first);
        Assert.AreNotEqual(0, board.Sockets.Listen(1024));
    }

    [TestMethod]
    public void SocketsAreLimited()
    {
        var world = new TestWorld();
        TestBoard board = world.Add(maxSockets: 3);
        world.RunFor(0.01);
        Assert.AreNotEqual(0, board.Sockets.Listen(1024));
        Assert.AreNotEqual(0, board.Sockets.Bind(1024));
        Assert.AreNotEqual(0, board.Sockets.Connect(board.Sockets.Address, 1));
        Assert.AreEqual(0, board.Sockets.Listen(1025));
        Assert.AreEqual(0, board.Sockets.Bind(1025));
        Assert.AreEqual(0, board.Sockets.Connect(board.Sockets.Address, 1024));
    }

    [TestMethod]
    public void AServerWithoutASocketLeftRefuses()
    {
        var world = new TestWorld();
        TestBoard server = world.Add(maxSockets: 1);
        TestBoard client = world.Add();
        var user = new StreamUser(client.Sockets, []);
        client.Machine.OnPoll = () =>
        {
            for (SocketEvent e = client.Sockets.Take(); e != SocketEvent.None; e = client.Sockets.Take())
            {
                user.On(e);
            }
        };
        world.RunFor(0.01);
        user.Told.Clear();
        server.Sockets.Listen(1024);
        user.Handle = client.Sockets.Connect(server.Sockets.Address, 1024);
        world.RunFor(0.01);
        CollectionAssert.AreEqual(new[] { SocketEvent.Closed }, user.Told);
    }

    [TestMethod]
    public void AConnectionGivenUpBeforeItsAnswerLeavesNothingBehind()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var world = new TestWorld(seed);
            var pair = new StreamPair(world, [1, 2, 3], []);
            pair.Connect(world);
            world.RunFor(seed * 0.000_02);
            pair.Client.Sockets.Close(pair.ClientSide.Handle);
            world.RunFor(10);
            Assert.AreEqual(0, pair.Client.Sockets.SocketCount);
            Assert.AreEqual(1, pair.Server.Sockets.SocketCount, "the listener");
        }
    }

    internal static byte[] Pattern(int length, int salt)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8) + salt);
        }

        return bytes;
    }

    private static Gen<Run> Runs() =>
        from seed in Gen.Choose(0, int.MaxValue)
        from there in Gen.Choose(0, 30_000)
        from back in Gen.Choose(0, 30_000)
        from latency in Gen.Choose(0, 2_000_000)
        from jitter in Gen.Choose(0, 3_000_000)
        from loss in Gen.Elements(0, 0, 20_000)
        from rate in Gen.Elements(0, 2_000_000, 100_000_000)
        from loopback in Gen.Elements(false, false, false, true)
        select new Run((ulong)seed, there, back, new LinkModel { LatencyNanoseconds = latency, JitterNanoseconds = jitter, LossPerMillion = loss, BitsPerSecond = rate }, loopback);

    private sealed record Run(ulong Seed, int There, int Back, LinkModel Link, bool Loopback);
}
