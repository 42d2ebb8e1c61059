// What refers to what in an image: the checks that a restore makes on the way, with what each of them promises.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class ReferenceChecks
{
    private const int ParentEntry = 3;

    /// <summary>All checks: name, what is right when they hold, and the check.</summary>
    internal static readonly (string Name, string Detail, ReferenceCheck Check)[] All =
    [
        ("child", "the child's own objects are there", Child),
        ("origins", "every object has a maker before it", Origins),
        ("domains", "each once, with its threads, and quotas that add up", DomainChecks.Check),
        ("objects", "are what their makers make", MadeObjects.Check),
        ("states", "sessions have the state of their service, and an order where they need one", States),
        ("contents", "lie inside the image, one after the other", Contents),
        ("set calls", "set something in sessions that are there", Calls),
        ("selectors", "each once, and names an entry or what has ended", Capabilities),
        ("mappings", "lie inside their maps and what they show", Mappings.Check),
        ("map", "the capability map lies in memory of the target's own", MapCheck.Check),
        ("given away", "each once, and under a number of its own", ExportChecks.Check),
        ("deliveries", "go to entries that are there", Deliveries),
    ];

    private static void Child(References references)
    {
        ImageRecord? identity = references.Document.Identity;
        ImageEntries entries = references.Entries;
        ImageRecord? parent = entries.Find(ParentEntry);
        if (parent is null || ImageEntries.KindOf(parent) != ObjectKind.Parent)
        {
            int at = parent?.PlaceOf("kind") ?? references.Document[Section.Entries].At;
            references.Faults.Add(new ImageFault(at, $"entry #{Invariant.Of(ParentEntry)} is {entries.Describe(ParentEntry)}; it has to be the parent"));
        }

        foreach (IGrouping<ObjectKind, ImageRecord> kind in entries.Used.GroupBy(ImageEntries.KindOf).Where(kind => IsOnlyOne(kind.Key)))
        {
            foreach (ImageRecord other in kind.Skip(1))
            {
                references.Check(false, other, "kind", () => $"entry #{Invariant.Of(other.Number)} is a second {entries.Describe(other.Number)}");
            }
        }

        ImageRecord? config = entries.Used.FirstOrDefault(entry => ImageEntries.KindOf(entry) == ObjectKind.ConfigDataspace);
        if (identity is not null && config is not null)
        {
            references.Check(
                identity.Long("config_length") <= config.Long("amount"), identity, "config_length",
                () => $"the configuration is longer than its dataspace, #{Invariant.Of(config.Number)}");
        }
    }

    private static bool IsOnlyOne(ObjectKind kind) => kind is ObjectKind.Task or ObjectKind.AddressSpace or ObjectKind.Thread
        or ObjectKind.Parent or ObjectKind.ConfigDataspace or ObjectKind.InitialMemory;

    private static void Origins(References references)
    {
        ImageEntries entries = references.Entries;
        HashSet<(long, long)> results = [];
        foreach (ImageRecord entry in entries.Used)
        {
            ObjectKind kind = ImageEntries.KindOf(entry);
            string name = "entry #" + Invariant.Of(entry.Number);
            long leader = entry.Long("leader");
            bool isMade = kind is ObjectKind.Session or ObjectKind.Made or ObjectKind.ClosedSession or ObjectKind.Native;
            if (!references.Check(isMade == (leader >= 0), entry, "leader", () => isMade ? $"no call made {name}" : $"a call made {name}, which comes with the child")
                || !isMade)
            {
                continue;
            }

            ImageRecord? origin = entries.OriginOf(entry);
            bool isKnown = references.Check(
                origin is not null && leader <= entry.Number, entry, "leader",
                () => $"{name} was made by the call of entry #{Invariant.Of(leader)}, which has none");
            references.Check(results.Add((leader, entry.Long("result"))), entry, "result", () => $"{name} is the same part of an answer as an entry before");
            bool isBeside = leader < entry.Number && entries.Find(leader) is { } first && ImageEntries.KindOf(first) == ObjectKind.Session;
            bool comesRight = kind == ObjectKind.Native ? isBeside && entry.Long("result") == 1
                : !isBeside && (kind == ObjectKind.Made || (leader == entry.Number && entry.Long("result") == 0));
            references.Check(comesRight, entry, "leader", () => kind == ObjectKind.Native ? $"{name} did not come with a PD session" : $"{name} did not come alone");
            if (isKnown && leader == entry.Number && references.CheckCall(origin!, "the call that made " + name, entry.Number))
            {
                Maker(references, entry, origin!, name);
            }
        }
    }

    /// <summary>Sessions come from the parent, other objects from sessions.</summary>
    private static void Maker(References references, ImageRecord entry, ImageRecord call, string name)
    {
        ImageRecord maker = references.Entries.Find(call.Long("session"))!;
        if (ImageEntries.KindOf(entry) == ObjectKind.Made)
        {
            references.Check(ImageEntries.IsSession(maker) || ImageEntries.KindOf(maker) == ObjectKind.Native, call, "session", () => $"{name} was made by something that is no session");
            return;
        }

        long length = call.Long("word[0]");
        bool asks = ImageEntries.KindOf(maker) == ObjectKind.Parent && call.Long("opcode") == ParentOperation.Session
            && call.Has("word[0]") && length > 0 && length <= call.Long("length");
        if (references.Check(asks, call, "opcode", () => $"session {name} was not asked of the parent by a call that names its service"))
        {
            string service = ImageEntries.TextOf(call)[..^ImageEntries.LabelOf(call).Length];
            references.Check(service == entry.Text("service"), call, "bytes", () => $"session {name} was asked for as \"{Printable.Of(service)}\"");
        }
    }

    private static void Contents(References references)
    {
        ImageDocument document = references.Document;
        long size = document.CodeAt - document.MemoryAt;
        long next = 0;
        foreach (ImageRecord entry in references.Entries.Used)
        {
            bool isOwn = MadeObjects.IsOwnMemory(references.Entries, entry);
            references.Check(isOwn == (entry.Long("content_at") >= 0), entry, "content_at", () => isOwn
                ? $"entry #{Invariant.Of(entry.Number)} is the target's own memory and has no contents"
                : $"entry #{Invariant.Of(entry.Number)} has contents and is no memory of the target's own");
            if (entry.Long("content_at") < 0)
            {
                continue;
            }

            long at = entry.Long("content_at");
            long length = Math.Max(0, entry.Long("amount"));
            string name = "the contents of entry #" + Invariant.Of(entry.Number);
            references.Check(at + length <= size, entry, "content_at", () => $"{name} end at {Invariant.Of(at + length)}, and there are {Invariant.Of(size)} bytes");
            references.Check(at == next, entry, "content_at", () => $"{name} begin at {Invariant.Of(at)}, and those before end at {Invariant.Of(next)}");
            next = at + length;
        }

        if (next < size && references.Faults.Count == 0)
        {
            references.Faults.Add(new ImageFault((int)(document.MemoryAt + next), $"{Invariant.Of(size - next)} bytes of contents belong to nobody"));
        }
    }

    /// <summary>A service's sessions that are ordered have the ranks from 0 on, each once.</summary>
    private static void States(References references)
    {
        ImageRecord[] sessions =
        [
            .. references.Entries.Used.Where(entry => ImageEntries.KindOf(entry) is ObjectKind.Session or ObjectKind.InitialSession && !ImageEntries.IsLocal(entry)),
        ];
        foreach (ImageRecord entry in references.Entries.Used.Where(entry => ImageEntries.IsLocal(entry) || ImageEntries.KindOf(entry) == ObjectKind.Foreign))
        {
            bool isForeign = ImageEntries.KindOf(entry) == ObjectKind.Foreign;
            long number = entry.Long("state[0]");
            references.Check(entry.Long("state_count") == 1, entry, "state_count", () => $"foreign entry #{Invariant.Of(entry.Number)} has no number");
            references.Check(
                isForeign ? number is not 0 and not int.MinValue && (number > 0 || entry.Text("service").Length > 0) : number == 1, entry, "state[0]",
                () => $"entry #{Invariant.Of(entry.Number)}, {references.Entries.Describe(entry.Number)}, has the number {Invariant.Of(number)}");
        }

        foreach (IGrouping<string, ImageRecord> peers in sessions.GroupBy(session => session.Text("service")))
        {
            int words = ImageNames.StateParts(peers.Key).Sum(part => part.Words);
            int orderAt = ServiceCatalogue.Find(peers.Key).OrderAt;
            HashSet<long> ranks = [];
            foreach (ImageRecord session in peers)
            {
                string name = $"session {references.Entries.NameOf(session.Number)}";
                bool isWhole = references.Check(
                    words == 0 || session.Long("state_count") == words, session, "state_count",
                    () => $"{name} has {Quantity.Count(session.Long("state_count"), "word")} of state; its service has {Invariant.Of(words)}");
                string rankField = $"state[{Invariant.Of(orderAt)}]";
                long rank = session.Long(rankField);
                references.Check(
                    orderAt == 0 || !isWhole || (rank >= 0 && rank < peers.Count() && ranks.Add(rank)), session, rankField,
                    () => $"{name} is number {Invariant.Of(rank)} in the order of {Quantity.Count(peers.Count(), "session")}, or another one is too");
            }
        }
    }

    private static void Calls(References references)
    {
        foreach (ImageRecord record in references.Whole(Section.Calls))
        {
            ImageRecord call = record.Nested("call")!;
            string name = "call " + Invariant.Of(record.Number);
            if (!references.CheckCall(call, name, long.MaxValue))
            {
                continue;
            }

            ImageRecord session = references.Entries.Find(call.Long("session"))!;
            bool sets = ImageEntries.KindOf(session) is ObjectKind.Session or ObjectKind.InitialSession or ObjectKind.Native
                && ImageEntries.ServiceOf(session) is var service
                && (service.IsUnknown || service.EffectOf(call.Int("opcode")) == CallEffect.Set);
            references.Check(
                sets, call, "opcode", () => $"{name}, {references.Entries.OperationOf(call)} of {references.Entries.NameOf(call.Long("session"))}, sets nothing");
        }
    }

    private static void Capabilities(References references)
    {
        (long domain, long last) = (-1, 0);
        foreach (ImageRecord row in references.Whole(Section.Capabilities))
        {
            long selector = row.Long("selector");
            references.Check(
                references.Entries.IsDomain(row.Long("domain")) && row.Long("domain") >= domain, row, "domain",
                () => $"selector {Invariant.Hex(selector, 6)} is of domain {Invariant.Of(row.Long("domain"))}, which is none, or was before");
            last = row.Long("domain") == domain ? last : 0;
            domain = row.Long("domain");
            references.Check(selector > last, row, "selector", () => $"selector {Invariant.Hex(selector, 6)} comes after {Invariant.Hex(last, 6)}");
            references.CheckEntry(row, "entry", "selector " + Invariant.Hex(selector, 6), mayBeNone: true);
            last = selector;
        }
    }

    private static void Deliveries(References references)
    {
        foreach (ImageRecord record in references.Whole(Section.Requests))
        {
            string name = $"delivery {Invariant.Of(record.Number)}";
            if (record.Int("phase") == ImageFormat.SignalPhase)
            {
                references.CheckEntry(record, "context", name);
                continue;
            }

            bool isClients = record.Int("phase") is ImageFormat.KeptPhase or ImageFormat.QueuedPhase;
            bool isKept = record.Int("phase") is ImageFormat.KeptPhase or RequestPhase.Kept;
            references.Check(
                isKept ? record.Long("token") > 0 : !isClients || record.Long("token") <= 0, record, "token",
                () => $"{name} has the token {Invariant.Of(record.Long("token"))}; what is kept has one, and nothing else");
            references.Check(references.Entries.IsDomain(record.Long("domain")), record, "domain", () => $"{name} is of a domain that is none");
            references.Check(
                isClients != references.Entries.Find(record.Long("thread")) is not null, record, "thread",
                () => isClients ? $"{name} is a client's and has a thread" : $"{name} is asked by no thread");
            references.Check(
                record.Int("phase") == RequestPhase.Kept ? references.Entries.Find(record.Long("keeper")) is not null : record.Long("keeper") < 0, record, "keeper",
                () => $"{name} is kept by no thread, or is not kept and has one");
            ImageRecord call = record.Nested("call")!;
            references.CheckEntry(call, "session", $"the gate of {name}", mayBeNone: true);
            foreach (ImageField capability in call.List("capability"))
            {
                references.CheckEntry(call, capability.Name, $"{capability.Name} of {name}", mayBeNone: true);
            }
        }
    }
}
