// Boards that reach each other through their routers, drivers and core's sockets.
using System.Collections;
using Tern.Tests;

namespace Tern.Os.Tests;

[TestClass]
public class UplinkTests
{
    private readonly ArrayList _network = new ArrayList();
    private readonly NetBench _left = new NetBench();
    private readonly NetBench _right = new NetBench();

    [TestMethod]
    public void TheDriverSaysItsMacAddressAndTheRouterItsUplink()
    {
        Boot("", "", 1);

        _left.Board.Expect("[init -> drivers -> nic_drv] MAC address 52:54:00:12:34:56");
        _left.Board.Expect("[init -> nic_router] [uplink] uplink up address=192.168.1.1");
    }

    [TestMethod]
    public void BytesGoFromBoardToBoardAndBack()
    {
        Boot(ToRight, ToServer, 4, out NetPeer client, out NetPeer server);
        Do(server, p => p.Nic.Listen(1027));
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        Assert.IsTrue(client.Saw("connected"), client.Events + _left.Board.Log() + _right.Board.Log());
        Assert.IsTrue(server.Saw("accepted 192.168.1.1 on 1027"), server.Events);

        client.ToSend = NetBench.Pattern(30000);
        server.ToSend = NetBench.Pattern(20000);
        Run(200);
        Same(client.ToSend, server);
        Same(server.ToSend, client);

        Do(server, p => p.Nic.Close(p.Flow));
        Assert.IsTrue(client.Saw("closed ok"), client.Events);
        Assert.AreEqual(0, Sockets(0).Count);
        Assert.AreEqual(1, Sockets(1).Count);
    }

    [TestMethod]
    public void AReaderThatStopsStopsItsWriterOnTheOtherBoardAndNothingIsLost()
    {
        Boot(ToRight, ToServer, 4, out NetPeer client, out NetPeer server);
        Do(server, p => p.Nic.Listen(1027));
        server.IsLazy = true;
        client.ToSend = NetBench.Pattern(60000);
        client.CloseWhenSent = true;
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        Run(50);
        int sent = client.Sent;
        Run(50);
        Assert.AreEqual(sent, client.Sent);
        Assert.IsTrue(sent is > 0 and < 20000, "sent " + sent);

        server.IsLazy = false;
        Do(server, p => p.Read(p.Flow));
        Run(400);
        Same(client.ToSend, server);
        Assert.IsTrue(server.Saw("closed ok"), server.Events);
        Assert.AreEqual(0, Sockets(0).Count);
    }

    [TestMethod]
    public void NatPortsAreLimitedAndReturned()
    {
        Boot(ToRight, ToServer, 2, out NetPeer client, out NetPeer server);
        Do(server, p => p.Nic.Listen(1027));
        for (int i = 0; i < 3; i++)
        {
            Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        }

        Assert.IsTrue(client.Saw("connected\nconnected\nrefused no room left\n"), client.Events);
        _left.Board.Expect("[inside] refused tcp to 192.168.1.2:1024: all NAT ports in use");

        Do(client, p => p.Nic.Close(1));
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        Assert.IsTrue(client.Saw("refused no room left\nconnected\n"), client.Events);
    }

