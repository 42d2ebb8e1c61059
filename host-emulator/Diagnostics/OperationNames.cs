// Opcodes by the names that programs write, taken from the kernel's own constants: TimerOperation.Sigh for 1 of Timer.
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal static class OperationNames
{
    private static readonly ConcurrentDictionary<string, Dictionary<int, string>> Services = new(StringComparer.Ordinal);

    /// <summary>A request to a service of core's, such as <c>Timer.Sigh</c>; the bare opcode where it has no name.</summary>
    internal static string Of(string service, int opcode)
    {
        Dictionary<int, string> names = Services.GetOrAdd(service, Read);
        return names.TryGetValue(opcode, out string? name)
            ? $"{service}.{name}"
            : string.Create(CultureInfo.InvariantCulture, $"{service}, opcode {opcode}");
    }

    /// <summary>The operations that a service of core's knows.</summary>
    internal static IEnumerable<string> All(string service) => Services.GetOrAdd(service, Read).OrderBy(pair => pair.Key).Select(pair => pair.Value);

    private static Dictionary<int, string> Read(string service)
    {
        Type? type = typeof(Microkernel).Assembly.GetType($"Tern.Kernel.{service}Operation");
        var names = new Dictionary<int, string>();
        foreach (FieldInfo field in type?.GetFields(BindingFlags.Public | BindingFlags.Static) ?? [])
        {
            if (field.IsLiteral && field.GetRawConstantValue() is int opcode and > 0)
            {
                names.TryAdd(opcode, field.Name);
            }
        }

        return names;
    }
}
