namespace Tern.Os.Tests;

[TestClass]
public class ListingsTests
{
    [TestMethod]
    public void ManagerReadsAsPrinted()
    {
        XmlNode start = Xml.Parse(Listings.Manager);
        Assert.AreEqual("manager", start.Attribute("name", ""));
        long quantum = 0;
        Xml.Same(ValueState.Valid, start.Child("resource").Attribute("quantum").ReadSize(ref quantum));
        Assert.AreEqual(10L * 1024 * 1024, quantum);
        Assert.AreEqual("Manager", start.Child("provides").Child("service").Attribute("name", ""));

        XmlNode config = start.Child("config");
        Assert.AreEqual(1024, Port(config, "port"));
        Assert.AreEqual(1027, Port(config, "nas_port"));
        Assert.AreEqual(1025, Port(config, "rtcr_info_port"));
        Assert.AreEqual(1026, Port(config, "rtcr_migr_port"));
        int nas = 0;
        Xml.Same(ValueState.Valid, config.Attribute("nas_ip").ReadIp4(ref nas));
        Assert.AreEqual("10.0.2.2", Ip4.Format(nas));
        Assert.AreEqual("/dev/log", config.Child("libc").Attribute("stdout", ""));

        XmlNode socket = config.Child("vfs").Child("dir").NextNamed("dir");
        Assert.AreEqual("socket", socket.Attribute("name", ""));
        int mask = 0;
        Xml.Same(ValueState.Valid, socket.Child("lwip").Attribute("netmask").ReadIp4(ref mask));
        Assert.AreEqual(Ip4.Mask(24), mask);

        XmlNode any = start.Child("route").Child("any-service");
        Assert.IsTrue(any.FirstChild.Is("parent"));
        Assert.IsTrue(any.FirstChild.Next.Is("any-child"));
        Assert.IsFalse(any.FirstChild.Next.Next.IsValid);
    }

    [TestMethod]
    public void RtcrDummyReadsAsPrinted()
    {
        XmlNode start = Xml.Parse(Listings.RtcrDummy);
        Assert.AreEqual("rtcr_dummy", start.Child("binary").Attribute("name", ""));
        XmlNode config = start.Child("config");
        long mac = 0;
        Xml.Same(ValueState.Valid, config.Attribute("mac").Read(ref mac));
        Assert.AreEqual(57406533673528L, mac);
        mac = 0;
        Xml.Same(ValueState.Valid, config.Attribute("mac").ReadMac(ref mac));
        Assert.AreEqual("34:36:00:0c:22:38", Mac.Format(mac));
        Assert.AreEqual(7, Count(config.FirstAttribute));

        string routes = "";
        for (XmlNode service = start.Child("route").Child("service"); service.IsValid; service = service.NextNamed("service"))
        {
            routes += service.Attribute("name", "") + ">" + service.Child("child").Attribute("name", "") + " ";
        }

        Assert.AreEqual("Nic>nic_router Manager>manager ", routes);
    }

    [TestMethod]
    public void NicRouterReadsAsPrinted()
    {
        XmlNode start = Xml.Parse(Listings.NicRouter);
        int caps = 0;
        Xml.Same(ValueState.Valid, start.Attribute("caps").Read(ref caps));
        Assert.AreEqual(1000, caps);

        XmlNode config = start.Child("config");
        string policies = "";
        for (XmlNode policy = config.Child("policy"); policy.IsValid; policy = policy.NextNamed("policy"))
        {
            policies += policy.Attribute("label_prefix", "") + ">" + policy.Attribute("domain", "") + " ";
        }

        Assert.AreEqual("drivers>uplink manager>manager rtcr_dummy>rtcr nas>nas ", policies);
        Assert.AreEqual(
            "uplink: nat(manager,100) nat(rtcr,100) nat(nas,100) "
            + "manager 10.0.0.1/24: tcp 10.0.1.0/24(1025>rtcr 1026>rtcr ) tcp 10.0.2.0/24(1027>nas ) "
            + "rtcr 10.0.1.1/24: tcp 10.0.0.0/24(any>manager ) "
            + "nas 10.0.2.1/24: ",
            Domains(config));
    }

    private static string Domains(XmlNode config)
    {
        string said = "";
        for (XmlNode domain = config.Child("domain"); domain.IsValid; domain = domain.NextNamed("domain"))
        {
            said += domain.Attribute("name", "") + Network(domain.Attribute("interface")) + ": ";
            for (XmlNode nat = domain.Child("nat"); nat.IsValid; nat = nat.NextNamed("nat"))
            {
                int ports = 0;
                Xml.Same(ValueState.Valid, nat.Attribute("tcp-ports").Read(0, 65535, ref ports));
                said += "nat(" + nat.Attribute("domain", "") + "," + ports.ToString() + ") ";
            }

            for (XmlNode tcp = domain.Child("tcp"); tcp.IsValid; tcp = tcp.NextNamed("tcp"))
            {
                said += "tcp" + Network(tcp.Attribute("dst")) + "(" + Permits(tcp) + ") ";
            }
        }

        return said;
    }

    private static string Permits(XmlNode tcp)
    {
        string said = "";
        for (XmlNode permit = tcp.FirstChild; permit.IsValid; permit = permit.Next)
        {
            said += permit.Is("permit-any") ? "any" : Port(permit, "port").ToString();
            said += ">" + permit.Attribute("domain", "") + " ";
        }

        return said;
    }

    private static string Network(XmlAttr attribute)
    {
        int address = 0;
        int prefix = 0;
        return attribute.ReadIp4Network(ref address, ref prefix) == ValueState.Valid
            ? " " + Ip4.Format(address) + "/" + prefix.ToString()
            : "";
    }

    private static int Port(XmlNode node, string name)
    {
        int port = 0;
        Xml.Same(ValueState.Valid, node.Attribute(name).Read(1, 65535, ref port));
        return port;
    }

    private static int Count(XmlAttr attribute)
    {
        int count = 0;
        for (; attribute.IsValid; attribute = attribute.Next)
        {
            count++;
        }

        return count;
    }
}
