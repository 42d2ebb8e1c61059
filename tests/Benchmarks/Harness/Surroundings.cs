// Where and when something was measured: without that, a figure says nothing.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Tern.Benchmarks;

/// <summary>The machine, as far as it tells.</summary>
internal static class Surroundings
{
    /// <summary>The head of a results file.</summary>
    internal static string Describe(string command)
    {
        var text = new StringBuilder("# Results\n\n");
        Add(text, "processor", $"{Processor()}, {Environment.ProcessorCount} of its cores");
        Add(text, "operating system", RuntimeInformation.OSDescription);
        Add(text, ".NET", RuntimeInformation.FrameworkDescription + " " + RuntimeInformation.ProcessArchitecture);
        Add(text, "date", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC");
        Add(text, "load before (1, 5, 15 minutes)", Load());
        Add(text, "command", $"`{command}`");
        text.Append("\nMedians of short samples that were taken in turns; *least* is the least disturbed sample, *spread* the distance between "
            + "the quartiles as a part of the median, *ratio* the median of the ratios within a round.\n");
        return text.ToString();
    }

    /// <summary>The machine's load averages.</summary>
    internal static string Load()
        => File.Exists("/proc/loadavg") ? string.Join(", ", File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    private static void Add(StringBuilder text, string what, string value) => text.Append(CultureInfo.InvariantCulture, $"- {what}: {value}\n");

    private static string Processor()
    {
        const string Field = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
            : null;
        return line is null ? "unknown processor" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
