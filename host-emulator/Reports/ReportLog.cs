// All reports of a bench in the order in which they were made.
namespace Tern.HostEmulator;

/// <summary>Collects reports and passes each on to who listens.</summary>
public sealed class ReportLog
{
    private readonly List<Report> _reports = [];
    private readonly Observation? _observation;

    /// <summary>Makes an empty log.</summary>
    public ReportLog()
    {
    }

    /// <summary>Makes an empty log whose listeners are called from within what they observe.</summary>
    internal ReportLog(Observation observation) => _observation = observation;

    /// <summary>A report was made.</summary>
    public event Action<Report>? Added;

    /// <summary>The reports so far.</summary>
    public IReadOnlyList<Report> All => _reports;

    /// <summary>Takes a report.</summary>
    public void Add(Report report)
    {
        _reports.Add(report);
        if (_observation is null)
        {
            Tell(report);
        }
        else
        {
            _observation.Tell(Tell, report);
        }
    }

    private void Tell(Report report) => Added?.Invoke(report);
}
