// Listing 5.4 as printed permits exactly what it should: every pair of domains, on every port that matters and one that does not.
namespace Tern.Os.Tests;

[TestClass]
public class Listing54Tests
{
    private static readonly string[] Names = ["manager", "rtcr_dummy_1", "nas"];
    private static readonly string[] Addresses = ["10.0.0.2", "10.0.1.2", "10.0.2.2"];
    private static readonly int[] Ports = [80, 1024, 1025, 1026, 1027, 65535];

    [TestMethod]
    public void EveryPairAndPort()
    {
        var bench = new NetBench();
        var peers = new NetPeer[Names.Length];
        for (int i = 0; i < Names.Length; i++)
        {
            peers[i] = bench.Add(Names[i], Addresses[i]);
        }

        bench.Boot(Xml.Parse(Listings.NicRouter).Child("config").Raw);
        for (int i = 0; i < Names.Length; i++)
        {
            bench.Do(peers[i], ListenEverywhere);
        }

        bench.Board.ExpectNot("config: line");
        for (int from = 0; from < Names.Length; from++)
        {
            for (int to = 0; to < Names.Length; to++)
            {
                for (int port = 0; port < Ports.Length; port++)
                {
                    Check(bench, peers[from], from, to, Ports[port]);
                }
            }
        }
    }

    private static void ListenEverywhere(NetPeer peer)
    {
        for (int i = 0; i < Ports.Length; i++)
        {
            Assert.IsTrue(peer.Nic.Listen(Ports[i]) != 0);
        }
    }

    private static void Check(NetBench bench, NetPeer peer, int from, int to, int port)
    {
        int seen = peer.Events.Length;
        bench.Do(peer, p => p.Flow = p.Nic.Connect(NetBench.Ip(Addresses[to]), port));
        string events = peer.Events.Substring(seen);
        string what = Names[from] + " to " + Names[to] + ":" + port + ": " + events;
        Assert.AreEqual(IsPermitted(from, to, port), events.Contains("connected"), what);
        Assert.AreEqual(!IsPermitted(from, to, port), events.Contains("refused not permitted"), what);
        bench.Do(peer, p => p.Nic.Close(p.Flow));
    }

    private static bool IsPermitted(int from, int to, int port)
        => from == to
            || (from == 0 && to == 1 && port is 1025 or 1026)
            || (from == 0 && to == 2 && port == 1027)
            || (from == 1 && to == 0);
}
