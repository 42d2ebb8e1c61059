// What is wrong with a router's configuration is said with line and column, and permits nothing; the rest goes on.
namespace Tern.Os.Tests;

[TestClass]
public class RouterConfigTests
{
    private const string Start = "<config>\n<policy label_prefix=\"a\" domain=\"a\"/>\n<policy label_prefix=\"b\" domain=\"b\"/>\n";
    private const string DomainA = "<domain name=\"a\" interface=\"10.0.0.1/24\">\n";
    private const string End = "\n</domain>\n<domain name=\"b\" interface=\"10.0.1.1/24\"/></config>";

    [TestMethod]
    [DataRow("<icmp dst='10.0.1.0/24'/>", "line 3, column 1: unknown element <icmp>")]
    [DataRow("<tcp dst='10.0.1.0'><permit port='80' domain='b'/></tcp>", "line 3, column 6: dst is a network, as 10.0.1.0/24")]
    [DataRow("<tcp><permit port='80' domain='b'/></tcp>", "line 3, column 1: dst is a network, as 10.0.1.0/24")]
    [DataRow("<tcp dst='10.0.1.0/24' src='x'><permit port='80' domain='b'/></tcp>", "line 3, column 24: <tcp> has no attribute src")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='80' domain='c'/></tcp>", "line 3, column 42: there is no domain c")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='80'/></tcp>", "line 3, column 24: <permit> needs a domain")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit domain='b'/></tcp>", "line 3, column 24: <permit> needs a port")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='0' domain='b'/></tcp>", "line 3, column 32: port is a number from 1 to 65535")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='http' domain='b'/></tcp>", "line 3, column 32: port is a number from 1 to 65535")]
    [DataRow("<tcp dst='10.0.1.0/24'><allow port='80' domain='b'/></tcp>", "line 3, column 24: unknown element <allow>")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit-any port='80' domain='b'/></tcp>", "line 3, column 36: <permit-any> has no attribute port")]
    [DataRow("<nat domain='b' tcp-ports='-1'/>", "line 3, column 17: tcp-ports is a number from 0 to 65535")]
    [DataRow("<tcp-forward port='80' domain='b' to='10.0.1'/>", "line 3, column 35: to is an address, as 10.0.0.2")]
    [DataRow("<tcp-forward domain='b' to='10.0.1.2'/>", "line 3, column 1: <tcp-forward> needs a port")]
    public void AFaultIsNamedWhereItIsAndPermitsNothing(string rule, string message)
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.1.2");
        bench.Boot("<config><policy label_prefix='a' domain='a'/><policy label_prefix='b' domain='b'/>\n"
            + "<domain name='a' interface='10.0.0.1/24'>\n" + rule + "\n</domain><domain name='b' interface='10.0.1.1/24'/></config>");

        bench.Board.Expect("[init -> nic_router] config: " + message);
        bench.Do(b, p => p.Nic.Listen(80));
        bench.Do(a, p => p.Nic.Connect(NetBench.Ip("10.0.1.2"), 80));
        Assert.IsTrue(a.Saw("refused not permitted"), a.Events);
    }

    [TestMethod]
    public void AFaultyRuleLeavesTheOthers()
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.1.2");
        bench.Boot(Start + DomainA + "<tcp dst=\"nowhere\"/>\n<tcp dst=\"10.0.1.0/24\"><permit port=\"80\" domain=\"b\"/></tcp>" + End);

        bench.Board.Expect("config: line 5, column 6: dst is a network, as 10.0.1.0/24");
        bench.Do(b, p => p.Nic.Listen(80));
        bench.Do(a, p => p.Nic.Connect(NetBench.Ip("10.0.1.2"), 80));
        Assert.IsTrue(a.Saw("connected"), a.Events);
    }

    [TestMethod]
    public void TheLongestPrefixAloneDecides()
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.1.2");
        bench.Boot(Start + DomainA + "<tcp dst=\"0.0.0.0/0\"><permit-any domain=\"b\"/></tcp>"
            + "<tcp dst=\"10.0.1.0/24\"><permit port=\"80\" domain=\"b\"/></tcp>" + End);
        bench.Do(b, ListenOn80And81);
        bench.Do(a, p => p.Nic.Connect(NetBench.Ip("10.0.1.2"), 80));
        bench.Do(a, p => p.Nic.Connect(NetBench.Ip("10.0.1.2"), 81));

        Assert.IsTrue(a.Saw("connected\nrefused not permitted\n"), a.Events);
    }

    [TestMethod]
    public void PoliciesAndDomainsAreChecked()
    {
        var bench = new NetBench();
        bench.Boot("<config>\n<policy label_prefix='a' domain='x'/>\n<policy label_prefix='a'/>\n<policy name='a' domain='a'/>\n"
            + "<domain/>\n<domain name='a'/>\n<domain name='a'/>\n<domain name='b' interface='10.0.0.1'/>\n<nonsense/></config>");

        bench.Board.Expect("config: line 2, column 26: there is no domain x");
        bench.Board.Expect("config: line 3, column 1: <policy> needs a domain");
        bench.Board.Expect("config: line 4, column 9: <policy> has no attribute name");
        bench.Board.Expect("config: line 5, column 1: a domain needs a name");
        bench.Board.Expect("config: line 7, column 1: domain a exists already");
        bench.Board.Expect("config: line 8, column 18: an interface is written as 10.0.0.1/24");
        bench.Board.Expect("config: line 9, column 1: unknown element <nonsense>");
    }

    private static void ListenOn80And81(NetPeer peer)
    {
        peer.Nic.Listen(80);
        peer.Nic.Listen(81);
    }
}