    [TestMethod]
    public void WithoutNatNobodyLeaves()
    {
        Boot(ToRight, ToServer, 0, out NetPeer client, out NetPeer _);
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));

        Assert.IsTrue(client.Saw("refused not permitted"), client.Events);
        _left.Board.Expect("no NAT for this domain");
    }

    [TestMethod]
    public void WhatIsNotForwardedOrNotListenedForDoesNotComeIn()
    {
        Boot(ToRight, ToServer, 4, out NetPeer client, out NetPeer _);
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1023));
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.9"), 1024));

        Assert.IsTrue(client.Saw("refused unreachable\nconnected\nclosed ok\nrefused unreachable\n"), client.Events);
        _right.Board.Expect("[uplink] refused tcp from 192.168.1.1 to port 1024: nobody there");
    }

    [TestMethod]
    public void AForwardRuleNamesTheTarget()
    {
        Boot(ToRight, "<tcp-forward port=\"1024\" domain=\"inside\" to=\"10.0.0.9\"/>", 4, out NetPeer client, out NetPeer server);
        Do(server, p => p.Nic.Listen(1024));
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));

        Assert.IsFalse(server.Saw("accepted"), server.Events);
    }

    [TestMethod]
    public void DatagramsLeaveByNatAndTheirAnswersComeBack()
    {
        Boot("<udp dst=\"0.0.0.0/0\"><permit-any domain=\"uplink\"/></udp>",
            "<udp-forward port=\"53\" domain=\"inside\" to=\"10.0.0.2\" to_port=\"5353\"/>", 1, out NetPeer client, out NetPeer server);
        Do(server, p => p.Flow = p.Nic.Bind(5353));
        Do(client, p => p.Flow = p.Nic.Bind(2000));
        Do(client, p => p.Nic.SendTo(p.Flow, NetBench.Ip("192.168.1.2"), 53, new byte[9], 0, 9));
        Assert.IsTrue(server.Saw("datagram 9 from 192.168.1.1:"), server.Events + _left.Board.Log() + _right.Board.Log());

        int at = server.Events.IndexOf("192.168.1.1:") + 12;
        int port = int.Parse(server.Events.Substring(at, 5));
        Do(server, p => p.Nic.SendTo(p.Flow, NetBench.Ip("192.168.1.1"), port, new byte[11], 0, 11));
        Assert.IsTrue(client.Saw("datagram 11 from 192.168.1.2:53\n"), client.Events + _right.Board.Log());
    }

    [TestMethod]
    public void AnUplinkThatGoesDownIsToldAndComesBack()
    {
        Boot(ToRight, ToServer, 4, out NetPeer client, out NetPeer server);
        Do(server, p => p.Nic.Listen(1027));
        Sockets(0).SetUp(false);
        Run(2);
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        Assert.IsTrue(client.Saw("refused unreachable"), client.Events);
        _left.Board.Expect("uplink down");

        Sockets(0).SetUp(true);
        Run(2);
        Do(client, p => p.Flow = p.Nic.Connect(NetBench.Ip("192.168.1.2"), 1024));
        Assert.IsTrue(client.Saw("connected"), client.Events);
    }

    private const string ToRight = "<tcp dst=\"192.168.1.0/24\"><permit-any domain=\"uplink\"/></tcp>";
    private const string ToServer = "<tcp-forward port=\"1024\" domain=\"inside\" to=\"10.0.0.2\" to_port=\"1027\"/>";

    private static string Config(string rules, string forwards, int ports)
        => "<config><policy label_prefix=\"drivers\" domain=\"uplink\"/><policy label_prefix=\"\" domain=\"inside\"/>"
            + "<domain name=\"uplink\"><nat domain=\"inside\" tcp-ports=\"" + ports + "\" udp-ports=\"" + ports + "\"/>" + forwards + "</domain>"
            + "<domain name=\"inside\" interface=\"10.0.0.1/24\">" + rules + "</domain></config>";

    private static void Same(byte[] expected, NetPeer peer)
    {
        Assert.AreEqual(expected.Length, peer.ReceivedCount);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] != peer.Received[i])
            {
                Assert.AreEqual((int)expected[i], (int)peer.Received[i], "byte " + i);
            }
        }
    }

    private TestSockets Sockets(int board) => (TestSockets)_network[board]!;

    private void Boot(string rules, string forwards, int ports) => Boot(rules, forwards, ports, out NetPeer _, out NetPeer _);

    private void Boot(string rules, string forwards, int ports, out NetPeer client, out NetPeer server)
    {
        client = _left.Add("client", "10.0.0.2");
        server = _right.Add("server", "10.0.0.2");
        _left.On(new TestSockets(_network, NetBench.Ip("192.168.1.1"))).Boot(Config(rules, "", ports));
        _right.On(new TestSockets(_network, NetBench.Ip("192.168.1.2"))).Boot(Config(rules, forwards, ports));
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
            _left.Board.Run(1);
            _right.Board.Run(1);
        }
    }
}
