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

        Quotas(references);
        Handlers(references, natives);
        Threads(references);
    }

    /// <summary>A domain is made with what it and those below it have: what the calls and the identity say has to add up.</summary>
    private static void Quotas(References references)
    {
        ImageEntries entries = references.Entries;
        foreach (ImageRecord domain in references.Whole(Section.Domains))
        {
            (long ram, long caps) = Whole(references, domain.Long("domain"), 0);
            ImageRecord? pd = entries.Find(domain.Long("domain")) is { } native ? entries.Find(native.Long("leader")) : null;
            ImageRecord? call = pd?.Nested("call");
            if (domain.Long("domain") == -1 && references.Document.Identity is { } identity)
            {
                references.Check(identity.Long("ram_quota") == ram, identity, "ram_quota", () => $"the domains have {Quantity.Bytes(ram)} of RAM together");
                references.Check(identity.Long("cap_quota") == caps, identity, "cap_quota", () => $"the domains have {Invariant.Of(caps)} capabilities together");
            }
            else if (call is not null)
            {
                references.Check(call.Long("word[1]") == ram, call, "word[1]", () => $"domain #{Invariant.Of(domain.Long("domain"))} and those below it have {Quantity.Bytes(ram)} of RAM");
                references.Check(call.Long("word[2]") == caps, call, "word[2]", () => $"domain #{Invariant.Of(domain.Long("domain"))} and those below it have {Invariant.Of(caps)} capabilities");
            }
        }
    }

    /// <summary>What a domain and those below it have, and have donated to sessions.</summary>
    private static (long Ram, long Caps) Whole(References references, long domain, int depth)
    {
        ImageEntries entries = references.Entries;
        ImageRecord? own = references.Whole(Section.Domains).FirstOrDefault(record => record.Long("domain") == domain);
        long? pd = domain == -1
            ? entries.Used.FirstOrDefault(entry => ImageEntries.KindOf(entry) == ObjectKind.InitialSession && entry.Text("service") == "PD")?.Number
            : entries.Find(domain)?.Long("leader");
        (long ram, long caps) = (own?.Long("ram_quota") ?? 0, own?.Long("cap_quota") ?? 0);
        foreach (ImageRecord native in entries.Used.Where(entry => ImageEntries.KindOf(entry) == ObjectKind.Native && depth < ImageFormat.MaxDomains))
        {
            if (entries.OriginOf(native) is { } call && call.Has("capability[0]") && call.Long("capability[0]") == pd)
            {
                (long below, long capsBelow) = Whole(references, native.Number, depth + 1);
                (ram, caps) = (ram + below, caps + capsBelow);
            }
        }

        foreach (ImageRecord session in entries.Used.Where(entry => ImageEntries.KindOf(entry) is ObjectKind.Session or ObjectKind.ClosedSession
            && entry.Text("service") != "PD" && !ImageEntries.IsLocal(entry)))
        {
            if (entries.OriginOf(session) is { } call && call.Has("capability[0]") && call.Long("capability[0]") == pd)
            {
                (ram, caps) = (ram + call.Long("word[1]"), caps + call.Long("word[2]"));
            }
        }

        return (ram, caps);
    }

    private static void Handlers(References references, ImageRecord[] natives)
    {
        HashSet<long> opened = [.. natives.Select(native => native.Long("leader"))];
        foreach (ImageRecord entry in references.Entries.Used)
        {
            string name = "entry #" + Invariant.Of(entry.Number);
            bool isGate = references.Entries.Find(entry.Long("fault_handler")) is { } gate && gate.Int("type") == (int)Kernel.ObjectType.Gate;
            references.Check(
                entry.Long("fault_handler") < 0 || (isGate && entry.Int("type") == (int)Kernel.ObjectType.RegionMap), entry, "fault_handler",
                () => $"the faults of {name} go to #{Invariant.Of(entry.Long("fault_handler"))}: {references.Entries.Describe(entry.Long("fault_handler"))}");
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
