// The loop: order, determinism, stops, and a thousand boards.
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class WorldTests
{
    [TestMethod]
    public void TheSameSeedGivesTheSameRun()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Assert.AreEqual(Chatter(seed), Chatter(seed));
        }
    }

    [TestMethod]
    public void OtherSeedsGiveOtherRuns() =>
        Assert.HasCount(20, Enumerable.Range(1, 20).Select(seed => Chatter((ulong)seed)).ToHashSet());

    [TestMethod]
    public void EventsOfTheSameTimeComeInAnOrderOfTheSeed()
    {
        var orders = new HashSet<string>();
        for (ulong seed = 0; seed < 100; seed++)
        {
            var world = new World(seed);
            string order = "";
            foreach (char name in "abc")
            {
                world.At(10, () => order += name);
            }

            world.Run();
            orders.Add(order);
        }

        Assert.HasCount(6, orders, "all orders occur");
    }

    [TestMethod]
    public void TimeGoesToTheLimitAndNoFurther()
    {
        var world = new World(1);
        int fired = 0;
        world.At(100, () => fired++);
        world.At(101, () => fired++);
        Assert.AreEqual(StopReason.TimeLimit, world.Run(100));
        Assert.AreEqual(1, fired);
        Assert.AreEqual(100, world.Now);
        Assert.AreEqual(StopReason.Quiet, world.Run());
        Assert.AreEqual(101, world.Now);
    }

    [TestMethod]
    public void StopEndsTheRunAndTheNextRunGoesOn()
    {
        var world = new World(1);
        int fired = 0;
        world.At(1, world.Stop);
        world.At(2, () => fired++);
        Assert.AreEqual(StopReason.Asked, world.Run());
        Assert.AreEqual(0, fired);
        Assert.AreEqual(StopReason.Quiet, world.Run());
        Assert.AreEqual(1, fired);
    }

    [TestMethod]
    public void AnEventInThePastHappensNow()
    {
        var world = new World(1);
        long at = -1;
        world.At(50, () => world.At(10, () => at = world.Now));
        world.Run();
        Assert.AreEqual(50, at);
    }

    [TestMethod]
    public void AThousandIdleBoardsCostNothingWhileOneWorks()
    {
        var world = new TestWorld();
        for (int i = 0; i < 999; i++)
        {
            world.Add();
        }

        var machine = new IdleMachine();
        TestBoard busy = world.Add(machine);
        machine.OnDispatch = () =>
        {
            busy.Board.Clock.Spend(Work.Dispatch, 1);
            return true;
        };
        world.RunFor(0.01);
        long before = world.World.EventCount;
        world.RunFor(0.01);
        Assert.IsLessThanOrEqualTo(25_001, world.World.EventCount - before, "one event a dispatch, none for the others");
    }

    /// <summary>Boards that send each other datagrams and streams; returns all that they saw, with times.</summary>
    private static string Chatter(ulong seed)
    {
        var world = new TestWorld(seed);
        var trace = new List<string>();
        TestBoard[] boards = [.. Enumerable.Range(0, 5).Select(_ => world.Add(new IdleMachine(), new LinkModel { LossPerMillion = 50_000 }))];
        byte[] buffer = new byte[300];
        foreach (TestBoard board in boards)
        {
            board.Machine.OnPoll = () =>
            {
                for (SocketEvent e = board.Sockets.Take(); e != SocketEvent.None; e = board.Sockets.Take())
                {
                    trace.Add(string.Create(CultureInfo.InvariantCulture, $"{board.Board.Now} {board.Board.Name} {e} {board.Sockets.EventHandle}"));
                    if (e is SocketEvent.Link)
                    {
                        board.Sockets.Listen(80);
                        board.Sockets.Connect(0x0A000001 + (board.Board.Random.Next() & 3), 80);
                    }
                    else if (e is SocketEvent.Connected or SocketEvent.Writable)
                    {
                        board.Sockets.Write(board.Sockets.EventHandle, new byte[9000], 0, 9000);
                    }
                    else if (e is SocketEvent.Readable)
                    {
                        while (board.Sockets.Read(board.Sockets.EventHandle, buffer, 0, buffer.Length) > 0)
                        {
                        }
                    }
                }
            };
        }

        world.RunFor(0.2);
        Assert.IsGreaterThan(30, trace.Count);
        return string.Join('\n', trace);
    }
}
