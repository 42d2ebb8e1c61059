// Which sessions a <policy> is for, by their labels: the same in nic_router, RTCR and the co-processor's driver.
// Invariants: of several rows that select a label, the one that says more of it decides, and a faulty row denies what it selects.
// Where the fault is in what it selects, it denies all that it may have meant. So a fault never lets a wider row permit more.
namespace Tern.Os;

/// <summary>A table of policies. What they grant stands with its user, in columns with the same rows.</summary>
public sealed class LabelPolicies
{
    /// <summary>No policy permits anything.</summary>
    public const int None = -1;

    private const string Conditions = "label label_prefix label_suffix ";
    private const int Whole = int.MaxValue;
    private const int NoMatch = -1;

    private readonly XmlNode[] _node;
    private readonly bool[] _denies;
    private readonly bool[] _isBlurred;
    private bool _isClosed;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Most policies.</param>
    public LabelPolicies(int capacity)
    {
        _node = new XmlNode[capacity];
        _denies = new bool[capacity];
        _isBlurred = new bool[capacity];
    }

    /// <summary>How many rows there are, faulty ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a policy's conditions, and tells what is wrong with them.</summary>
    /// <param name="node">The element.</param>
    /// <param name="reader">Where complaints go.</param>
    /// <param name="grants">The attributes beside the conditions, separated by one blank.</param>
    /// <returns>Its row; <see cref="None"/> when the table is full, and then nothing is permitted any more.</returns>
    public int Add(XmlNode node, ConfigReader reader, string grants)
    {
        if (Count == _node.Length)
        {
            _isClosed = true;
            reader.Fault(node, "more than " + _node.Length.ToString() + " policies; since this one is not known, none permits anything");
            return None;
        }

        int faults = reader.Faults;
        reader.Know(node, Conditions + grants, "");
        if (node.HasAttribute("label") && (node.HasAttribute("label_prefix") || node.HasAttribute("label_suffix")))
        {
            reader.Fault(node, "label is the whole label; with it goes neither label_prefix nor label_suffix");
        }

        int row = Count++;
        _node[row] = node;
        _isBlurred[row] = reader.Faults > faults;
        RefuseSecond(row, reader);
        return row;
    }

    /// <summary>A fault in what a policy grants: what it selects is denied.</summary>
    public void Deny(int row) => _denies[row] = true;

    /// <summary>The policy that decides about a session; <see cref="None"/> when it is denied.</summary>
    public int Find(string label)
    {
        int best = None;
        int bestScore = NoMatch;
        for (int row = 0; row < Count; row++)
        {
            int score = Score(_node[row], label);
            if (score != NoMatch && _isBlurred[row])
            {
                return None;
            }

            if (score > bestScore)
            {
                best = row;
                bestScore = score;
            }
        }

        return _isClosed || best == None || _denies[best] ? None : best;
    }

    /// <summary>How much of a label a policy says; <see cref="NoMatch"/> when it is not for it.</summary>
    private static int Score(XmlNode node, string label)
    {
        XmlAttr whole = node.Attribute("label");
        string prefix = node.Attribute("label_prefix", "");
        string suffix = node.Attribute("label_suffix", "");
        bool matches = (!whole.IsValid || whole.Value == label) && Labels.StartsWith(label, prefix) && Labels.EndsWith(label, suffix);
        return !matches ? NoMatch : whole.IsValid ? Whole : prefix.Length + suffix.Length;
    }

    /// <summary>Two policies for the same sessions contradict each other, even if they grant the same: neither permits anything.</summary>
    private void RefuseSecond(int row, ConfigReader reader)
    {
        for (int other = 0; other < row; other++)
        {
            if (Same(row, other, "label") && Same(row, other, "label_prefix") && Same(row, other, "label_suffix"))
            {
                reader.Fault(_node[row], "a second policy for the same sessions; remove one, until then neither permits anything");
                _denies[row] = _denies[other] = true;
                return;
            }
        }
    }

    private bool Same(int row, int other, string attribute)
    {
        XmlAttr one = _node[row].Attribute(attribute);
        XmlAttr two = _node[other].Attribute(attribute);
        return one.IsValid == two.IsValid && one.Value == two.Value;
    }
}
