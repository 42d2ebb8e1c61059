// The router's configuration: policies and domains, as listing 5.4 of the checkpoint-management thesis has them. The rules within a
// domain: RuleReader.
// Invariant: what is not understood is told and permits nothing, neither by itself nor by letting a wider rule apply.

namespace Tern.Os;

/// <summary>Policies and domains.</summary>
internal sealed class RouterConfig
{
    internal const int MaxDomains = 16;
    private const int MaxPolicies = 32;

    // What Genode's router has and Tern's, which carries flows and no frames, does without.
    private const string WithoutInRoot = "verbose verbose_packets verbose_packet_drop verbose_domain_state dhcp_discover_timeout_sec"
        + " dhcp_request_timeout_sec dhcp_offer_timeout_sec icmp_idle_timeout_sec udp_idle_timeout_sec tcp_idle_timeout_sec"
        + " tcp_max_segm_lifetime_sec";

    private const string WithoutInDomain = "verbose_packets verbose_packet_drop icmp_echo_server gateway label use_arp icmp ip dhcp-server";
    private const string WithoutInReport = "config config_triggers bytes stats interval_sec quota link_state link_state_triggers";
    private const string Rules = "nat tcp udp tcp-forward udp-forward";

    private readonly ConfigReader _reader;
    private readonly Domain?[] _domains = new Domain?[MaxDomains];
    private readonly LabelPolicies _policies = new LabelPolicies(MaxPolicies);
    private readonly Domain?[] _policyDomain = new Domain?[MaxPolicies];

    internal RouterConfig(ConfigReader reader)
    {
        _reader = reader;
    }

    internal int DomainCount { get; private set; }

    /// <summary>Whether the configuration asks for reports.</summary>
    internal bool Reports { get; private set; }

    internal Domain DomainAt(int index) => _domains[index]!;

    /// <summary>The domain of a client; <c>null</c> when no policy permits one (see <see cref="LabelPolicies"/>).</summary>
    internal Domain? DomainOf(string label)
    {
        int policy = _policies.Find(label);
        Domain? domain = policy == LabelPolicies.None ? null : _policyDomain[policy];
        return domain == null || domain.IsRefused ? null : domain;
    }

    /// <summary>Reads a whole configuration.</summary>
    /// <param name="root">The root element; an invalid one says nothing, so that nothing is permitted.</param>
    internal void Read(XmlNode root)
    {
        _reader.Know(root, "", "policy domain report", WithoutInRoot);
        _reader.Once(root, "report");
        _reader.Know(root.Child("report"), "", "", WithoutInReport);
        Reports = root.Child("report").IsValid;

        // Rules name domains that may come later.
        for (XmlNode node = root.Child("domain"); node.IsValid; node = node.NextNamed("domain"))
        {
            ReadDomain(node);
        }

        for (XmlNode node = root.Child("policy"); node.IsValid; node = node.NextNamed("policy"))
        {
            ReadPolicy(node);
        }

        var rules = new RuleReader(this, _reader);
        for (XmlNode node = root.Child("domain"); node.IsValid; node = node.NextNamed("domain"))
        {
            Domain? domain = FindDomain(node.Attribute("name", ""));
            if (domain != null)
            {
                rules.Read(node, domain);
            }
        }
    }

    /// <summary>The domain that an element names; <c>null</c>, which is told, when there is none of that name.</summary>
    internal Domain? DomainNamedBy(XmlNode node)
    {
        XmlAttr attribute = node.Attribute("domain");
        Domain? domain = FindDomain(attribute.Value);
        if (domain == null && attribute.IsValid)
        {
            _reader.Fault(attribute, "there is no domain \"" + attribute.Value + "\"");
        }
        else if (domain == null)
        {
            _reader.Needs(node, "domain", "…");
        }

        return domain;
    }

    private Domain? FindDomain(string name)
    {
        for (int i = 0; i < DomainCount; i++)
        {
            if (_domains[i]!.Name == name)
            {
                return _domains[i];
            }
        }

        return null;
    }

    private void ReadDomain(XmlNode node)
    {
        string name = _reader.Required(node, "name");
        if (name.Length == 0)
        {
            return;
        }

        Domain? other = FindDomain(name);
        if (other != null)
        {
            _reader.Fault(node, "name", "a second domain \"" + name + "\"; neither has clients until one of them is renamed");
            other.IsRefused = true;
            return;
        }

        if (DomainCount == MaxDomains)
        {
            _reader.Fault(node, "more than " + MaxDomains.ToString() + " domains; this one has no clients");
            return;
        }

        var domain = new Domain(name);
        int faults = _reader.Faults;
        int unknowns = _reader.Unknowns;
        _reader.Know(node, "name interface", Rules, WithoutInDomain);
        if (_reader.Unknowns > unknowns)
        {
            // It could have been a rule that permits less than another one does.
            domain.Tcp.Close();
            domain.Udp.Close();
        }

        if (_reader.Network(node, "interface", ref domain.Interface, ref domain.Prefix))
        {
            CheckInterface(node, domain);
        }

        domain.IsRefused = _reader.Faults - faults > _reader.Unknowns - unknowns;
        _domains[DomainCount++] = domain;
    }

    private void CheckInterface(XmlNode node, Domain domain)
    {
        if (!domain.IsHostPart(domain.Interface))
        {
            _reader.Fault(node, "interface", "interface is the subnet's own or its broadcast address; write one between them, as "
                + Ip4.Format((domain.Interface & Ip4.Mask(domain.Prefix)) + 1) + "/" + domain.Prefix.ToString());
        }

        for (int i = 0; i < DomainCount; i++)
        {
            Domain other = _domains[i]!;
            if (other.Contains(domain.Interface) || domain.Contains(other.Interface))
            {
                _reader.Fault(node, "interface",
                    "the subnet overlaps that of domain \"" + other.Name + "\"; no client gets into this domain");
                return;
            }
        }
    }

    private void ReadPolicy(XmlNode node)
    {
        int row = _policies.Add(node, _reader, "domain");
        Domain? domain = DomainNamedBy(node);
        if (row != LabelPolicies.None)
        {
            _policyDomain[row] = domain;
        }
    }
}
