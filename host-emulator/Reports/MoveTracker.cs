// Reads migrations out of reports: who runs where, who moved, what it cost.
// Invariants: a target is in at most one unfinished move; a move ends when somebody reports to have started the target.
namespace Tern.HostEmulator;

/// <summary>Follows every target through the reports of a bench.</summary>
public sealed class MoveTracker
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Move> _unfinished = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Report> _captured = new(StringComparer.Ordinal);
    private readonly List<Move> _moves = [];

    /// <summary>All moves in the order in which they began, unfinished ones included.</summary>
    public IReadOnlyList<Move> Moves => _moves;

    /// <summary>Where a target runs, or <c>null</c>.</summary>
    public Place? PlaceOf(string target) =>
        !_unfinished.ContainsKey(target) && _places.TryGetValue(target, out Place place) ? place : null;

    /// <summary>Whether a target is where it is after a move and has found itself whole there.</summary>
    public SelfCheck StateOf(string target) => _moves.FindLast(move => move.Target == target)?.State ?? SelfCheck.None;

    /// <summary>Takes the next report.</summary>
    public void Add(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        switch (report.Word)
        {
            case ReportWords.Verified or ReportWords.Broken:
                Check(report);
                break;
            case ReportWords.PowerOff:
                LosePower(report);
                break;
            default:
                if (report.Target is not null)
                {
                    Follow(report, report.Target, new Place(report.Board, report.Component));
                }

                break;
        }
    }

    private void Follow(Report report, string target, Place place)
    {
        if (report.Word is ReportWords.Paused or ReportWords.Captured)
        {
            _places.TryAdd(target, place);          // whoever holds it runs it
        }

        switch (report.Word)
        {
            case ReportWords.Paused when report.Value("reason") == "migration":
                Leave(target, place, report.Time);
                break;
            case ReportWords.Captured:
                _captured[target] = report;
                if (_unfinished.TryGetValue(target, out Move? leaving))
                {
                    Measure(leaving, report);
                }

                break;
            case ReportWords.Restored when _unfinished.TryGetValue(target, out Move? arriving):
                arriving.ImageBytes = report.Number("bytes") ?? arriving.ImageBytes;
                break;
            case ReportWords.Started:
                Arrive(target, place, report.Time);
                break;
        }
    }

    private void Leave(string target, Place from, long? time)
    {
        if (_unfinished.TryGetValue(target, out Move? already))
        {
            already.LeftAt ??= time;
            return;
        }

        var move = new Move { Target = target, From = from, LeftAt = time };
        _unfinished.Add(target, move);
        _moves.Add(move);
    }

    private void Arrive(string target, Place place, long time)
    {
        if (!_unfinished.ContainsKey(target) && _places.TryGetValue(target, out Place old) && old != place)
        {
            Leave(target, old, null);           // nobody told that it left: its board failed
        }

        if (_unfinished.Remove(target, out Move? move))
        {
            move.To = place;
            move.ArrivedAt = time;
            if (move.StopNanoseconds is null && _captured.TryGetValue(target, out Report? last))
            {
                Measure(move, last);
            }
        }

        _places[target] = place;
    }

    private void LosePower(Report report)
    {
        foreach ((string target, Place place) in _places.ToArray())
        {
            if (place.Board == report.Board)
            {
                Leave(target, place, report.Time);
            }
        }
    }

    private void Check(Report report)
    {
        Move? move = _moves.FindLast(move => move.Target == report.Component);
        if (move is null || move.To != new Place(report.Board, report.Parent) || move.State == SelfCheck.Broken)
        {
            return;
        }

        move.State = report.Word == ReportWords.Verified ? SelfCheck.Verified : SelfCheck.Broken;
        move.StateText = report.Text;
    }

    private static void Measure(Move move, Report captured)
    {
        move.ImageBytes = captured.Number("bytes") ?? move.ImageBytes;
        move.StopNanoseconds = captured.Number("stop_ns") ?? move.StopNanoseconds;
    }
}
