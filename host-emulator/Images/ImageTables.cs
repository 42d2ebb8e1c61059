// The tables in which an image is shown to people: what its target can name, has, waits for and remembers.
// Invariant: any image has all tables, be they empty; a table's rows are in the image's order.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A table of an image.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Header">The columns; those of numbers begin with <c>&gt;</c> and are aligned to the right.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ImageTable(string Title, string[] Header, List<string[]> Rows)
{
    internal void Write(TextWriter writer)
    {
        writer.WriteLine(Title + (Rows.Count == 0 ? ": none" : ""));
        if (Rows.Count > 0)
        {
            TextTable.Write(
                writer,
                ["", .. Header.Select(title => title.TrimStart('>'))],
                [.. Rows.Select(row => (string[])["", .. row])],
                [false, .. Header.Select(title => title.StartsWith('>'))]);
        }
    }
}

internal static class ImageTables
{
    internal static ImageTable Parts(ImageDocument document)
    {
        long size = document.Bytes.Length;
        return new("parts", ["part", ">offset", ">size", ">share", ">records"],
        [
            .. document.Parts().Select(part => (string[])
            [
                part.Name, Invariant.Of(part.At), Invariant.Of(part.Size), Invariant.Percent(part.Size, size), part.Count is { } count ? Invariant.Of(count) : "-",
            ]),
        ]);
    }

    /// <summary>Everything that a target has.</summary>
    internal static IEnumerable<ImageTable> All(ImageDocument document)
    {
        var entries = new ImageEntries(document);
        yield return Sessions(entries);
        yield return Capabilities(document, entries);
        yield return Domains(document, entries);
        yield return Threads(document, entries);
        yield return Timers(entries);
        yield return Interrupts(entries);
        yield return Signals(document, entries);
        yield return Requests(document, entries);
        yield return Exports(document, entries);
        yield return Dataspaces(document, entries);
        yield return Regions(document, entries);
    }

    private static ImageTable Sessions(ImageEntries entries) => new(
        "sessions", ["entry", "service", "label", ">RAM", ">caps", "arguments", "calls kept"],
        [
            .. entries.Used.Where(ImageEntries.IsSession).Select(session =>
            {
                ImageRecord? call = entries.OriginOf(session);
                string arguments = call is null ? "" : string.Join(" ", call.List("word").Skip(3).Select(word => word.Shown));
                string closed = ImageEntries.KindOf(session) == ObjectKind.ClosedSession ? " (closed)" : "";
                return (string[])
                [
                    Number(session),
                    Printable.Of(session.Text("service")) + closed,
                    call is null ? "(initial)" : Printable.Of(ImageEntries.LabelOf(call)),
                    call is null ? "-" : Invariant.Of(call.Long("word[1]")),
                    call is null ? "-" : Invariant.Of(call.Long("word[2]")),
                    arguments.Length == 0 ? "-" : arguments,
                    Or(string.Join(", ", entries.CallsOf(session).Select(entries.CallText)), "-"),
                ];
            }),
        ]);

    private static ImageTable Capabilities(ImageDocument document, ImageEntries entries) => new(
        "capability space", ["domain", "selector", "badge", "object", "entry", "what"],
        [
            .. document[Section.Capabilities].Records.Where(row => row.IsWhole).Select(row =>
            {
                ImageRecord? entry = entries.Find(row.Long("entry"));
                return (string[])
                [
                    DomainName(row, entries),
                    Invariant.Hex(row.Long("selector"), 6),
                    entry is null ? "-" : Invariant.Hex((uint)entry.Long("badge"), 5),
                    entry is null ? "-" : ImageNames.Type(entry.Long("type")) ?? "?",
                    row.Find("entry")!.Shown,
                    entries.Describe(row.Long("entry")),
                ];
            }),
        ]);

