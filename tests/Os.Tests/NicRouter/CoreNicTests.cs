// Core's Nic service: components straight on the board's sockets.
using System.Collections;
using Tern.Kernel;
using Tern.Tests;

namespace Tern.Os.Tests;

[TestClass]
public class CoreNicTests
{
    private readonly InitBench _board = new InitBench();
    private readonly ArrayList _network = new ArrayList();
    private readonly NetPeer _a = new NetPeer();
    private readonly NetPeer _b = new NetPeer();

    [TestMethod]
    public void SessionsOfOneBoardShareItsAddressAndItsPorts()
    {
        Boot();
        Do(_a, p => p.Nic.Listen(80));
        Do(_b, p => p.Nic.Listen(80));
        Assert.IsTrue(_a.Saw("link 10.0.0.1\nconnected\n"), _a.Events);
        Assert.IsTrue(_b.Saw("link 10.0.0.1\nrefused exists already\n"), _b.Events);

        Do(_b, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.0.1"), 80));
        _b.ToSend = NetBench.Pattern(9000);
        _a.ToSend = NetBench.Pattern(7000);
        Run(60);
        Assert.AreEqual(9000, _a.ReceivedCount);
        Assert.AreEqual(7000, _b.ReceivedCount);
        for (int i = 0; i < 9000; i++)
        {
            Assert.AreEqual((int)_b.ToSend[i], (int)_a.Received[i]);
        }
    }

    [TestMethod]
    public void AClosedSessionClosesItsSocketsAndReturnsItsMemory()
    {
        Boot();
        for (int i = 0; i < 10; i++)
        {
            Do(_a, p => p.Nic.Listen(80));
            Do(_a, p => p.Nic.Bind(80));
            Assert.AreEqual(2, ((TestSockets)_network[0]!).Count);
            Do(_a, p => p.Nic.Close());
            Assert.AreEqual(0, ((TestSockets)_network[0]!).Count);
            Do(_a, p => Assert.AreEqual((int)Error.None, (int)p.Nic.Open("")));
        }
    }

    [TestMethod]
    public void AnotherAddressThanTheBoardsIsRefused()
    {
        _a.Address = NetBench.Ip("10.0.0.9");
        Boot();

        _board.Expect("[init -> a] Error: Nic session failed: bad argument");
        _board.Expect("[init -> b] Nic interface up address=10.0.0.1 netmask=255.255.255.0 gateway=10.0.0.1");
    }

    [TestMethod]
    public void ABoardWithoutNetworkSaysSo()
    {
        Start();

        _board.Expect("[init -> a] Error: Nic session failed: no such device");
    }

    [TestMethod]
    public void NobodyThereIsUnreachableAndImpossiblePortsAreBadArguments()
    {
        Boot();
        Do(_a, p => p.Nic.Connect(NetBench.Ip("10.0.0.2"), 80));
        Do(_a, p => p.Nic.Listen(0));
        Do(_a, p => p.Nic.Listen(65536));
        Do(_a, p => p.Nic.Connect(NetBench.Ip("10.0.0.2"), -1));

        Assert.IsTrue(_a.Saw("refused unreachable\nrefused bad argument\nrefused bad argument\nrefused bad argument\n"), _a.Events);
    }

    [TestMethod]
    public void AQuietSessionCanHaveOtherSizes()
    {
        Boot();
        Do(_a, Reopen);
        Do(_a, p => p.Nic.Listen(80));
        Do(_a, p => Assert.AreEqual(0, p.Nic.Listen(81)));
        Do(_b, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.0.1"), 80));
        _b.ToSend = NetBench.Pattern(5000);
        Run(200);
        Assert.AreEqual(5000, _a.ReceivedCount);
    }

    private static void Reopen(NetPeer peer)
    {
        peer.Nic.Close();
        peer.Nic.Resize(2, 64);
        Assert.AreEqual((int)Error.None, (int)peer.Nic.Open(""));
    }

    private void Boot()
    {
        _board.Sockets = new TestSockets(_network, NetBench.Ip("10.0.0.1"));
        Start();
    }

    private void Start()
    {
        _board.With("a", _a).With("b", _b).Boot("<config><default ram=\"300K\" caps=\"100\"/>"
            + "<start name=\"a\"><route><any-service><parent/></any-service></route></start>"
            + "<start name=\"b\"><route><any-service><parent/></any-service></route></start></config>");
        Run(2);
    }

    private void Do(NetPeer peer, NetOrder order)
    {
        peer.Order(order);
        Run(4);
    }

    private void Run(int milliseconds)
    {
        for (int i = 0; i < milliseconds; i++)
        {
            _board.Run(1);
        }
    }
}
