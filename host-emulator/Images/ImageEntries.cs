// The entries of an image in words: what each stands for, who made it by which call, and what a call asks of whom.
// Invariant: any number may be asked for; what is not in the image is called so.
using System.Text;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal sealed class ImageEntries(ImageDocument document)
{
    private readonly IReadOnlyList<ImageRecord> _records = document[Section.Entries].Records;

    private readonly ILookup<long, ImageRecord> _calls = document[Section.Calls].Records
        .Where(record => record.IsWhole).Select(record => record.Nested("call")!).ToLookup(call => call.Long("session"));

    private readonly ILookup<long, ImageRecord> _regions = document[Section.Regions].Records
        .Where(record => record.IsWhole).ToLookup(region => region.Long("shows"));

    internal int Count => _records.Count;

    /// <summary>The entries that are in use.</summary>
    internal IEnumerable<ImageRecord> Used => _records.Where(entry => entry.IsWhole && KindOf(entry) != ObjectKind.Free);

    /// <summary>An entry in use; <c>null</c> when there is none of that number.</summary>
    internal ImageRecord? Find(long number) =>
        number >= 0 && number < _records.Count && _records[(int)number] is var entry && entry.IsWhole && KindOf(entry) != ObjectKind.Free ? entry : null;

    /// <summary>The calls of a session that are issued again.</summary>
    internal IEnumerable<ImageRecord> CallsOf(ImageRecord session) => _calls[session.Number];

    /// <summary>Where an entry's memory is attached.</summary>
    internal IEnumerable<ImageRecord> RegionsOf(ImageRecord entry) => _regions[entry.Number];

    internal static ObjectKind KindOf(ImageRecord entry) => (ObjectKind)entry.Int("kind");

    internal static bool IsSession(ImageRecord entry) => KindOf(entry) is ObjectKind.InitialSession or ObjectKind.Session or ObjectKind.ClosedSession;

    /// <summary>Whether another target of the same RTCR serves a session: then a single word of state says so.</summary>
    internal static bool IsLocal(ImageRecord entry) => KindOf(entry) == ObjectKind.Session && entry.Int("state_count") == 1;

    /// <summary>What a restore knows of a session's service: nothing of one that another target serves.</summary>
    internal static ServiceDescription ServiceOf(ImageRecord session) =>
        KindOf(session) == ObjectKind.Native ? ServiceCatalogue.Native() : ServiceCatalogue.Find(IsLocal(session) ? "" : session.Text("service"));

    /// <summary>The region maps of the address spaces of all domains, the target's own first; <c>null</c> where nothing is attached.</summary>
    internal IEnumerable<(bool IsOwn, ImageRecord? Map)> AddressSpaces()
    {
        yield return (true, Used.FirstOrDefault(entry => KindOf(entry) == ObjectKind.AddressSpace));
        foreach (ImageRecord native in Used.Where(entry => KindOf(entry) == ObjectKind.Native))
        {
            yield return (false, Used.FirstOrDefault(entry => KindOf(entry) == ObjectKind.Made && OriginOf(entry) is { } call
                && call.Long("session") == native.Number && call.Long("opcode") == NativePdOperation.AddressSpace));
        }
    }

    /// <summary>Whether a number is a domain of the target: its own, or the entry of a native interface.</summary>
    internal bool IsDomain(long number) => number < 0 || (Find(number) is { } entry && KindOf(entry) == ObjectKind.Native);

    internal static bool IsThread(ImageRecord entry) => entry.Int("type") == (int)ObjectType.Thread;

    /// <summary>The call that made an entry, which stands at its leader; <c>null</c> for none.</summary>
    internal ImageRecord? OriginOf(ImageRecord entry) => Find(entry.Long("leader"))?.Nested("call");

    /// <summary>What an entry stands for: <c>session Timer</c>, <c>dataspace by PD #4</c>.</summary>
    internal string Describe(long number)
    {
        if (number < 0)
        {
            return "nothing: its object has ended";
        }

        ImageRecord? entry = Find(number);
        if (entry is null)
        {
            return "no entry of this image";
        }

        string service = Printable.Of(entry.Text("service"));
        return KindOf(entry) switch
        {
            ObjectKind.InitialSession => "initial session " + service,
            ObjectKind.Session => "session " + service,
            ObjectKind.ClosedSession => "closed session " + service,
            ObjectKind.Made => $"{ImageNames.Type(entry.Long("type")) ?? "object"} by {MakerOf(entry)}",
            ObjectKind.Parent => "parent",
            ObjectKind.Foreign => $"{ImageNames.Type(entry.Long("type"))} of {(service.Length > 0 ? "target " + service : "the outside")}",
            var kind => ImageNames.Kind((long)kind) ?? "kind " + Invariant.Of((long)kind),
        };
    }

    /// <summary>Who made an entry: <c>PD #4: allocate dataspace</c>; the restore itself where no call did.</summary>
    internal string MakerOf(ImageRecord entry)
    {
        ImageRecord? call = OriginOf(entry);
        return call is null ? "restore" : $"{NameOf(call.Long("session"))}: {OperationOf(call)}";
    }

    /// <summary>A session or object in a few characters: <c>Timer #7</c>.</summary>
    internal string NameOf(long number) => number < 0 ? "none"
        : Find(number) is not { } entry ? $"#{Invariant.Of(number)}, which is not there"
        : $"{(IsSession(entry) ? Printable.Of(entry.Text("service")) : ImageNames.Kind(entry.Long("kind")))} #{Invariant.Of(number)}";

    /// <summary>The operation of a call, by the service that it asks.</summary>
    internal string OperationOf(ImageRecord call)
    {
        ImageRecord? session = Find(call.Long("session"));
        string service = session is null ? "" : KindOf(session) switch
        {
            ObjectKind.Parent => "parent",
            ObjectKind.Native => "native",
            _ => session.Text("service"),
        };
        return ImageNames.Operation(service, call.Long("opcode"));
    }

    /// <summary>A call with its arguments: <c>trigger periodic(500000, 0; #9) "text"</c>.</summary>
    internal string CallText(ImageRecord call)
    {
        string words = string.Join(", ", call.List("word").Select(word => word.Shown));
        string objects = string.Join(", ", call.List("capability").Select(capability => capability.Shown));
        string text = TextOf(call);
        return $"{OperationOf(call)}({words}{(objects.Length > 0 ? "; " + objects : "")})" + (text.Length > 0 ? $" \"{Printable.Of(text)}\"" : "");
    }

    /// <summary>A call's bytes as text.</summary>
    internal static string TextOf(ImageRecord call) =>
        call.Find("bytes") is { } bytes ? Encoding.UTF8.GetString(Convert.FromHexString(bytes.Text!)) : "";

    /// <summary>The label that a session was asked for with: what stands behind the service's name.</summary>
    internal static string LabelOf(ImageRecord call)
    {
        byte[] bytes = call.Find("bytes") is { } field ? Convert.FromHexString(field.Text!) : [];
        int name = (int)Math.Clamp(call.Long("word[0]"), 0, bytes.Length);
        return Encoding.UTF8.GetString(bytes, name, bytes.Length - name);
    }

    /// <summary>A session's state by name: the parts that are known, or numbered words.</summary>
    internal static List<(string Name, long Value)> StateOf(ImageRecord entry)
    {
        ImageField[] words = entry.List("state");
        StatePart[] parts = IsLocal(entry) ? [new("local", 0, 1)] : ImageNames.StateParts(entry.Text("service"));
        List<(string, long)> state = [];
        for (int i = 0; i < words.Length; i++)
        {
            StatePart part = parts.FirstOrDefault(part => i >= part.First && i < part.First + part.Words);
            if (part.Words == 2 && i == part.First && i + 1 < words.Length)
            {
                state.Add((part.Name, (uint)words[i].Number | (words[i + 1].Number << 32)));
                i++;
            }
            else
            {
                state.Add((part.Words == 1 ? part.Name : $"word[{Invariant.Of(i)}]", words[i].Number));
            }
        }

        return state;
    }
}