    private static ImageTable Domains(ImageDocument document, ImageEntries entries) => new(
        "protection domains", ["domain", ">RAM", ">caps", ">next token", "fault"],
        [
            .. document[Section.Domains].Records.Where(domain => domain.IsWhole).Select(domain => (string[])
            [
                DomainName(domain, entries),
                Invariant.Of(domain.Long("ram_quota")),
                Invariant.Of(domain.Long("cap_quota")),
                Invariant.Of(domain.Long("next_token")),
                domain.Long("fault") == 0 ? "-" : domain.Find("fault")!.Meaning!,
            ]),
        ]);

    private static ImageTable Threads(ImageDocument document, ImageEntries entries) => new(
        "threads", ["entry", "what", "state", ">pauses", ">priority"],
        [
            .. document[Section.Threads].Records.Where(thread => thread.IsWhole).Select(thread =>
            {
                long flags = thread.Long("flags");
                string state = (flags & ImageFormat.ThreadRuns) == 0 ? "not started"
                    : (flags & ImageFormat.ThreadIsFresh) != 0 ? "to construct its component" : "started";
                return (string[])
                [
                    thread.Find("thread")!.Shown, entries.Describe(thread.Long("thread")), state, Invariant.Of(thread.Long("pauses")), Invariant.Of(thread.Long("priority")),
                ];
            }),
        ]);

    /// <summary>The domain that a record is of: the target's own, or the entry of a native interface.</summary>
    private static string DomainName(ImageRecord record, ImageEntries entries) =>
        record.Long("domain") < 0 ? "own" : entries.NameOf(record.Long("domain"));

    private static ImageTable Timers(ImageEntries entries) => new(
        "timers", ["entry", "fires", "then every", "signals"],
        [
            .. entries.Used.Where(entry => ImageEntries.IsSession(entry) && entry.Text("service") == "Timer").Select(entry =>
            {
                List<(string Name, long Value)> state = ImageEntries.StateOf(entry);
                long? remaining = Part(state, "remaining_ns");
                long? period = Part(state, "period_ns");
                string fires = remaining is null or long.MinValue ? "not armed"
                    : remaining < 0 ? $"overdue by {Quantity.Time(-remaining)}" : "in " + Quantity.Time(remaining);
                return (string[])[Number(entry), fires, period is > 0 ? Quantity.Time(period) : "-", HandlerOf(entries, entry)];
            }),
        ]);

    private static ImageTable Interrupts(ImageEntries entries) => new(
        "interrupts", ["entry", "interrupt", "state", ">fired since", "signals"],
        [
            .. entries.Used.Where(entry => ImageEntries.IsSession(entry) && entry.Text("service") == "IRQ").Select(entry =>
            {
                List<(string Name, long Value)> state = ImageEntries.StateOf(entry);
                string unacknowledged = Part(state, "unacknowledged") is null or 0 ? "acknowledged" : "unacknowledged, masked";
                return (string[])
                [
                    Number(entry),
                    Part(state, "interrupt") is { } number and >= 0 ? Invariant.Of(number) : "by its label",
                    unacknowledged,
                    Invariant.Of(Part(state, "fired_since") ?? 0),
                    HandlerOf(entries, entry),
                ];
            }),
        ]);

    private static ImageTable Signals(ImageDocument document, ImageEntries entries) => new(
        "signals pending", [">place", "context", "what", ">count"],
        [
            .. Deliveries(document).Where(IsSignal).Select(signal => (string[])
            [
                Invariant.Of(signal.Number), signal.Find("context")!.Shown, entries.Describe(signal.Long("context")), Invariant.Of(signal.Long("count")),
            ]),
        ]);

    private static ImageTable Requests(ImageDocument document, ImageEntries entries) => new(
        "requests outstanding", [">place", "phase", "gate", "operation", ">reply label", ">outcome", ">token"],
        [
            .. Deliveries(document).Where(request => !IsSignal(request)).Select(request =>
            {
                ImageRecord call = request.Nested("call")!;
                bool isAnswer = request.Int("phase") == RequestPhase.Answered;
                return (string[])
                [
                    Invariant.Of(request.Number),
                    ImageNames.Phase(request.Long("phase")) ?? "?",
                    isAnswer ? "-" : entries.NameOf(call.Long("session")),
                    entries.CallText(call),
                    Invariant.Of(request.Long("reply_label")),
                    isAnswer ? Errors.Name((Error)request.Int("outcome")) : "-",
                    request.Int("phase") == RequestPhase.Kept ? Invariant.Of(request.Long("token")) : "-",
                ];
            }),
        ]);

