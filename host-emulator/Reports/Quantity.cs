// Figures as people read them: four significant digits and a unit, the same on every machine.
using System.Globalization;

namespace Tern.HostEmulator;

internal static class Quantity
{
    /// <summary>A time, such as <c>12.35 ms</c>; a dash for an unknown one.</summary>
    internal static string Time(long? nanoseconds) => nanoseconds switch
    {
        null => "-",
        < 1_000 => Write(nanoseconds.Value, 0, "ns"),
        < 1_000_000 => Scaled(nanoseconds.Value / 1e3, "µs"),
        < 1_000_000_000 => Scaled(nanoseconds.Value / 1e6, "ms"),
        _ => Scaled(nanoseconds.Value / 1e9, "s"),
    };

    /// <summary>A size in bytes, such as <c>12,288 B</c>.</summary>
    internal static string Bytes(long? bytes) =>
        bytes is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B");

    /// <summary>A size as configurations write it, such as <c>10M</c>.</summary>
    internal static string Size(long bytes)
    {
        const long kilo = 1024;
        return bytes switch
        {
            > 0 when bytes % (kilo * kilo * kilo) == 0 => Write(bytes / kilo / kilo / kilo, 0, "G", ""),
            > 0 when bytes % (kilo * kilo) == 0 => Write(bytes / kilo / kilo, 0, "M", ""),
            > 0 when bytes % kilo == 0 => Write(bytes / kilo, 0, "K", ""),
            _ => Write(bytes, 0, "", ""),
        };
    }

    /// <summary>A count with its noun: <c>1 target</c>, <c>2 targets</c>.</summary>
    internal static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s")}");

    private static string Scaled(double value, string unit) => Write(value, value < 10 ? 3 : value < 100 ? 2 : value < 1000 ? 1 : 0, unit);

    private static string Write(double value, int digits, string unit, string space = " ") =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + space + unit;
}
