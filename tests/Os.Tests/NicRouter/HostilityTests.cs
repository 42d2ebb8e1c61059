// Clients that spoil the memory of their sessions lose these, and nothing else happens.
using System.Collections;
using Tern.Tests;

namespace Tern.Os.Tests;

[TestClass]
public class HostilityTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ASpoiltNicSessionEndsAndTheRouterServesTheOthers(int seed)
    {
        var bench = new NetBench();
        var vandal = new Vandal("Nic", seed);
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.0.3");
        bench.With("vandal", vandal).Boot(Config);
        Check(bench, vandal, a, b);
    }

    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void ASpoiltUplinkEndsAndTheRouterServesTheOthers(int seed)
    {
        var bench = new NetBench();
        var vandal = new Vandal("Uplink", seed);
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.0.3");
        bench.With("vandal", vandal).Boot(Config);
        Check(bench, vandal, a, b);
    }

    [TestMethod]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(9)]
    public void ASpoiltSessionOfCoreEndsAndTheBoardGoesOn(int seed)
    {
        var board = new InitBench { Sockets = new TestSockets(new ArrayList(), NetBench.Ip("10.0.0.1")) };
        var vandal = new Vandal("Nic", seed);
        board.With("vandal", vandal).Boot("<config><default ram=\"300K\" caps=\"3000\"/>"
            + "<start name=\"vandal\"><route><any-service><parent/></any-service></route></start></config>");
        board.Run(1500);

        Assert.IsTrue(vandal.Sessions > 5, "only " + vandal.Sessions + " sessions ended");
        board.Expect("[init -> vandal] Error: Nic session ended: malformed data");
        board.ExpectNot("fault");
    }

    private const string Config =
        "<config><policy label_prefix=\"\" domain=\"all\"/><domain name=\"all\" interface=\"10.0.0.1/24\">"
        + "<tcp dst=\"0.0.0.0/0\"><permit-any domain=\"all\"/></tcp><udp dst=\"0.0.0.0/0\"><permit-any domain=\"all\"/></udp>"
        + "<nat domain=\"all\" tcp-ports=\"9\" udp-ports=\"9\"/><tcp-forward port=\"3\" domain=\"all\" to=\"10.0.0.3\" to_port=\"80\"/>"
        + "</domain></config>";

    private static void Check(NetBench bench, Vandal vandal, NetPeer a, NetPeer b)
    {
        bench.Do(b, p => p.Nic.Listen(80));
        bench.Do(a, p => p.Flow = p.Nic.Connect(NetBench.Ip("10.0.0.3"), 80));
        for (int i = 0; i < 60; i++)
        {
            a.ToSend = NetBench.Pattern(a.ToSend.Length + 500);
            bench.Board.Run(25);
        }

        Assert.IsTrue(vandal.Sessions > 5, "only " + vandal.Sessions + " sessions ended");
        Assert.AreEqual(30000, b.ReceivedCount);
        bench.Board.ExpectNot("component stopped");
    }
}
