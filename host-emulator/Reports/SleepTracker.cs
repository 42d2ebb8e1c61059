// Reads the boards' sleeps out of the emulator's own reports.
// Invariant: a board has at most one sleep that is not over.
namespace Tern.HostEmulator;

/// <summary>Follows every board through its sleeps.</summary>
public sealed class SleepTracker
{
    private readonly List<Sleep> _sleeps = [];

    /// <summary>All sleeps in the order in which they were announced.</summary>
    public IReadOnlyList<Sleep> Sleeps => _sleeps;

    /// <summary>Takes the next report.</summary>
    public void Add(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Sleep? last = _sleeps.FindLast(sleep => sleep.Board == report.Board && sleep.AwakeAt is null);
        switch (report.Word)
        {
            case ReportWords.WillSleep:
                _sleeps.Add(new Sleep { Board = report.Board, AnnouncedAt = report.Time });
                break;
            case ReportWords.Asleep or ReportWords.PutToSleep when last is not null:
                last.AsleepAt = report.Time;
                last.WasReady = report.Word == ReportWords.Asleep;
                break;
            case ReportWords.Awake when last is not null:
                last.AwakeAt = report.Time;
                break;
        }
    }
}
