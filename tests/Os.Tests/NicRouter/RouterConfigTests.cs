// What is wrong with a router's configuration is said with line and column, and permits nothing; the rest goes on.
namespace Tern.Os.Tests;

[TestClass]
public class RouterConfigTests
{
    private const string Start = "<config>\n<policy label_prefix=\"a\" domain=\"a\"/>\n<policy label_prefix=\"b\" domain=\"b\"/>\n";
    private const string DomainA = "<domain name=\"a\" interface=\"10.0.0.1/24\">\n";
    private const string End = "\n</domain>\n<domain name=\"b\" interface=\"10.0.1.1/24\"/></config>";

    // Whatever is wrong with a rule: it is told, and the wide rule that follows it permits nothing that the faulty one may have meant.
    [TestMethod]
    [DataRow("<tcp dst='10.0.1.0'><permit port='80' domain='b'/></tcp>",
        "line 3, column 6: dst is \"10.0.1.0\"; write a network, as 10.0.1.0/24")]
    [DataRow("<tcp dst='10.0.1.0/33'/>", "line 3, column 6: dst is \"10.0.1.0/33\"; write a network, as 10.0.1.0/24")]
    [DataRow("<tcp><permit port='80' domain='b'/></tcp>", "line 3, column 1: <tcp> needs a dst; write dst=\"10.0.1.0/24\"")]
    [DataRow("<tcp dst='10.0.1.0/24' src='x'><permit port='80' domain='b'/></tcp>",
        "line 3, column 24: unknown attribute \"src\"; <tcp> has dst")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='80' domain='c'/></tcp>", "line 3, column 42: there is no domain \"c\"")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='80'/></tcp>", "line 3, column 24: <permit> needs a domain")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='80' domain='c'/><permit-any domain='b'/></tcp>",
        "line 3, column 42: there is no domain \"c\"")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit domain='b'/></tcp>", "line 3, column 24: <permit> needs a port")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='0' domain='b'/></tcp>",
        "line 3, column 32: port is \"0\"; write a number from 1 to 65535")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='http' domain='a'/><permit-any domain='b'/></tcp>",
        "line 3, column 32: port is \"http\"; write a number")]
    [DataRow("<tcp dst='10.0.1.0/24'><deny port='80'/><permit-any domain='b'/></tcp>",
        "line 3, column 24: unknown element <deny>; <tcp> contains permit permit-any")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit-any port='80' domain='b'/></tcp>",
        "line 3, column 36: unknown attribute \"port\"; <permit-any> has domain")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit port='80' domain='b'/><permit port='80' domain='a'/></tcp>",
        "line 3, column 54: a second <permit> for the same")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit-any domain='b'/><permit-any domain='a'/></tcp>",
        "line 3, column 48: a second <permit-any> for the same")]
    [DataRow("<tcp dst='10.0.1.0/24'><permit-any domain='b'/></tcp><tcp dst='10.0.1.9/24'/>",
        "line 3, column 59: a second <tcp> for the same network")]
    [DataRow("<tpc dst='10.0.1.0/24'/>", "line 3, column 1: unknown element <tpc>; <domain> contains nat tcp udp tcp-forward udp-forward")]
    public void AFaultyRuleDeniesWhatItSelectsWhateverAWiderOnePermits(string rule, string message)
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.1.2");
        bench.Boot("<config><policy label_prefix='a' domain='a'/><policy label_prefix='b' domain='b'/>\n"
            + "<domain name='a' interface='10.0.0.1/24'>\n" + rule + "\n<tcp dst='0.0.0.0/0'><permit-any domain='b'/></tcp></domain>"
            + "<domain name='b' interface='10.0.1.1/24'/></config>");

        bench.Board.Expect("[init -> nic_router] Error: config " + message);
        bench.Do(b, p => p.Nic.Listen(80));
        bench.Do(a, p => p.Nic.Connect(NetBench.Ip("10.0.1.2"), 80));
        Assert.IsTrue(a.Saw("refused not permitted"), a.Events);
    }

    [TestMethod]
    [DataRow("<nat domain='b' tcp-ports='-1'/>", "line 3, column 17: tcp-ports is \"-1\"; write a number from 0 to 65535")]
    [DataRow("<nat domain='b'/>", "line 3, column 1: <nat> without ports lets nothing leave")]
    [DataRow("<nat domain='b' tcp-ports='1'/><nat domain='b' udp-ports='1'/>",
        "line 3, column 32: one <nat> a domain, and at most 16 of them")]
    [DataRow("<tcp-forward port='80' domain='b' to='10.0.1'/>", "line 3, column 35: to is \"10.0.1\"; write an address, as 10.0.0.2")]
    [DataRow("<tcp-forward port='80' domain='b'/>", "line 3, column 1: <tcp-forward> needs a to")]
    [DataRow("<tcp-forward domain='b' to='10.0.1.2'/>", "line 3, column 1: <tcp-forward> needs a port")]
    [DataRow("<tcp-forward port='80' domain='b' to='10.0.2.2'/>", "line 3, column 35: 10.0.2.2 is no client's address in domain \"b\"")]
    [DataRow("<tcp-forward port='80' domain='b' to='10.0.1.255'/>", "line 3, column 35: 10.0.1.255 is no client's address in domain \"b\"")]
    [DataRow("<udp-forward port='80' domain='b' to='10.0.1.2'><x/></udp-forward>",
        "line 3, column 49: unknown element <x>; <udp-forward> contains none")]
    [DataRow("<tcp dst='10.0.1.0/24'/><tcp-forward port='8' domain='b' to='10.0.1.2'/><tcp-forward port='8' domain='b' to='10.0.1.3'/>",
        "line 3, column 73: one rule a port, and at most 16 of them")]
    [DataRow("<icmp dst='10.0.1.0/24'/>", "line 3, column 1: element <icmp> has no meaning here; ignored")]
    public void EveryOtherFaultIsNamedWhereItIs(string rule, string message)
    {
        var bench = new NetBench();
        bench.Boot("<config><policy label_prefix='a' domain='a'/><policy label_prefix='b' domain='b'/>\n"
            + "<domain name='a' interface='10.0.0.1/24'>\n" + rule + "\n</domain><domain name='b' interface='10.0.1.1/24'/></config>");

        bench.Board.Expect("config " + message);
        bench.Board.Expect(message.Contains("ignored") ? "[init -> nic_router] Warning: " : "[init -> nic_router] Error: ");
    }

    [TestMethod]
    public void AFaultyRuleLeavesThoseForOtherNetworks()
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "10.0.0.2");
        NetPeer b = bench.Add("b", "10.0.1.2");
        bench.Boot(Start + DomainA + "<tcp dst=\"10.0.2.0/24\" comments=\"closed\"/>"
            + "\n<tcp dst=\"10.0.1.0/24\"><permit port=\"80\" domain=\"b\"/></tcp>" + End);

        bench.Board.Expect("config line 5, column 24: unknown attribute \"comments\"; <tcp> has dst");
        bench.Do(b, p => p.Nic.Listen(80));
        bench.Do(a, p => p.Nic.Connect(NetBench.Ip("10.0.1.2"), 80));
        Assert.IsTrue(a.Saw("connected"), a.Events);
    }

    // A policy that names a domain wrongly, has a condition that is not known, or stands twice: its clients do not get the rights of all.
    [TestMethod]
    [DataRow("<policy label='a' domain='x'/>", "there is no domain \"x\"")]
    [DataRow("<policy label='a' note='x' domain='b'/>", "unknown attribute \"note\"")]
    [DataRow("<policy lable='a' domain='a'/>", "unknown attribute \"lable\"")]
    [DataRow("<policy label='a' label_prefix='b' domain='a'/><policy label='a'/>", "label is the whole label; with it goes neither")]
    [DataRow("<policy label='a' domain='a'/><policy label='a' domain='a'/>", "a second policy for the same sessions")]
    public void AFaultyPolicyDeniesWhatItSelectsWhateverAWiderOneGrants(string policy, string message)
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "");
        bench.Boot("<config>" + policy + ""
            + "<policy domain='b'/><domain name='a' interface='10.0.0.1/24'/><domain name='b' interface='10.0.1.1/24'/></config>");
        bench.Board.Expect(message);
        bench.Board.Expect("[init -> nic_router] Warning: no policy for a");
        bench.Board.Expect("[init -> a] Error: Nic session failed");
        Assert.IsFalse(a.Saw("link 10."), a.Events);
    }

    [TestMethod]
    public void APolicyWhoseGrantIsFaultyLeavesNarrowerOnes()
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "");
        bench.Boot("<config><policy domain='x'/><policy label='a' domain='a'/><domain name='a' interface='10.0.0.1/24'/></config>");
        Assert.IsTrue(a.Saw("link 10."), a.Events);
    }

    [TestMethod]
    public void PoliciesThatFindNoRoomDenyEverybody()
    {
        string policies = "";
        for (int i = 0; i < 33; i++)
        {
            policies += "<policy label='p" + i + "' domain='a'/>";
        }

        var bench = new NetBench();
        NetPeer peer = bench.Add("p0", "");
        bench.Boot("<config>" + policies + "<domain name='a' interface='10.0.0.1/24'/></config>");
        bench.Board.Expect("more than 32 policies; since this one is not known, none permits anything");
        Assert.IsFalse(peer.Saw("link 10."), peer.Events);
    }

    [TestMethod]
    [DataRow("10.0.0.0/24", "interface is the subnet's own or its broadcast address; write one between them, as 10.0.0.1/24")]
    [DataRow("10.0.0.255/24", "interface is the subnet's own or its broadcast address; write one between them, as 10.0.0.1/24")]
    [DataRow("10.0.1.9/16", "the subnet overlaps that of domain \"b\"")]
    [DataRow("10.0.1.130/25", "the subnet overlaps that of domain \"b\"")]
    [DataRow("10.0.0.1", "interface is \"10.0.0.1\"; write a network, as 10.0.1.0/24")]
    public void AnInterfaceThatNoRouterCanHaveGivesItsDomainNoClients(string subnet, string message)
    {
        var bench = new NetBench();
        NetPeer a = bench.Add("a", "");
        NetPeer b = bench.Add("b", "10.0.1.2");
        bench.Boot("<config><policy label='a' domain='a'/><policy label='b' domain='b'/><domain name='b' interface='10.0.1.1/24'/>"
            + "<domain name='a' interface='" + subnet + "'/></config>");
        bench.Board.Expect(message);
        Assert.IsFalse(a.Saw("link 10."), a.Events);
        Assert.IsTrue(b.Saw("link 10."), b.Events);
    }

    [TestMethod]
    public void AllThatIsNotKnownAtTheRootAndInReportsIsTold()
    {
        var bench = new NetBench();
        bench.Boot("<config\none='1' two='2' verbose='yes'>\n<report every='1' other='2' bytes='yes'><part/></report>"
            + "<report/><third/><fourth/></config>");
        bench.Board.Expect("Error: config line 2, column 1: unknown attribute \"one\"; <config> has none");
        bench.Board.Expect("Error: config line 2, column 9: unknown attribute \"two\"; <config> has none");
        bench.Board.Expect("Warning: config line 2, column 17: attribute \"verbose\" has no meaning here; ignored");
        bench.Board.Expect("Error: config line 3, column 9: unknown attribute \"every\"; <report> has none");
        bench.Board.Expect("Error: config line 3, column 19: unknown attribute \"other\"; <report> has none");
        bench.Board.Expect("Error: config line 3, column 41: unknown element <part>; <report> contains none");
        bench.Board.Expect("Error: config line 3, column 57: a second <report> does not count; put both into one");
        bench.Board.Expect("Error: config line 3, column 66: unknown element <third>; <config> contains policy domain report");
        bench.Board.Expect("Error: config line 3, column 74: unknown element <fourth>; <config> contains policy domain report");
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

        bench.Board.Expect("config line 2, column 26: there is no domain \"x\"");
        bench.Board.Expect("config line 3, column 1: <policy> needs a domain");
        bench.Board.Expect("config line 4, column 9: unknown attribute \"name\"");
        bench.Board.Expect("config line 5, column 1: <domain> needs a name");
        bench.Board.Expect("config line 7, column 9: a second domain \"a\"");
        bench.Board.Expect("config line 8, column 18: interface is \"10.0.0.1\"; write a network");
        bench.Board.Expect("config line 9, column 1: unknown element <nonsense>");
    }

    private static void ListenOn80And81(NetPeer peer)
    {
        peer.Nic.Listen(80);
        peer.Nic.Listen(81);
    }
}
