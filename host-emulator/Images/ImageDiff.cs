// What differs between two images, as lines of text: header, identity, entries, calls, capability space, regions, deliveries,
// memory. Records are matched by what they are, not by where they stand: entries by number, selectors by number.
// Invariant: two images that are the same byte for byte have no lines; two that are not have at least one.
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>The differences of one part.</summary>
/// <param name="Name">The part.</param>
/// <param name="Lines">A line each: <c>+</c> added, <c>-</c> removed, <c>~</c> changed.</param>
/// <param name="Summary">In a few words; empty when nothing differs.</param>
internal sealed record PartDiff(string Name, List<string> Lines, string Summary);

internal sealed class ImageDiff
{
    private readonly ImageDocument _a;
    private readonly ImageDocument _b;
    private readonly bool _ignoresOrigin;
    private readonly ImageEntries _entriesA;
    private readonly ImageEntries _entriesB;
    private int _badges;

    /// <summary>Compares two images.</summary>
    /// <param name="a">The older one.</param>
    /// <param name="b">The newer one.</param>
    /// <param name="ignoresOrigin">Whether badges, commit, epoch, MAC address, checksum and code may differ, as after a restore.</param>
    internal ImageDiff(ImageDocument a, ImageDocument b, bool ignoresOrigin)
    {
        (_a, _b, _ignoresOrigin) = (a, b, ignoresOrigin);
        (_entriesA, _entriesB) = (new ImageEntries(a), new ImageEntries(b));
        Parts = [Header(), Records(Section.Identity, _ => "identity"), Records(Section.Domains, DomainOf), Entries(), Calls(), Capabilities(), Regions(), Records(Section.Threads, ThreadOf), Deliveries(), Exports(), Memory()];
        if (!IsSame || ignoresOrigin || a.Bytes.AsSpan().SequenceEqual(b.Bytes))
        {
            return;
        }

        Parts.Add(new PartDiff("bytes", ["~ bytes that no field has"], "bytes that no field has"));
    }

    /// <summary>All parts, also those without differences.</summary>
    internal List<PartDiff> Parts { get; }

    internal bool IsSame => Parts.All(part => part.Lines.Count == 0);

    /// <summary>Everything in one line.</summary>
    internal string Summary
    {
        get
        {
            string[] parts = [.. Parts.Where(part => part.Lines.Count > 0).Select(part => $"{part.Name}: {part.Summary}")];
            string ignored = _ignoresOrigin && _badges > 0 ? $" ({Quantity.Count(_badges, "badge")} differ, as after a restore)" : "";
            return (parts.Length == 0 ? "the same" : string.Join("; ", parts)) + ignored;
        }
    }

    private PartDiff Header()
    {
        // Where sections begin and how many records they have follows from what is in them.
        List<string> lines = [.. FieldLines(_a.Header, _b.Header, path => path.EndsWith("_at", StringComparison.Ordinal) || path.EndsWith("_count", StringComparison.Ordinal))
            .Select(line => "~ " + line)];
        if (!_ignoresOrigin && !_a.Bytes.AsSpan(_a.CodeAt).SequenceEqual(_b.Bytes.AsSpan(_b.CodeAt)))
        {
            lines.Add("~ code");
        }

        return Named("header", lines, "field");
    }

    private PartDiff Records(Section section, Func<ImageRecord, string> keyOf) => Named(
        ImageSchema.Sections[(int)section].Name,
        RecordLines(_a[section].Records, _b[section].Records, keyOf, (_, record) => keyOf(record)),
        section == Section.Identity ? "field" : "record");

    private static string DomainOf(ImageRecord domain) => domain.Long("domain") < 0 ? "own domain" : $"domain #{domain.Long("domain")}";

    private static string ThreadOf(ImageRecord thread) => $"thread #{thread.Long("thread")}";

    private PartDiff Entries() => Named(
        "entries",
        RecordLines(
            [.. _entriesA.Used], [.. _entriesB.Used],
            entry => "#" + Invariant.Of(entry.Number),
            (isB, entry) => $"#{Invariant.Of(entry.Number)} {(isB ? _entriesB : _entriesA).Describe(entry.Number)}"),
        "line");

