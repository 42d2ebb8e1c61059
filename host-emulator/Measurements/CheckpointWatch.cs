// Watches the checkpoints of one target on a board in virtual time: who had the processor meanwhile.
// Invariants: a board's time is somebody's handler or idle; all that passed since the last outermost handler ended belongs to the next one
// that ends, so what a handler's dispatch and its nested calls take is its own. The first checkpoint, of a target that has just begun, is
// left out, and so are the ticks before it.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Takes the trace of a board.</summary>
internal sealed class CheckpointWatch : ITrace
{
    private readonly string _target;
    private readonly VirtualClock _clock;
    private readonly HashSet<int> _threads = [];
    private readonly List<long> _stops = [];
    private readonly List<long> _wholes = [];
    private readonly List<long> _works = [];
    private readonly List<long> _ticks = [];
    private long _longest;
    private long _bytes;
    private long _busyBefore;
    private long _targetBusy;
    private long _begunIdle;
    private bool _isFirst = true;

    /// <param name="run">A run that has not begun.</param>
    /// <param name="board">The board.</param>
    /// <param name="target">The target's name.</param>
    internal CheckpointWatch(BenchRun run, string board, string target)
    {
        _target = target;
        VirtualBoard watched = run.Board(board);
        _clock = (VirtualClock)watched.Clock;
        watched.Trace = this;
        run.Reports.Added += Add;
    }

    /// <summary>Medians over the checkpoints so far, but for the first.</summary>
    internal CheckpointCost Cost => new(Median(_stops), Median(_wholes), Median(_works), _longest, _bytes, _ticks.Sum() / _ticks.Count, _ticks.Max());

    /// <summary>Time so far in which nobody but the target had the processor.</summary>
    private long Idle => _clock.WorldTime - _clock.BusyNanoseconds + _targetBusy;

    /// <inheritdoc/>
    public void Subject(int subject, string label, string thread)
    {
        if (label.EndsWith(" -> " + _target, StringComparison.Ordinal))
        {
            _threads.Add(subject);
        }
    }

    /// <inheritdoc/>
    public void Record(long nanoseconds, int kind, int subject, int a, int b, int c)
    {
        if (kind == TraceKind.Point && a == TracePoint.CheckpointBegin)
        {
            _begunIdle = Idle;
        }
        else if (kind == TraceKind.End && a == 0)
        {
            long took = _clock.BusyNanoseconds - _busyBefore;
            _busyBefore = _clock.BusyNanoseconds;
            HandlerEnded(_threads.Contains(subject), took);
        }
    }

    private void HandlerEnded(bool isTarget, long took)
    {
        _targetBusy += isTarget ? took : 0;
        if (_isFirst)
        {
            return;
        }

        if (isTarget)
        {
            _ticks.Add(took);
        }
        else
        {
            _longest = Math.Max(_longest, took);
        }
    }

    private void Add(Report report)
    {
        if (report.Word != ReportWords.Captured || report.Target != _target)
        {
            return;
        }

        if (!_isFirst)
        {
            long whole = report.Number("whole_ns") ?? 0;
            _stops.Add(report.Number("stop_ns") ?? 0);
            _wholes.Add(whole);
            _works.Add(whole - (Idle - _begunIdle));
            _bytes = report.Number("bytes") ?? 0;
        }

        _isFirst = false;
    }

    private static long Median(List<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
