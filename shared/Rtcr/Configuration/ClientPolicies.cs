// Which clients of RTCR's own service may ask for what, by their session labels as nic_router's policies do it.
// Invariant: what no policy permits is refused; of several that match, the one that says more of the label decides.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>A fixed table of policies.</summary>
internal sealed class ClientPolicies
{
    private const int Capacity = 8;
    private const int Whole = 1000;

    private readonly string[] _label = new string[Capacity];
    private readonly string[] _prefix = new string[Capacity];
    private readonly string[] _suffix = new string[Capacity];
    private readonly string[] _target = new string[Capacity];
    private readonly bool[] _mayCheckpoint = new bool[Capacity];
    private readonly bool[] _mayMigrate = new bool[Capacity];
    private readonly int[] _timeout = new int[Capacity];

    /// <summary>How many there are; without any the service is not announced.</summary>
    internal int Count { get; private set; }

    /// <summary>Reads a policy.</summary>
    internal void Read(XmlNode node, ConfigReader reader)
    {
        int problems = reader.Count;
        reader.Know(node, " label label_prefix label_suffix target checkpoint migrate timeout_ms ");
        bool checkpoint = reader.Truth(node, "checkpoint", false);
        bool migrate = reader.Truth(node, "migrate", false);
        int timeout = reader.Number(node, "timeout_ms", 1, TargetRules.LongestMilliseconds, 30_000);
        if (Count == Capacity)
        {
            reader.Complain(node, "more than " + Capacity + " policies");
        }

        if (reader.Count > problems)
        {
            // A condition that was not understood would let more through than was meant.
            return;
        }

        _label[Count] = node.Attribute("label", "");
        _prefix[Count] = node.Attribute("label_prefix", "");
        _suffix[Count] = node.Attribute("label_suffix", "");
        _target[Count] = node.Attribute("target", "");
        _mayCheckpoint[Count] = checkpoint;
        _mayMigrate[Count] = migrate;
        _timeout[Count] = timeout;
        Count++;
    }

    /// <summary>The policy for a session's label; −1 for none.</summary>
    internal int Find(string label)
    {
        int best = -1;
        int bestScore = -1;
        for (int i = 0; i < Count; i++)
        {
            int score = Score(i, label);
            if (score > bestScore)
            {
                best = i;
                bestScore = score;
            }
        }

        return best;
    }

    /// <summary>Whether a policy lets ask about a target at all.</summary>
    internal bool Concerns(int policy, string target) => _target[policy].Length == 0 || _target[policy] == target;

    internal bool MayCheckpoint(int policy) => _mayCheckpoint[policy];

    internal bool MayMigrate(int policy) => _mayMigrate[policy];

    /// <summary>In how many milliseconds a request is answered at the latest.</summary>
    internal int Timeout(int policy) => _timeout[policy];

    private int Score(int policy, string label)
    {
        if (_label[policy].Length > 0)
        {
            return label == _label[policy] ? Whole : -1;
        }

        string prefix = _prefix[policy];
        string suffix = _suffix[policy];
        bool matches = label.Length >= prefix.Length && label.Substring(0, prefix.Length) == prefix
            && label.Length >= suffix.Length && label.Substring(label.Length - suffix.Length) == suffix;
        return matches ? prefix.Length + suffix.Length : -1;
    }
}
