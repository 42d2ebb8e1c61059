// Keeps the books of all sheep that a run's log counts, whichever board counts them.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tern.HostEmulator.Tests.CheckpointManagement;

/// <summary>A log that notes each sheep, and remembers everything for comparison.</summary>
internal sealed partial class SheepLedger : ILogSink
{
    private readonly Dictionary<string, List<int>> _counts = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    /// <summary>The whole log.</summary>
    public string Text => _text.ToString();

    /// <summary>The targets that counted.</summary>
    public IReadOnlyCollection<string> Targets => _counts.Keys;

    /// <summary>What a target counted, in the order of its log lines.</summary>
    public IReadOnlyList<int> CountsOf(string target) => _counts.TryGetValue(target, out List<int>? counts) ? counts : [];

    public void Write(LogLine line)
    {
        _text.Append(line.Board).Append(' ').Append(line.Text).Append('\n');
        Match match = Sheep().Match(line.Text);
        if (match.Success)
        {
            string target = match.Groups["target"].Value;
            if (!_counts.TryGetValue(target, out List<int>? counts))
            {
                _counts.Add(target, counts = []);
            }

            counts.Add(int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What is wrong with the books; empty when each target counted 1, 2, 3 … without a gap or a repetition.</summary>
    public string Discrepancy()
    {
        foreach ((string target, List<int> counts) in _counts)
        {
            for (int i = 0; i < counts.Count; i++)
            {
                if (counts[i] != i + 1)
                {
                    return $"{target} counted {string.Join(' ', counts)}";
                }
            }
        }

        return "";
    }

    [GeneratedRegex(@" -> (?<target>\w+)\] (?<count>\d+) sheep$")]
    private static partial Regex Sheep();
}
