// Two capability spaces compared, before a checkpoint and after the restore: equal but for badges. A badge may be another one,
// but what was one object before must be one object after, and what were two must be two.
namespace Tern.HostEmulator;

internal sealed class CapabilityDiff
{
    /// <summary>Compares two capability spaces.</summary>
    internal CapabilityDiff(SortedDictionary<int, CapabilityCell> before, SortedDictionary<int, CapabilityCell> after)
    {
        Dictionary<int, (int Badge, int Selector)> renamed = [];
        Dictionary<int, (int Badge, int Selector)> names = [];
        foreach (int selector in before.Keys.Union(after.Keys).Order())
        {
            bool was = before.TryGetValue(selector, out CapabilityCell old);
            bool isThere = after.TryGetValue(selector, out CapabilityCell now);
            string name = Invariant.Hex(selector, 6);
            if (!was || !isThere)
            {
                Lines.Add(was ? $"- {name} {Printable.Of(old.Type)}: missing after the restore" : $"+ {name} {Printable.Of(now.Type)}: not there before");
                continue;
            }

            Both++;
            Renamed += old.Badge != now.Badge ? 1 : 0;
            if (old.Type != now.Type)
            {
                Lines.Add($"~ {name} {Printable.Of(old.Type)}: is a {Printable.Of(now.Type)} after the restore");
                continue;
            }

            // Each badge goes with one other, both ways.
            renamed.TryAdd(old.Badge, (now.Badge, selector));
            names.TryAdd(now.Badge, (old.Badge, selector));
            if (renamed[old.Badge].Badge != now.Badge)
            {
                Lines.Add($"~ {name} {Printable.Of(old.Type)}: named the same object as {Invariant.Hex(renamed[old.Badge].Selector, 6)}, and does not after the restore");
            }
            else if (names[now.Badge].Badge != old.Badge)
            {
                Lines.Add($"~ {name} {Printable.Of(old.Type)}: names the same object as {Invariant.Hex(names[now.Badge].Selector, 6)}, and did not before");
            }
        }
    }

    /// <summary>A line for each row that is missing (-), extra (+) or changed (~).</summary>
    internal List<string> Lines { get; } = [];

    /// <summary>How many selectors both have.</summary>
    internal int Both { get; }

    /// <summary>How many of them have another badge.</summary>
    internal int Renamed { get; }
}
