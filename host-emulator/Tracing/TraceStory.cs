// What a trace tells: handlers, checkpoints phase by phase, restores, and who went from where to where.
// Invariants: spans are in the order of their ends; what had not ended when the trace did is left out.
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Reads spans and moves out of records.</summary>
public sealed class TraceStory
{
    private readonly List<TraceSpan> _spans = [];
    private readonly List<TraceMove> _moves = [];
    private readonly Dictionary<string, Stack<TraceRecord>> _handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<(TracedThread Target, SpanKind Kind), (long Begin, int Number)> _open = [];
    private readonly Dictionary<TracedThread, (long Begin, int Epoch)> _restoring = [];
    private readonly Dictionary<string, (TracedThread Place, long Until)> _left = new(StringComparer.Ordinal);

    /// <summary>Reads a trace.</summary>
    public TraceStory(IEnumerable<TraceRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (TraceRecord record in records)
        {
            Add(record);
        }
    }

    /// <summary>Everything that took time.</summary>
    public IReadOnlyList<TraceSpan> Spans => _spans;

    /// <summary>Everybody who moved.</summary>
    public IReadOnlyList<TraceMove> Moves => _moves;

    private void Add(TraceRecord record)
    {
        switch (record.Kind)
        {
            case TraceKind.Begin:
                HandlersOf(record.Subject.Board).Push(record);
                break;
            case TraceKind.End:
                EndHandler(record);
                break;
            case TraceKind.Made when record.Subject.Label == "init":
                HandlersOf(record.Subject.Board).Clear();       // the board was switched off in the middle
                break;
            case TraceKind.Ended:
                Leave(record.Subject, record.Time);
                break;
            case TraceKind.Point when record.A > TracePoint.FirstKnown:
                Pass(record);
                break;
        }
    }

    private Stack<TraceRecord> HandlersOf(string board)
    {
        if (!_handlers.TryGetValue(board, out Stack<TraceRecord>? stack))
        {
            _handlers.Add(board, stack = new Stack<TraceRecord>());
        }

        return stack;
    }

    private void EndHandler(TraceRecord end)
    {
        if (HandlersOf(end.Subject.Board).TryPop(out TraceRecord begin))
        {
            _spans.Add(new TraceSpan(SpanKind.Handler, begin.Subject, HandlerName(begin), begin.Time, end.Time, IsNested: end.A > 0));
        }
    }

    private void Pass(TraceRecord point)
    {
        TracedThread? target = point.Other;
        if (point.A == TracePoint.RestoreBegin)
        {
            _restoring[point.Subject] = (point.Time, point.C);
        }
        else if (point.A == TracePoint.RestoreEnd)
        {
            Restored(point);
        }
        else if (target is not null)
        {
            Pass(point, target);
        }
    }

    private void Pass(TraceRecord point, TracedThread target)
    {
        string failed = point.C == 0 ? "" : " failed: " + Errors.Name((Error)point.C);
        switch (point.A)
        {
            case TracePoint.CheckpointBegin:
                _open[(target, SpanKind.Capture)] = (point.Time, point.C);
                break;
            case TracePoint.CheckpointCaptured:
                int number = Close(SpanKind.Capture, target, "capture" + failed, point.Time);
                _open[(target, SpanKind.Seal)] = (point.Time, number);
                break;
            case TracePoint.CheckpointSealed:
                number = Close(SpanKind.Seal, target, "seal" + failed, point.Time);
                _open[(target, SpanKind.Store)] = (point.Time, number);
                break;
            case TracePoint.CheckpointCommitted:
                Close(SpanKind.Store, target, "store", point.Time);
                break;
            case TracePoint.TargetHeld:
                _open[(target, SpanKind.Hold)] = (point.Time, 0);
                _left[target.Component] = (target, point.Time);
                break;
            case TracePoint.TargetReleased:
                Close(SpanKind.Hold, target, "held", point.Time);
                _left.Remove(target.Component);
                break;
            case TracePoint.TargetStopped:
                Close(SpanKind.Hold, target, "held", point.Time);
                Leave(target, point.Time);
                break;
        }
    }

    private int Close(SpanKind kind, TracedThread target, string name, long time)
    {
        if (!_open.Remove((target, kind), out (long Begin, int Number) open))
        {
            return 0;
        }

        _spans.Add(new TraceSpan(kind, target, name, open.Begin, time, open.Number));
        return open.Number;
    }

    private void Restored(TraceRecord point)
    {
        if (!_restoring.Remove(point.Subject, out (long Begin, int Epoch) restore))
        {
            return;
        }

        string failed = point.C == 0 ? "" : " failed: " + Errors.Name((Error)point.C);
        TracedThread target = point.Other ?? point.Subject;
        _spans.Add(new TraceSpan(SpanKind.Restore, target, "restore" + failed, restore.Begin, point.Time, restore.Epoch));
        if (point.Other is not null && _left.Remove(target.Component, out (TracedThread Place, long Until) left))
        {
            _moves.Add(new TraceMove(left.Place, target, left.Until, point.Time));
        }
    }

    /// <summary>Notes when a target ran last. A target that was held did not run since.</summary>
    private void Leave(TracedThread target, long time) => _left.TryAdd(target.Component, (target, time));

    private static string HandlerName(TraceRecord begin) => string.Create(CultureInfo.InvariantCulture, $"{begin.A switch
    {
        TraceHandler.Start => "construct",
        TraceHandler.Signal when begin.C > 1 => $"signal {begin.B} ×{begin.C}",
        TraceHandler.Signal => $"signal {begin.B}",
        TraceHandler.Request => $"request 0x{begin.C:x} at {begin.B}",
        TraceHandler.Answer => $"answer {begin.B}{(begin.C == 0 ? "" : ": " + Errors.Name((Error)begin.C))}",
        _ => $"call 0x{begin.C:x} at {begin.B}",
    }}");
}
