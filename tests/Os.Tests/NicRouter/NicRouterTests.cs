// The router between components: who may reach whom, and what comes through.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class NicRouterTests
{
    // Listing 5.4 as printed.
    private static readonly string Listing = Xml.Parse(Listings.NicRouter).Child("config").Raw;

    private readonly NetBench _bench = new NetBench();

    [TestMethod]
    public void ComponentsGetTheAddressesTheyAskForAndSaySo()
    {
        _bench.Add("manager", "10.0.0.2");
        _bench.Add("rtcr_dummy_1", "10.0.1.2");
        _bench.Add("nas", "10.0.2.2");
        _bench.Boot(Listing);

        _bench.Board.Expect("[init -> nas] Nic interface down");
        _bench.Board.Expect("[init -> manager] Nic interface up address=10.0.0.2 netmask=255.255.255.0 gateway=10.0.0.1");
        _bench.Board.Expect("[init -> nas] Nic interface up address=10.0.2.2 netmask=255.255.255.0 gateway=10.0.2.1");
    }

    [TestMethod]
    public void AStreamCarriesBytesBothWays()
    {
        NetPeer manager = _bench.Add("manager", "10.0.0.2");
        NetPeer nas = _bench.Add("nas", "10.0.2.2");
        _bench.Boot(Listing);
        _bench.Do(nas, p => p.Nic.Listen(1027));
        _bench.Do(manager, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.2.2"), 1027));
        Assert.IsTrue(manager.Saw("connected"), manager.Events + _bench.Board.Log());
        Assert.IsTrue(nas.Saw("accepted 10.0.0.2 on 1027"), nas.Events);

        manager.ToSend = NetBench.Pattern(20000);
        nas.ToSend = NetBench.Pattern(10000);
        manager.CloseWhenSent = false;
        _bench.Board.Run(50);
        Same(manager.ToSend, nas);
        Same(nas.ToSend, manager);

        _bench.Do(manager, p => p.Nic.Close(p.Flow));
        Assert.IsTrue(nas.Saw("closed ok"), nas.Events);
    }

    [TestMethod]
    public void WhatWasWrittenBeforeTheCloseStillArrives()
    {
        NetPeer manager = _bench.Add("manager", "10.0.0.2");
        NetPeer nas = _bench.Add("nas", "10.0.2.2");
        _bench.Boot(Listing);
        _bench.Do(nas, p => p.Nic.Listen(1027));
        manager.ToSend = NetBench.Pattern(9000);
        manager.CloseWhenSent = true;
        nas.IsLazy = true;
        _bench.Do(manager, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.2.2"), 1027));
        _bench.Board.Run(20);
        Assert.IsFalse(nas.Saw("closed"), "closed before its bytes were read");
        Assert.IsTrue(manager.Sent < 9000, "nobody reads, and still everything was taken");

        nas.IsLazy = false;
        for (int i = 0; i < 20; i++)
        {
            _bench.Do(nas, p => p.Read(p.Flow));
        }

        Same(manager.ToSend, nas);
        Assert.IsTrue(nas.Saw("closed ok"), nas.Events);
    }

    [TestMethod]
    public void AReaderThatStopsHoldsUpItsOwnStreamOnly()
    {
        NetPeer manager = _bench.Add("manager", "10.0.0.2");
        NetPeer nas = _bench.Add("nas", "10.0.2.2");
        NetPeer rtcr = _bench.Add("rtcr_dummy_1", "10.0.1.2");
        _bench.Boot(Listing);
        _bench.Do(nas, p => p.Nic.Listen(1027));
        _bench.Do(rtcr, p => p.Nic.Listen(1025));
        nas.IsLazy = true;
        _bench.Do(manager, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.2.2"), 1027));
        _bench.Do(manager, p => p.Nic.Write(p.Flow, new byte[60000], 0, 60000));
        _bench.Do(manager, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.1.2"), 1025));
        manager.ToSend = NetBench.Pattern(20000);
        _bench.Board.Run(50);

        Same(manager.ToSend, rtcr);
        Assert.AreEqual(0, nas.ReceivedCount);
    }

    [TestMethod]
    public void AFlowOfARefusedAddressIsFreedAndTheReasonTold()
    {
        NetPeer nas = _bench.Add("nas", "10.0.2.2");
        _bench.Add("manager", "10.0.0.2");
        _bench.Boot(Listing);
        for (int i = 0; i < 30; i++)
        {
            _bench.Do(nas, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.0.2"), 1024));
            Assert.IsTrue(nas.Flow != 0, "flow " + i + " was not freed");
        }

        Assert.IsTrue(nas.Saw("refused not permitted"), nas.Events);
        Assert.AreEqual(1, _bench.Board.CountLogged("[init -> nic_router] Warning: [nas] refused tcp to 10.0.0.2:1024: no rule permits it"));
    }

    [TestMethod]
    public void DuplicateAndForeignAddressesAreRefusedByName()
    {
        _bench.Add("manager", "10.0.0.2");
        _bench.Add("manager_2", "10.0.0.2");
        _bench.Add("manager_3", "10.0.0.1");
        _bench.Add("manager_4", "10.0.0.255");
        _bench.Add("manager_5", "10.0.1.2");
        _bench.Add("stranger", "10.0.0.3");
        _bench.Boot(Listing);

        _bench.Board.Expect("[init -> manager_2] Error: Nic session failed: exists already");
        _bench.Board.Expect("[init -> nic_router] Error: manager_2: 10.0.0.2 is taken");
        _bench.Board.Expect("[init -> manager_3] Error: Nic session failed: bad argument");
        _bench.Board.Expect("[init -> manager_4] Error: Nic session failed: bad argument");
        _bench.Board.Expect("[init -> manager_5] Error: Nic session failed: bad argument");
        _bench.Board.Expect("[init -> nic_router] Warning: no policy for stranger");
        _bench.Board.Expect("[init -> stranger] Error: Nic session failed");
    }

    [TestMethod]
    public void AddressesAreAssignedFromTheLowestFree()
    {
        NetPeer first = _bench.Add("manager_1", "");
        NetPeer second = _bench.Add("manager_2", "");
        _bench.Add("manager_3", "10.0.0.3");
        _bench.Boot(Listing);
        string addresses = first.Events + second.Events;

        Assert.IsTrue(addresses.Contains("10.0.0.2") || addresses.Contains("10.0.0.4"), addresses);
        Assert.IsFalse(first.Events == second.Events, addresses);
    }

    [TestMethod]
    public void AClosedSessionGivesItsAddressPortsAndStreamsBack()
    {
        NetPeer manager = _bench.Add("manager", "10.0.0.2");
        NetPeer nas = _bench.Add("nas", "10.0.2.2");
        _bench.Boot(Listing);
        for (int i = 0; i < 40; i++)
        {
            _bench.Do(nas, p => p.Nic.Listen(1027));
            _bench.Do(manager, p => p.Nic.Connect(NetBench.Ip("10.0.2.2"), 1027));
            _bench.Do(nas, p => p.Nic.Close());
            Assert.IsTrue(manager.Saw("closed unreachable"), manager.Events);
            _bench.Do(nas, p => Assert.AreEqual((int)Error.None, (int)p.Nic.Open("", p.Address, 0, 0)));
        }

        Assert.AreEqual(41, Occurrences(nas.Events, "link 10.0.2.2"), nas.Events);
        Assert.AreEqual(40, Occurrences(nas.Events, "accepted"), nas.Events);
        _bench.Board.ExpectNot("failed");
    }

    [TestMethod]
    public void ASessionThatIsClosedBeforeItWasThereLeavesNothing()
    {
        NetPeer manager = _bench.Add("manager", "10.0.0.2");
        _bench.Boot(Listing);
        for (int i = 0; i < 40; i++)
        {
            _bench.Do(manager, CloseTooEarly);
            _bench.Do(manager, p => Assert.AreEqual((int)Error.None, (int)p.Nic.Open("", p.Address, 0, 0)));
        }

        Assert.AreEqual(41, Occurrences(manager.Events, "link 10.0.0.2"), manager.Events + _bench.Board.Log());
        _bench.Board.ExpectNot("failed");
    }

    [TestMethod]
    public void DatagramsGoWhereARulePermits()
    {
        NetPeer a = _bench.Add("a", "10.1.0.2");
        NetPeer b = _bench.Add("b", "10.2.0.2");
        _bench.Boot("<config><policy label=\"a\" domain=\"a\"/><policy label=\"b\" domain=\"b\"/>"
            + "<domain name=\"a\" interface=\"10.1.0.1/24\"><udp dst=\"10.2.0.0/16\"><permit port=\"53\" domain=\"b\"/></udp></domain>"
            + "<domain name=\"b\" interface=\"10.2.0.1/24\"/></config>");
        _bench.Do(b, p => p.Flow = p.Nic.Bind(53));
        _bench.Do(a, p => p.Flow = p.Nic.Bind(1000));
        _bench.Do(a, p => p.Nic.SendTo(p.Flow, NetBench.Ip("10.2.0.2"), 53, new byte[7], 0, 7));
        _bench.Do(a, p => p.Nic.SendTo(p.Flow, NetBench.Ip("10.2.0.2"), 54, new byte[7], 0, 7));
        _bench.Do(b, p => p.Nic.SendTo(p.Flow, NetBench.Ip("10.1.0.2"), 1000, new byte[7], 0, 7));

        Assert.IsTrue(b.Saw("datagram 7 from 10.1.0.2:1000\n"), b.Events);
        Assert.AreEqual(1, Occurrences(b.Events, "datagram"));
        Assert.AreEqual(0, Occurrences(a.Events, "datagram"));
        _bench.Board.Expect("[a] refused udp to 10.2.0.2:54: no rule permits it");
        _bench.Board.Expect("[b] refused udp to 10.1.0.2:1000: no rule permits it");
    }

    private static void CloseTooEarly(NetPeer peer)
    {
        peer.Nic.Close();
        peer.Nic.Open("", peer.Address, 0, 0);
        peer.Nic.Close();
        Assert.AreEqual((int)Error.Busy, (int)peer.Nic.Open(""));
    }

    private static int Occurrences(string text, string part)
    {
        int count = 0;
        for (int at = text.IndexOf(part); at >= 0; at = text.IndexOf(part, at + 1))
        {
            count++;
        }

        return count;
    }

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
}
