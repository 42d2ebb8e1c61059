// What the numbers of an image are called: kinds, types, operations, and the words of a session's state.
// Operations are called as their constants in the kernel's interfaces are, so a new one needs nothing here.
using System.Reflection;
using System.Text;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>Part of a session's state: some of its words under a name.</summary>
internal readonly record struct StatePart(string Name, int First, int Words);

internal static class ImageNames
{
    private static readonly Dictionary<string, Type> Operations = new(StringComparer.Ordinal)
    {
        ["PD"] = typeof(PdOperation),
        ["CPU"] = typeof(CpuOperation),
        ["RM"] = typeof(RmOperation),
        ["ROM"] = typeof(RomOperation),
        ["LOG"] = typeof(LogOperation),
        ["Report"] = typeof(ReportOperation),
        ["Timer"] = typeof(TimerOperation),
        ["IRQ"] = typeof(IrqOperation),
        ["Block"] = typeof(BlockOperation),
        ["Crypto"] = typeof(CryptoOperation),
        ["parent"] = typeof(ParentOperation),
        ["native"] = typeof(NativePdOperation),
    };

    internal static string? Kind(long kind) => Named<ObjectKind>(kind);

    internal static string? Type(long type) => type == (long)ObjectType.Irq ? "IRQ" : Named<ObjectType>(type);

    internal static string? Phase(long phase) => phase switch
    {
        RequestPhase.Asked => "asked",
        RequestPhase.Answered => "answered",
        RequestPhase.Queued => "asked itself",
        RequestPhase.Kept => "kept",
        ImageFormat.SignalPhase => "signal",
        ImageFormat.QueuedPhase => "asked by a client",
        ImageFormat.KeptPhase => "kept for a client",
        _ => null,
    };

    internal static string? Export(long kind) => kind switch
    {
        ImageFormat.ExportedTarget => "target",
        ImageFormat.ExportedService => "service",
        ImageFormat.ExportedSession => "session",
        ImageFormat.ExportedGate => "gate",
        ImageFormat.ExportedOther => "other",
        _ => null,
    };

    internal static string RightsOf(long rights) => ((rights & (long)Rights.Read) != 0 ? "r" : "-") + ((rights & (long)Rights.Write) != 0 ? "w" : "-");

    /// <summary>An operation's name, such as <c>allocate dataspace</c>; its number for an unknown service's.</summary>
    internal static string Operation(string service, long opcode)
    {
        FieldInfo? constant = !Operations.TryGetValue(service, out Type? type) ? null : type
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(field => field.IsLiteral && field.GetRawConstantValue() is int value && value == opcode);
        return constant is null ? "operation " + Invariant.Of(opcode) : Words(constant.Name).Replace('_', ' ');
    }

    /// <summary>The parts of a service's state that are known by name.</summary>
    internal static StatePart[] StateParts(string service) => service switch
    {
        "Timer" => [new("remaining_ns", 0, 2), new("period_ns", 2, 2), new("rank", 4, 1)],
        "IRQ" => [new("interrupt", 0, 1), new("unacknowledged", 1, 1), new("fired_since", 2, 1)],
        _ => [],
    };

    /// <summary><c>InitialMemory</c> as <c>initial_memory</c>.</summary>
    internal static string Words(string name)
    {
        var words = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]);
            words.Append(begins ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return words.ToString();
    }

    private static string? Named<T>(long value)
        where T : struct, Enum
    {
        string? name = Enum.GetName(typeof(T), Convert.ChangeType(Math.Clamp(value, 0, 255), Enum.GetUnderlyingType(typeof(T)), null));
        return name is null ? null : Words(name).Replace('_', ' ');
    }
}