    private PartDiff Calls() => Named(
        "calls",
        RecordLines(
            Whole(_a, Section.Calls), Whole(_b, Section.Calls),
            record => record.Nested("call")!.Long("session") + ":" + record.Nested("call")!.Long("opcode"),
            (isB, record) => CallName(isB ? _entriesB : _entriesA, record.Nested("call")!)),
        "line");

    private PartDiff Capabilities() => Named(
        "capabilities",
        RecordLines(
            Whole(_a, Section.Capabilities), Whole(_b, Section.Capabilities),
            row => $"{row.Long("domain")}:{Invariant.Hex(row.Long("selector"), 6)}",
            (isB, row) => $"{(row.Long("domain") < 0 ? "" : "#" + row.Long("domain") + ":")}{Invariant.Hex(row.Long("selector"), 6)} {(isB ? _entriesB : _entriesA).Describe(row.Long("entry"))}"),
        "row");

    private PartDiff Regions() => Named(
        "regions",
        RecordLines(
            Whole(_a, Section.Regions), Whole(_b, Section.Regions),
            region => $"#{Invariant.Of(region.Long("map"))}:{Invariant.Hex(region.Long("address"), 8)}",
            (isB, region) => $"#{Invariant.Of(region.Long("map"))} at 0x{Invariant.Hex(region.Long("address"), 8)}, "
                + $"{Quantity.Bytes(region.Long("size"))} of {(isB ? _entriesB : _entriesA).Describe(region.Long("shows"))}"),
        "line");

    private PartDiff Deliveries() => Named(
        "requests",
        RecordLines(
            Whole(_a, Section.Requests), Whole(_b, Section.Requests),
            record => Invariant.Of(record.Number),
            (isB, record) => $"{Invariant.Of(record.Number)} {ImageNames.Phase(record.Long("phase"))} "
                + (record.Nested("call") is { } call ? CallName(isB ? _entriesB : _entriesA, call) : $"#{Invariant.Of(record.Long("context"))}")),
        "line");

    private PartDiff Exports() => Named(
        "exports",
        RecordLines(
            Whole(_a, Section.Exports), Whole(_b, Section.Exports),
            export => $"{export.Long("kind")}:{(ImageSchema.IsTarget(export) ? 0 : export.Long("number"))}",
            (_, export) => $"{ImageNames.Export(export.Long("kind"))} {Invariant.Of(export.Long("number"))} {Printable.Of(export.Text("service"))}".TrimEnd()),
        "line");

    private PartDiff Memory()
    {
        var diff = new MemoryDiff(_a, _b);
        List<string> lines = [];
        (long bytes, long pages, int badges) = (0, 0, 0);
        foreach (ImageRecord entry in _entriesB.Used.Where(entry => entry.Long("content_at") >= 0))
        {
            ImageRecord? before = _entriesA.Find(entry.Number);
            if (before is null || before.Long("content_at") < 0)
            {
                continue;
            }

            DataspaceDiff found = diff.Compare(before, entry);
            badges += found.Badges;
            if (found.Ranges.Count > 0)
            {
                long differing = found.Ranges.Sum(range => (long)range.Bytes);
                lines.Add($"~ #{Invariant.Of(entry.Number)} {_entriesB.Describe(entry.Number)}: {Quantity.Count(differing, "byte")} in {PagesOf(found.Ranges)} of {Invariant.Of(found.Pages)} pages");
                lines.AddRange(found.Ranges.Select(range =>
                    $"    0x{Invariant.Hex(range.At, 6)} to 0x{Invariant.Hex(range.End - 1, 6)}: {Quantity.Count(range.Bytes, "byte")} in {Quantity.Count(PageCount(range), "page")}"));
                (bytes, pages) = (bytes + differing, pages + found.Ranges.Sum(PageCount));
            }
        }

        _badges += badges;
        if (!_ignoresOrigin && badges > 0)
        {
            lines.Add($"~ capability map: {Quantity.Count(badges, "badge")}");
        }

        return new PartDiff("memory", lines, $"{Quantity.Count(bytes, "byte")} in {Quantity.Count(pages, "page")}" + (badges > 0 ? $", {Quantity.Count(badges, "badge")}" : ""));
    }

    private long PageCount(PageRange range)
    {
        int pageSize = Math.Min(_a.PageSize, _b.PageSize);
        return (range.End - range.At + pageSize - 1) / pageSize;
    }

    private string PagesOf(List<PageRange> ranges) => Invariant.Of(ranges.Sum(PageCount));

    /// <summary>Lines for records that only one image has, and for the fields in which both differ.</summary>
    private List<string> RecordLines(
        IReadOnlyList<ImageRecord> a, IReadOnlyList<ImageRecord> b, Func<ImageRecord, string> keyOf, Func<bool, ImageRecord, string> nameOf)
    {
        Dictionary<string, ImageRecord> before = [];
        foreach (ImageRecord record in a)
        {
            before.TryAdd(keyOf(record), record);
        }

        List<string> lines = [];
        HashSet<string> kept = [];
        foreach (ImageRecord record in b)
        {
            string key = keyOf(record);
            if (!before.TryGetValue(key, out ImageRecord? old) || !kept.Add(key))
            {
                lines.Add("+ " + nameOf(true, record));
                continue;
            }

            lines.AddRange(FieldLines(old, record, _ => false).Select(line => $"~ {nameOf(true, record)}: {line}"));
        }

        lines.AddRange(a.Where(record => !kept.Contains(keyOf(record))).Select(record => "- " + nameOf(false, record)));
        return lines;
    }

    /// <summary>The fields in which two records differ: <c>name: before -> after</c>.</summary>
    private IEnumerable<string> FieldLines(ImageRecord a, ImageRecord b, Func<string, bool> follows)
    {
        Dictionary<string, string> before = Shown(a);
        Dictionary<string, string> after = Shown(b);
        foreach (string name in after.Keys.Union(before.Keys))
        {
            string old = before.GetValueOrDefault(name, "nothing");
            string now = after.GetValueOrDefault(name, "nothing");
            bool isOrigin = ImageSchema.IsOrigin(name) && _ignoresOrigin;
            _badges += name == "badge" && old != now ? 1 : 0;
            if (old != now && !isOrigin && !follows(name))
            {
                yield return $"{name}: {old} -> {now}";
            }
        }
    }

    /// <summary>A record's fields by name, a session's state in words.</summary>
    private static Dictionary<string, string> Shown(ImageRecord record)
    {
        Dictionary<string, string> fields = [];
        foreach ((string path, ImageField field) in record.Flat().Where(flat => !flat.Path.StartsWith("state", StringComparison.Ordinal)))
        {
            fields[path] = field.Shown;
        }

        foreach ((string name, long value) in record.Has("state_count") ? ImageEntries.StateOf(record) : [])
        {
            fields["state " + name] = name.EndsWith("_ns", StringComparison.Ordinal) && value > 0 ? $"{Invariant.Of(value)} ({Quantity.Time(value)})" : Invariant.Of(value);
        }

        return fields;
    }

    private static string CallName(ImageEntries entries, ImageRecord call) =>
        $"{entries.NameOf(call.Long("session"))} {entries.OperationOf(call)}";

    private static List<ImageRecord> Whole(ImageDocument document, Section section) => [.. document[section].Records.Where(record => record.IsWhole)];

    private static PartDiff Named(string name, List<string> lines, string noun)
    {
        int added = lines.Count(line => line[0] == '+');
        int removed = lines.Count(line => line[0] == '-');
        int changed = lines.Count(line => line[0] == '~');
        string[] counts =
        [
            .. new[] { (added, "added"), (removed, "removed"), (changed, "changed") }
                .Where(count => count.Item1 > 0).Select(count => $"{Quantity.Count(count.Item1, noun)} {count.Item2}"),
        ];
        return new PartDiff(name, lines, string.Join(", ", counts));
    }
}
