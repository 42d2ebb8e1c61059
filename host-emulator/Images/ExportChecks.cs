// What the target has given to others: the first record is about the target, the others are things that it has, each under
// a number that no other thing has or had.
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class ExportChecks
{
    /// <summary>A session's donations and arguments.</summary>
    private const int ArgumentCount = 5;

    internal static void Check(References references)
    {
        ImageSection section = references.Document[Section.Exports];
        if (section.Records is not [var target, ..] || !ImageSchema.IsTarget(target))
        {
            references.Faults.Add(new ImageFault(section.At, "the first record of exports is not about the target"));
            return;
        }

        long last = 0;
        HashSet<long> entries = [];
        HashSet<string> services = [];
        foreach (ImageRecord export in references.Whole(Section.Exports).Skip(1))
        {
            string name = $"export {Invariant.Of(export.Number)}";
            long number = export.Long("number");
            if (!references.Check(!ImageSchema.IsTarget(export), export, "kind", () => $"{name} is about the target, as the first one is"))
            {
                continue;
            }

            references.Check(
                number > last && number < target.Long("number"), export, "number",
                () => $"{name} has the number {Invariant.Of(number)}; the one before has {Invariant.Of(last)}, and the next one will get {Invariant.Of(target.Long("number"))}");
            last = number;
            if (references.CheckEntry(export, "entry", name))
            {
                references.Check(
                    ImageEntries.KindOf(references.Entries.Find(export.Long("entry"))!) != ObjectKind.Foreign, export, "entry",
                    () => $"{name} is not the target's own");
            }

            references.Check(entries.Add(export.Long("entry")), export, "entry", () => $"{name} is the same thing as an export before");
            CheckService(references, export, name, services);
        }
    }

    private static void CheckService(References references, ImageRecord export, string name, HashSet<string> services)
    {
        if (export.Int("kind") == ImageFormat.ExportedService)
        {
            references.Check(
                export.Text("service").Length > 0 && services.Add(export.Text("service")), export, "service",
                () => $"{name} is a service without a name, or announced before");
        }

        if (export.Nested("call") is { } call)
        {
            references.Check(
                call.Long("word_count") == ArgumentCount && call.Long("capability_count") == 0 && call.Long("session") < 0, call, "session",
                () => $"{name}, a session, was not opened by a request of {Invariant.Of(ArgumentCount)} words and no capability");
        }
    }
}
