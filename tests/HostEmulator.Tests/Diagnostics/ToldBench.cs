// One board, one program that does something wrong, and whoever it needs for that.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

/// <summary>Runs programs and keeps the log and the result.</summary>
internal sealed class ToldBench : ILogSink
{
    private readonly Dictionary<string, Func<Program>> _programs = new(StringComparer.Ordinal);
    private readonly List<LogLine> _lines = [];

    /// <summary>Attributes of the bench's root.</summary>
    internal string Root { get; init; } = "";

    /// <summary>Attributes of the board.</summary>
    internal string Board { get; init; } = "";

    /// <summary>What the bench expects.</summary>
    internal string Expect { get; init; } = "<expect within-seconds=\"5\" log-errors=\"ignore\"/>";

    internal BenchResult Result { get; private set; } = null!;

    internal IReadOnlyList<LogLine> Lines => _lines;

    /// <summary>The lines that the emulator itself wrote at a level.</summary>
    internal string[] Told(LogLevel level) =>
        [.. _lines.Where(line => line.Level == level && line.Text.StartsWith("[emulator]", StringComparison.Ordinal)).Select(line => line.Text)];

    internal ToldBench With(string name, Func<Program> program)
    {
        _programs.Add(name, program);
        return this;
    }

    internal ToldBench Run(BenchOptions? options = null)
    {
        Bench bench = BenchReader.Read(Text(), "told.xml");
        using var run = new BenchRun(bench, new BenchOptions
        {
            Log = this,
            Programs = name => _programs.TryGetValue(name, out Func<Program>? make) ? make() : Programs.Make(name),
            Watchdog = options?.Watchdog ?? new BenchOptions().Watchdog,
            WatchdogTime = options?.WatchdogTime ?? TimeProvider.System,
        });
        Result = run.Run();
        return this;
    }

    public void Write(LogLine line) => _lines.Add(line);

    private string Text()
    {
        string starts = string.Concat(_programs.Keys.Select(name =>
            $"<start name=\"{name}\" caps=\"60\"><resource name=\"RAM\" quantum=\"16K\"/>"
            + (name == "server" ? "<provides><service name=\"Sheep\"/></provides>" : "") + "</start>"));
        return $"""
            <bench name="told" {Root}><board name="ecu" kind="host" page-size="1024" {Board}><interrupt name="wheel" line="1"/><config>
            <parent-provides><service name="ROM"/><service name="PD"/><service name="CPU"/><service name="LOG"/><service name="Timer"/><service name="IRQ"/></parent-provides>
            <default-route><any-service><parent/><any-child/></any-service></default-route>
            {starts}</config></board><pulses interrupt="wheel" period-us="100000"/>{Expect}</bench>
            """;
    }
}
