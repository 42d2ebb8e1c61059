// The router's configuration: policies and domains, as listing 5.4 of the checkpoint-management thesis has them, and rules
// that forward what comes from outside. What is not understood is said with line and column and left out: it permits nothing.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Policies and domains.</summary>
internal sealed partial class RouterConfig
{
    internal const int MaxDomains = 16;
    private const int MaxPolicies = 32;

    private readonly Env _env;
    private readonly Domain?[] _domains = new Domain?[MaxDomains];
    private readonly string[] _label = new string[MaxPolicies];
    private readonly string[] _prefix = new string[MaxPolicies];
    private readonly string[] _suffix = new string[MaxPolicies];
    private readonly Domain?[] _policyDomain = new Domain?[MaxPolicies];
    private int _policies;

    internal RouterConfig(Env env)
    {
        _env = env;
    }

    internal int DomainCount { get; private set; }

    /// <summary>How many complaints there were.</summary>
    internal int Faults { get; private set; }

    /// <summary>Whether the configuration asks for reports.</summary>
    internal bool Reports { get; private set; }

    internal Domain DomainAt(int index) => _domains[index]!;

    internal Domain? FindDomain(string name)
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

    /// <summary>The domain of a client; <c>null</c> when no policy fits. A policy for the whole label goes before one for a part, a longer part before a shorter.</summary>
    internal Domain? DomainOf(string label)
    {
        int best = -1;
        int bestScore = -1;
        for (int i = 0; i < _policies; i++)
        {
            int score = Score(i, label);
            if (score > bestScore)
            {
                best = i;
                bestScore = score;
            }
        }

        return best < 0 ? null : _policyDomain[best];
    }

    /// <summary>Reads a whole configuration.</summary>
    internal void Read(string text)
    {
        if (!XmlNode.TryParse(text, out XmlNode root, out XmlFault fault))
        {
            Faults++;
            _env.Log("config: " + fault.ToString());
            return;
        }

        // Rules name domains that may come later.
        for (XmlNode node = root.Child("domain"); node.IsValid; node = node.NextNamed("domain"))
        {
            ReadDomain(node);
        }

        for (XmlNode node = root.FirstChild; node.IsValid; node = node.Next)
        {
            if (node.Is("policy"))
            {
                ReadPolicy(node);
            }
            else if (node.Is("report"))
            {
                Reports = true;
            }
            else if (node.Is("domain"))
            {
                Domain? domain = FindDomain(node.Attribute("name", ""));
                if (domain != null)
                {
                    ReadRules(node, domain);
                }
            }
            else
            {
                Complain(node, "unknown element <" + node.Name + ">");
            }
        }
    }

    private int Score(int policy, string label)
    {
        if (_label[policy].Length > 0)
        {
            return _label[policy] == label ? int.MaxValue : -1;
        }

        string prefix = _prefix[policy];
        string suffix = _suffix[policy];
        bool fits = label.Length >= prefix.Length && label.Length >= suffix.Length
            && label.Substring(0, prefix.Length) == prefix
            && label.Substring(label.Length - suffix.Length) == suffix;
        return fits ? prefix.Length + suffix.Length : -1;
    }

    private void ReadDomain(XmlNode node)
    {
        string name = node.Attribute("name", "");
        if (name.Length == 0 || FindDomain(name) != null || DomainCount == MaxDomains)
        {
            Complain(node, name.Length == 0 ? "a domain needs a name"
                : DomainCount == MaxDomains ? "too many domains" : "domain " + name + " exists already");
            return;
        }

        var domain = new Domain(name);
        XmlAttr subnet = node.Attribute("interface");
        if (subnet.ReadIp4Network(ref domain.Interface, ref domain.Prefix) > ValueState.Valid)
        {
            Complain(subnet, "an interface is written as 10.0.0.1/24");
        }

        CheckAttributes(node, "name", "interface", "", "");
        _domains[DomainCount++] = domain;
    }

    private void ReadPolicy(XmlNode node)
    {
        int faults = Faults;
        CheckAttributes(node, "label", "label_prefix", "label_suffix", "domain");
        Domain? domain = DomainNamedBy(node);
        if (_policies == MaxPolicies)
        {
            Complain(node, "too many policies");
        }

        if (Faults != faults)
        {
            return;
        }

        _label[_policies] = node.Attribute("label", "");
        _prefix[_policies] = node.Attribute("label_prefix", "");
        _suffix[_policies] = node.Attribute("label_suffix", "");
        _policyDomain[_policies] = domain;
        _policies++;
    }
}
