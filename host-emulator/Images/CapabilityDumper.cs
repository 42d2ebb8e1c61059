// Writes the capability space of each target that is restored, twice: as it was at the checkpoint, and as it is after the restore.
// Invariants: the run is only watched; a dump is taken in the handler that reports, so the target has not run in between; of a restore
// there are both files, each whole, or none.
namespace Tern.HostEmulator;

internal sealed class CapabilityDumper
{
    private readonly string _directory;
    private readonly BenchRun _run;
    private readonly Dictionary<string, string> _captured = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _committed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _restores = new(StringComparer.Ordinal);

    /// <summary>Watches a run.</summary>
    /// <param name="directory">Where the files go; it is made if need be.</param>
    /// <param name="run">The run.</param>
    internal CapabilityDumper(string directory, BenchRun run)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _run = run;
        run.Reports.Added += OnReport;
    }

    private void OnReport(Report report)
    {
        if (report.Target is not { } target)
        {
            return;
        }

        switch (report.Word)
        {
            case ReportWords.Captured:
                Remember(_captured, target, Dump(report, target));
                break;
            case ReportWords.Committed:
                Remember(_committed, target, _captured.GetValueOrDefault(target));
                break;
            case ReportWords.Restored when _committed.TryGetValue(target, out string? before) && Dump(report, target) is { } after:
                int number = _restores[target] = _restores.GetValueOrDefault(target) + 1;
                Write(target, number, before, after);
                break;
        }
    }

    private string? Dump(Report report, string target)
    {
        string label = report.Label + " -> " + target;
        string? rows = (_run.Board(report.Board).Machine as ICapabilityDumps)?.DumpCapabilities(label);
        return rows is null ? null : $"# {report.Board}: {label}, {Quantity.Time(report.Time)}\n{rows}";
    }

    private void Write(string target, int number, string before, string after)
    {
        string first = PathOf(target, number, "before");
        WholeFile.WriteText(first, writer => writer.Write(CapabilityRows.Ended("# Before checkpoint\n" + before)));
        try
        {
            WholeFile.WriteText(PathOf(target, number, "after"), writer => writer.Write(CapabilityRows.Ended("# After restore\n" + after)));
        }
        catch (IOException)
        {
            File.Delete(first);
            throw;
        }
    }

    private string PathOf(string target, int number, string when) =>
        Path.Combine(_directory, FileNames.Of(target, Invariant.Of(number), when) + ".txt");

    private static void Remember(Dictionary<string, string> dumps, string target, string? dump)
    {
        if (dump is not null)
        {
            dumps[target] = dump;
        }
    }
}
