// All reports of a bench in the order in which they were made.
namespace Tern.HostEmulator;

/// <summary>Collects reports and passes each on to who listens.</summary>
public sealed class ReportLog
{
    private readonly List<Report> _reports = [];

    /// <summary>A report was made.</summary>
    public event Action<Report>? Added;

    /// <summary>The reports so far.</summary>
    public IReadOnlyList<Report> All => _reports;

    /// <summary>Takes a report.</summary>
    public void Add(Report report)
    {
        _reports.Add(report);
        Added?.Invoke(report);
    }
}
