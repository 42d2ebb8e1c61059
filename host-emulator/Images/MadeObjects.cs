// What core's operations make, and whether an image's entries say the same: a restore makes objects by these calls alone.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class MadeObjects
{
    private const string Native = "native";

    /// <summary>Checks that each entry has the type, and memory the size, that it is going to be made with.</summary>
    internal static void Check(References references)
    {
        foreach (ImageRecord entry in references.Entries.Used)
        {
            string name = "entry #" + Invariant.Of(entry.Number);
            long type = entry.Long("type");
            ObjectType? expected = TypeOf(ImageEntries.KindOf(entry));
            ImageRecord? call = references.Entries.OriginOf(entry);
            ImageRecord? maker = call is null ? null : references.Entries.Find(call.Long("session"));
            if (ImageEntries.KindOf(entry) == ObjectKind.Made && maker is not null)
            {
                string service = ImageEntries.KindOf(maker) == ObjectKind.Native ? Native : ImageEntries.IsLocal(maker) ? "" : maker.Text("service");
                expected = MadeBy(service, call!.Int("opcode"));
                references.Check(
                    expected != ObjectType.None, call, "opcode",
                    () => $"{name} was made by {references.Entries.MakerOf(entry)}, which makes nothing");
                bool hasSize = ServiceCatalogue.Find(service).RoundsSize is var rounds && rounds != 0 && rounds == call.Int("opcode");
                references.Check(
                    !hasSize || call.Long("word[0]") == entry.Long("amount"), entry, "amount",
                    () => $"{name} has {Quantity.Count(entry.Long("amount"), "byte")}, and its call makes {Invariant.Of(call.Long("word[0]"))}");
            }

            references.Check(
                expected is null or ObjectType.None || type == (long)expected, entry, "type",
                () => $"{name} is {ImageNames.Type(type) ?? "nothing"}, and what is made is a {ImageNames.Type((long)expected!)}");
        }
    }

    /// <summary>Whether an entry is RAM whose contents belong to the target: not a module, nor somebody else's buffer.</summary>
    internal static bool IsOwnMemory(ImageEntries entries, ImageRecord entry) => ImageEntries.KindOf(entry) switch
    {
        ObjectKind.InitialMemory or ObjectKind.ConfigDataspace => true,
        ObjectKind.Made => entry.Int("type") == (int)ObjectType.Dataspace && entries.OriginOf(entry) is { } call
            && entries.Find(call.Long("session")) is { } maker && IsPd(maker),
        _ => false,
    };

    /// <summary>Whether an entry is the PD session of one of the target's domains.</summary>
    internal static bool IsPd(ImageRecord entry) =>
        ImageEntries.KindOf(entry) is ObjectKind.Session or ObjectKind.InitialSession && entry.Text("service") == "PD";

    /// <summary>What comes with the child or stands for a session; <c>null</c> where a call decides.</summary>
    private static ObjectType? TypeOf(ObjectKind kind) => kind switch
    {
        ObjectKind.Task => ObjectType.Task,
        ObjectKind.AddressSpace => ObjectType.RegionMap,
        ObjectKind.Thread => ObjectType.Thread,
        ObjectKind.Parent or ObjectKind.InitialSession or ObjectKind.Session or ObjectKind.ConfigRom or ObjectKind.Native => ObjectType.Gate,
        ObjectKind.ConfigDataspace or ObjectKind.InitialMemory => ObjectType.Dataspace,
        _ => null,
    };

    /// <summary>What an operation makes; None for nothing, <c>null</c> when that is the service's own affair.</summary>
    private static ObjectType? MadeBy(string service, int opcode) => (service, opcode) switch
    {
        ("PD", PdOperation.AllocateDataspace) => ObjectType.Dataspace,
        ("PD", PdOperation.AllocateGate) => ObjectType.Gate,
        ("PD", PdOperation.AllocateSignal) => ObjectType.Irq,
        ("RM", RmOperation.Create) => ObjectType.RegionMap,
        ("ROM", RomOperation.Dataspace) => ObjectType.Dataspace,
        ("CPU", CpuOperation.CreateThread) => ObjectType.Thread,
        (Native, NativePdOperation.AddressSpace) => ObjectType.RegionMap,
        (Native, NativePdOperation.Task) => ObjectType.Task,
        (Native or "PD" or "RM" or "ROM" or "CPU" or "LOG" or "Report" or "Timer" or "IRQ", _) => ObjectType.None,
        _ => null,
    };
}
