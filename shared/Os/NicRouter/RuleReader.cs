// The rules within a domain's element: what its clients may reach, and who gets what comes in.
// Invariant: a faulty rule denies what it selects. Where the fault is in what it selects, it denies all that it may have meant.
namespace Tern.Os;

/// <summary>Reads a domain's rules into its tables.</summary>
/// <param name="config">The domains.</param>
/// <param name="reader">Where complaints go.</param>
internal sealed class RuleReader(RouterConfig config, ConfigReader reader)
{
    /// <summary>Reads what stands in a domain's element. Elements that are not known were told of before.</summary>
    internal void Read(XmlNode domainNode, Domain domain)
    {
        for (XmlNode node = domainNode.FirstChild; node.IsValid; node = node.Next)
        {
            if (node.Is("nat"))
            {
                ReadNat(node, domain);
            }
            else if (node.Is("tcp") || node.Is("udp"))
            {
                ReadPermits(node, node.Is("tcp") ? domain.Tcp : domain.Udp);
            }
            else if (node.Is("tcp-forward") || node.Is("udp-forward"))
            {
                ReadForward(node, node.Is("tcp-forward") ? domain.TcpForward : domain.UdpForward);
            }
        }
    }

    private void ReadNat(XmlNode node, Domain domain)
    {
        int faults = reader.Faults;
        reader.Know(node, "domain tcp-ports udp-ports", "", "icmp-ids");
        int tcp = reader.Number(node, "tcp-ports", 0, ConfigReader.LastPort, 0);
        int udp = reader.Number(node, "udp-ports", 0, ConfigReader.LastPort, 0);
        Domain? source = config.DomainNamedBy(node);
        if (reader.Faults == faults && tcp == 0 && udp == 0)
        {
            reader.Fault(node, "<nat> without ports lets nothing leave; write tcp-ports=\"100\" or udp-ports=\"8\"");
        }

        if (reader.Faults == faults && (!domain.TcpNat.Add(source!, tcp) || !domain.UdpNat.Add(source!, udp)))
        {
            reader.Fault(node, "one <nat> a domain, and at most " + NatTable.Capacity.ToString() + " of them");
        }
    }

    private void ReadPermits(XmlNode node, PermitTable table)
    {
        int faults = reader.Faults;
        int network = 0;
        int prefix = 0;
        if (!reader.Network(node, "dst", ref network, ref prefix))
        {
            if (!node.HasAttribute("dst"))
            {
                reader.Needs(node, "dst", "10.0.1.0/24");
            }

            // It may have been meant for any network. What stands in it is still read, for its faults.
            table.Close();
            table = new PermitTable();
        }

        reader.Know(node, "dst", "permit permit-any", "comment");
        if (table.HasNetwork(network, prefix))
        {
            reader.Fault(node, "dst", "a second <" + node.Name
                + "> for the same network; put both into one, until then nothing is permitted there");
        }
        else if (!table.AddNetwork(network, prefix))
        {
            TableFull(node, table);
        }

        if (reader.Faults > faults)
        {
            table.CloseNetwork(network, prefix);
        }

        for (XmlNode permit = node.FirstChild; permit.IsValid; permit = permit.Next)
        {
            if (permit.Is("permit") || permit.Is("permit-any"))
            {
                ReadPermit(permit, table, network, prefix);
            }
        }
    }

    private void ReadPermit(XmlNode node, PermitTable table, int network, int prefix)
    {
        int faults = reader.Faults;
        bool isAny = node.Is("permit-any");
        int port = PermitTable.AnyPort;
        if (!isAny)
        {
            port = ReadPort(node);
            if (port == 0)
            {
                table.CloseNetwork(network, prefix);
                return;
            }
        }

        reader.Know(node, isAny ? "domain" : "port domain", "");
        Domain? domain = config.DomainNamedBy(node);
        if (table.Has(network, prefix, port))
        {
            reader.Fault(node, "a second <" + node.Name + "> for the same; remove one, until then it is not permitted");
            table.Deny(network, prefix, port);
        }
        else if (!table.Add(network, prefix, port, reader.Faults == faults ? domain : null))
        {
            TableFull(node, table);
        }
    }

    private void TableFull(XmlNode node, PermitTable table)
    {
        reader.Fault(node, "more than " + PermitTable.Capacity.ToString()
            + " rules in this domain; since this one is not known, none permits anything");
        table.Close();
    }

    private void ReadForward(XmlNode node, ForwardTable table)
    {
        int faults = reader.Faults;
        reader.Know(node, "port domain to to_port", "");
        int port = ReadPort(node);
        int toPort = reader.Port(node, "to_port", port);
        Domain? domain = config.DomainNamedBy(node);
        int to = reader.Address(node, "to", 0);
        if (!node.HasAttribute("to"))
        {
            reader.Needs(node, "to", "10.0.0.2");
        }

        if (reader.Faults == faults && !domain!.IsHost(to))
        {
            reader.Fault(node, "to", Ip4.Format(to) + " is no client's address in domain \"" + domain.Name + "\"");
        }

        if (reader.Faults == faults && !table.Add(port, domain!, to, toPort))
        {
            reader.Fault(node, "one rule a port, and at most " + ForwardTable.Capacity.ToString() + " of them");
        }
    }

    /// <summary>The port, which must be there; 0, which is told, when it is not.</summary>
    private int ReadPort(XmlNode node)
    {
        if (!node.HasAttribute("port"))
        {
            reader.Needs(node, "port", "80");
        }

        return reader.Port(node, "port", 0);
    }
}
