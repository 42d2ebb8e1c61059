// The protection domains of a target: its own and those that it made, with their quotas, threads and fault handlers.
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class DomainChecks
{
    internal static void Check(References references)
    {
        ImageEntries entries = references.Entries;
        ImageRecord[] natives = [.. entries.Used.Where(entry => ImageEntries.KindOf(entry) == ObjectKind.Native)];
        ImageRecord[] domains = [.. references.Whole(Section.Domains)];
        if (domains.Length != natives.Length + 1)
        {
            references.Faults.Add(new ImageFault(
                references.Document[Section.Domains].At,
                $"there are {Quantity.Count(domains.Length, "domain")}, and the entries have {Invariant.Of(natives.Length + 1)}"));
            return;
        }

        for (int i = 0; i < domains.Length; i++)
        {
            long expected = i == 0 ? -1 : natives[i - 1].Number;
            references.Check(domains[i].Long("domain") == expected, domains[i], "domain", () => $"domain {Invariant.Of(i)} is not the next one of the entries");
        }

        Quotas(references, domains);
        Handlers(references, natives);
        Threads(references);
    }

    /// <summary>What the target has is what its domains have; a domain is made with what it and those below it have.</summary>
    private static void Quotas(References references, ImageRecord[] domains)
    {
        if (references.Document.Identity is { } identity)
        {
            foreach (string field in (string[])["ram_quota", "cap_quota"])
            {
                references.Check(
                    domains.Sum(domain => (decimal)domain.Long(field)) == identity.Long(field), identity, field,
                    () => $"{field} of the target is {Invariant.Of(identity.Long(field))}, and its domains have another sum");
            }
        }
    }

    private static void Handlers(References references, ImageRecord[] natives)
    {
        HashSet<long> opened = [.. natives.Select(native => native.Long("leader"))];
        foreach (ImageRecord entry in references.Entries.Used)
        {
            string name = "entry #" + Invariant.Of(entry.Number);
            references.CheckEntry(entry, "fault_handler", $"the fault handler of {name}", mayBeNone: true);
            references.Check(ImageEntries.KindOf(entry) != ObjectKind.Session || !MadeObjects.IsPd(entry) || opened.Contains(entry.Number), entry, "service", () => $"{name} is a PD session without its native interface");
        }
    }

    private static void Threads(References references)
    {
        HashSet<long> threads = [];
        foreach (ImageRecord thread in references.Whole(Section.Threads))
        {
            long number = thread.Long("thread");
            references.Check(
                references.Entries.Find(number) is { } entry && ImageEntries.IsThread(entry) && threads.Add(number), thread, "thread",
                () => $"thread {Invariant.Of(thread.Number)} is {references.Entries.Describe(number)}, no thread or one that stands before");
        }
    }
}
