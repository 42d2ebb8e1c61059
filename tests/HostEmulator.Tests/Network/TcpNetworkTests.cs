// The same contract over real sockets on loopback addresses. Real time passes here, so nothing is claimed about when:
// a run ends as soon as what is awaited has come, and fails after ten seconds.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class TcpNetworkTests : IDisposable
{
    private const int Port = 1024;
    private const long Patience = 10_000_000_000;

    private readonly World _world = new(1, new RealTimeline());
    private readonly TcpNetwork _network;
    private int _boards;

    public TcpNetworkTests() => _network = new TcpNetwork(_world);

    public void Dispose() => _network.Dispose();

    [TestMethod]
    public void BytesGoBothWaysAndTheEndComesLast()
    {
        byte[] there = StreamTests.Pattern(300_000, 1);
        byte[] back = StreamTests.Pattern(200_000, 2);
        (TcpSockets server, TcpSockets client) = (Add(out IdleMachine serverMachine), Add(out IdleMachine clientMachine));
        var serverSide = new StreamUser(server, back);
        var clientSide = new StreamUser(client, there) { ClosesAtEnd = true };
        serverMachine.OnPoll = () => Drain(server, serverSide, () => serverSide.Told.Contains(SocketEvent.Closed));
        clientMachine.OnPoll = () => Drain(client, clientSide, () => false);
        _world.At(0, () =>
        {
            Assert.AreNotEqual(0, server.Listen(Port));
            Assert.AreEqual(0, server.Listen(Port), "the port is taken");
            clientSide.Handle = client.Connect(server.Address, Port);
        });
        Assert.AreEqual(StopReason.Asked, _world.Run(Patience));
        CollectionAssert.AreEqual(there, serverSide.Received);
        Assert.AreEqual(SocketEvent.Closed, serverSide.Told[^1]);
        Assert.AreEqual(SocketEvent.Connected, clientSide.Told[0]);
    }

    [TestMethod]
    public void NobodyListensOrNobodyIsThere()
    {
        (TcpSockets server, TcpSockets client) = (Add(out _), Add(out IdleMachine machine));
        int closed = 0;
        machine.OnPoll = () =>
        {
            for (SocketEvent e = client.Take(); e != SocketEvent.None; e = client.Take())
            {
                closed += e == SocketEvent.Closed ? 1 : 0;
            }

            if (closed == 2)
            {
                _world.Stop();
            }
        };
        _world.At(0, () =>
        {
            Assert.AreNotEqual(0, client.Connect(server.Address, Port));
            Assert.AreNotEqual(0, client.Connect(0x0A0000C8, Port));
        });
        Assert.AreEqual(StopReason.Asked, _world.Run(Patience));
    }

    [TestMethod]
    public void DatagramsKnowTheirSender()
    {
        (TcpSockets one, TcpSockets other) = (Add(out _), Add(out IdleMachine machine));
        int to = 0;
        (int, int) sender = default;
        byte[] buffer = new byte[10];
        machine.OnPoll = () =>
        {
            for (SocketEvent e = other.Take(); e != SocketEvent.None; e = other.Take())
            {
                if (e == SocketEvent.Readable && other.ReceiveFrom(to, buffer, 2, 8) == 3)
                {
                    sender = (other.EventAddress, other.EventPort);
                    _world.Stop();
                }
            }
        };
        _world.At(0, () =>
        {
            to = other.Bind(6000);
            int from = one.Bind(5000);
            Assert.IsTrue(one.SendTo(from, -1, 6000, [7, 8, 9], 0, 3));
        });
        Assert.AreEqual(StopReason.Asked, _world.Run(Patience));
        CollectionAssert.AreEqual(new byte[] { 0, 0, 7, 8, 9, 0, 0, 0, 0, 0 }, buffer);
        Assert.AreEqual((one.Identity.Address, 5000), sender);
    }

    [TestMethod]
    public void TheOutsideNeedsRealTime() =>
        Assert.ThrowsExactly<InvalidOperationException>(() => new TcpNetwork(new World(1)));

    private TcpSockets Add(out IdleMachine machine)
    {
        var idle = new IdleMachine();
        machine = idle;
        BoardProfile profile = BoardKind.Find("host")!.NewProfile();
        profile.Name = "board" + ++_boards;
        var board = new VirtualBoard(_world, profile, BoardKind.Find("host")!.Cost, _ => idle);
        TcpSockets sockets = _network.Attach(board, new NetworkAddress(0x0A000000 + _boards, unchecked((int)0xFFFFFF00)), 16);
        board.PowerOn(0);
        _world.Run(_world.Now + 100_000);
        return sockets;
    }

    private void Drain(TcpSockets sockets, StreamUser user, Func<bool> isDone)
    {
        for (SocketEvent e = sockets.Take(); e != SocketEvent.None; e = sockets.Take())
        {
            if (e == SocketEvent.Accepted)
            {
                user.Handle = sockets.EventHandle;
            }

            if (e != SocketEvent.Link)
            {
                user.On(e);
            }
        }

        if (isDone())
        {
            _world.Stop();
        }
    }
}
