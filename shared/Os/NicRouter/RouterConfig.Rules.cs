// The rules within a domain's element. A rule with a fault in it is left out as a whole.
namespace Tern.Os;

internal sealed partial class RouterConfig
{
    private const int MaxPort = 65535;

    private void ReadRules(XmlNode domainNode, Domain domain)
    {
        for (XmlNode node = domainNode.FirstChild; node.IsValid; node = node.Next)
        {
            if (node.Is("nat"))
            {
                ReadNat(node, domain);
            }
            else if (node.Is("tcp"))
            {
                ReadPermits(node, domain.Tcp);
            }
            else if (node.Is("udp"))
            {
                ReadPermits(node, domain.Udp);
            }
            else if (node.Is("tcp-forward"))
            {
                ReadForward(node, domain.TcpForward);
            }
            else if (node.Is("udp-forward"))
            {
                ReadForward(node, domain.UdpForward);
            }
            else
            {
                Complain(node, "unknown element <" + node.Name + ">");
            }
        }
    }

    private void ReadNat(XmlNode node, Domain domain)
    {
        CheckAttributes(node, "domain", "tcp-ports", "udp-ports", "");
        int faults = Faults;
        int tcp = 0;
        int udp = 0;
        ReadNumber(node.Attribute("tcp-ports"), 0, MaxPort, ref tcp);
        ReadNumber(node.Attribute("udp-ports"), 0, MaxPort, ref udp);
        Domain? source = DomainNamedBy(node);
        if (Faults == faults && source != null && (!domain.TcpNat.Add(source, tcp) || !domain.UdpNat.Add(source, udp)))
        {
            Complain(node, "one <nat> a domain, and not that many");
        }
    }

    private void ReadPermits(XmlNode node, PermitTable table)
    {
        int faults = Faults;
        CheckAttributes(node, "dst", "", "", "");
        int network = 0;
        int prefix = 0;
        XmlAttr dst = node.Attribute("dst");
        if (dst.ReadIp4Network(ref network, ref prefix) != ValueState.Valid)
        {
            ComplainAbout(node, dst, "dst is a network, as 10.0.1.0/24");
        }

        if (Faults != faults)
        {
            return;
        }

        if (!table.AddNetwork(network, prefix))
        {
            Complain(node, "too many rules");
        }

        for (XmlNode permit = node.FirstChild; permit.IsValid; permit = permit.Next)
        {
            ReadPermit(permit, table, network, prefix);
        }
    }

    private void ReadPermit(XmlNode node, PermitTable table, int network, int prefix)
    {
        bool any = node.Is("permit-any");
        if (!any && !node.Is("permit"))
        {
            Complain(node, "unknown element <" + node.Name + ">");
            return;
        }

        int faults = Faults;
        CheckAttributes(node, "domain", any ? "" : "port", "", "");
        int port = PermitTable.AnyPort;
        Domain? domain = DomainNamedBy(node);
        if (!any)
        {
            ReadPort(node, ref port);
        }

        if (Faults == faults && domain != null && !table.Add(network, prefix, port, domain))
        {
            Complain(node, "too many rules");
        }
    }

    private void ReadForward(XmlNode node, ForwardTable table)
    {
        int faults = Faults;
        CheckAttributes(node, "port", "domain", "to", "to_port");
        int port = 0;
        int to = 0;
        XmlAttr address = node.Attribute("to");
        ReadPort(node, ref port);
        int toPort = port;
        ReadNumber(node.Attribute("to_port"), 1, MaxPort, ref toPort);
        Domain? domain = DomainNamedBy(node);
        if (address.ReadIp4(ref to) != ValueState.Valid)
        {
            ComplainAbout(node, address, "to is an address, as 10.0.0.2");
        }

        if (Faults == faults && domain != null && !table.Add(port, domain, to, toPort))
        {
            Complain(node, "one rule a port, and not that many");
        }
    }

    private void ReadPort(XmlNode node, ref int port)
    {
        XmlAttr attribute = node.Attribute("port");
        if (attribute.IsValid)
        {
            ReadNumber(attribute, 1, MaxPort, ref port);
        }
        else
        {
            Complain(node, "<" + node.Name + "> needs a port");
        }
    }

    /// <summary>Reads a number that may be absent.</summary>
    private void ReadNumber(XmlAttr attribute, int least, int most, ref int value)
    {
        if (attribute.Read(least, most, ref value) > ValueState.Valid)
        {
            Complain(attribute, attribute.Name + " is a number from " + least + " to " + most);
        }
    }
}
