// Which clients of RTCR's own service may ask for what, by their session labels. Which policy decides: LabelPolicies.
// Invariant: what no policy permits is refused, and so is what a faulty one selects.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>A fixed table of policies.</summary>
internal sealed class ClientPolicies
{
    private const int Capacity = 8;

    private readonly LabelPolicies _policies = new LabelPolicies(Capacity);
    private readonly string[] _target = new string[Capacity];
    private readonly bool[] _mayCheckpoint = new bool[Capacity];
    private readonly bool[] _mayMigrate = new bool[Capacity];
    private readonly int[] _timeout = new int[Capacity];

    /// <summary>How many there are, faulty ones included; without any the service is not announced.</summary>
    internal int Count => _policies.Count;

    /// <summary>Reads a policy.</summary>
    internal void Read(XmlNode node, ConfigReader reader)
    {
        int row = _policies.Add(node, reader, "target checkpoint migrate timeout_ms");
        int faults = reader.Faults;
        string target = node.Attribute("target", "");
        if (node.HasAttribute("target") && target.Length == 0)
        {
            reader.Needs(node, "target", "…");
        }

        bool checkpoint = reader.Truth(node, "checkpoint", false);
        bool migrate = reader.Truth(node, "migrate", false);
        int timeout = reader.Number(node, "timeout_ms", 1, TargetRules.LongestMilliseconds, 30_000);
        if (row == LabelPolicies.None)
        {
            return;
        }

        _target[row] = target;
        _mayCheckpoint[row] = checkpoint;
        _mayMigrate[row] = migrate;
        _timeout[row] = timeout;
        if (reader.Faults > faults)
        {
            _policies.Deny(row);
        }
    }

    /// <summary>The policy for a session's label; <see cref="LabelPolicies.None"/> when it gets none.</summary>
    internal int Find(string label) => _policies.Find(label);

    /// <summary>Whether a policy lets ask about a target at all.</summary>
    internal bool Concerns(int policy, string target) => _target[policy].Length == 0 || _target[policy] == target;

    internal bool MayCheckpoint(int policy) => _mayCheckpoint[policy];

    internal bool MayMigrate(int policy) => _mayMigrate[policy];

    /// <summary>In how many milliseconds a request is answered at the latest.</summary>
    internal int Timeout(int policy) => _timeout[policy];
}