    /// <summary>What the target waits for, a sentence each.</summary>
    internal static IEnumerable<string> Waits(ImageDocument document)
    {
        var entries = new ImageEntries(document);
        foreach (ImageRecord request in Deliveries(document).Where(request => request.Int("phase") is RequestPhase.Asked or RequestPhase.Queued or RequestPhase.Kept))
        {
            ImageRecord call = request.Nested("call")!;
            yield return $"waits for an answer from {entries.Describe(call.Long("session"))} to {entries.CallText(call)} (reply label {Invariant.Of(request.Long("reply_label"))})";
        }
    }

    private static ImageTable Exports(ImageDocument document, ImageEntries entries) => new(
        "given to others", [">number", "kind", "service", "client", "entry", "what"],
        [
            .. document[Section.Exports].Records.Where(export => export.IsWhole && !ImageSchema.IsTarget(export)).Select(export => (string[])
            [
                Invariant.Of(export.Long("number")),
                ImageNames.Export(export.Long("kind")) ?? "?",
                Or(Printable.Of(export.Text("service")), "-"),
                export.Nested("call") is { } call ? Printable.Of(ImageEntries.TextOf(call)) : "-",
                export.Find("entry")!.Shown,
                entries.Describe(export.Long("entry")),
            ]),
        ]);

    private static ImageTable Dataspaces(ImageDocument document, ImageEntries entries) => new(
        "dataspaces and region maps", ["entry", "object", ">size", ">contents at", ">regions", "what"],
        [
            .. entries.Used.Where(entry => entry.Int("type") is (int)ObjectType.Dataspace or (int)ObjectType.RegionMap).Select(entry => (string[])
            [
                Number(entry),
                ImageNames.Type(entry.Long("type"))!,
                Invariant.Of(entry.Long("amount")),
                entry.Long("content_at") < 0 ? "-" : Invariant.Of(document.MemoryAt + entry.Long("content_at")),
                Invariant.Of(entries.RegionsOf(entry).Count()),
                entries.Describe(entry.Number),
            ]),
        ]);

    private static ImageTable Regions(ImageDocument document, ImageEntries entries) => new(
        "regions", ["map", "address", "end", "rights", "shows", ">from", "what"],
        [
            .. document[Section.Regions].Records.Where(region => region.IsWhole).Select(region => (string[])
            [
                region.Find("map")!.Shown,
                Invariant.Hex(region.Long("address"), 8),
                Invariant.Hex(region.Long("address") + region.Long("size"), 8),
                ImageNames.RightsOf(region.Long("rights")),
                region.Find("shows")!.Shown,
                Invariant.Of(region.Long("offset")),
                entries.Describe(region.Long("shows")),
            ]),
        ]);

    private static IEnumerable<ImageRecord> Deliveries(ImageDocument document) => document[Section.Requests].Records.Where(record => record.IsWhole);

    private static bool IsSignal(ImageRecord delivery) => delivery.Int("phase") == ImageFormat.SignalPhase;

    /// <summary>What a session signals: the capability of its kept <c>sigh</c>.</summary>
    private static string HandlerOf(ImageEntries entries, ImageRecord session)
    {
        ImageRecord? sigh = entries.CallsOf(session).FirstOrDefault(call => entries.OperationOf(call) == "sigh");
        return sigh?.Find("capability[0]") is { } context ? context.Number < 0 ? "a context that has ended" : context.Shown : "nobody";
    }

    private static long? Part(List<(string Name, long Value)> state, string name)
    {
        int index = state.FindIndex(part => part.Name == name);
        return index < 0 ? null : state[index].Value;
    }

    private static string Number(ImageRecord entry) => "#" + Invariant.Of(entry.Number);

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
