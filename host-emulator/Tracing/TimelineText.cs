// A trace as tables: a lane a component, which shows when it worked and what happened to it, and the list of what happened.
// Invariants: piped, the same trace gives the same bytes; on a terminal no line is longer than it is wide.
using System.Globalization;
using Spectre.Console;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Writes a timeline for people.</summary>
public sealed class TimelineText
{
    private const int MostCells = 60;
    private const int LeastCells = 16;
    private const string Levels = " ▁▂▃▄▅▆▇█";

    // What a lane shows where several things happened: the last of these.
    private const string Marks = "\0·hscrx";

    private static readonly string[] LaneHeader = ["board", "component", "when", "handlers", "at work"];
    private static readonly ColumnFit[] LaneFits = [ColumnFit.Wrap, ColumnFit.Label, ColumnFit.Whole, ColumnFit.Figure, ColumnFit.Figure];
    private static readonly string[] EventHeader = ["at", "board", "component", "what", "took"];
    private static readonly ColumnFit[] EventFits = [ColumnFit.Figure, ColumnFit.Wrap, ColumnFit.Label, ColumnFit.Wrap, ColumnFit.Figure];

    private static readonly Style HeaderStyle = new(decoration: Decoration.Bold);
    private static readonly Style LaneStyle = new(Color.Green);
    private static readonly Style FailedStyle = new(Color.Red);
    private static readonly Style MovedStyle = new(Color.Yellow);

    private readonly TraceStory _story;
    private readonly TimelineView _view;
    private readonly ILookup<(TracedThread, int), TraceSpan> _phases;
    private readonly IReadOnlyList<TraceRecord> _records;
    private readonly bool _withHandlers;
    private readonly long _from;
    private readonly long _to;

    /// <summary>Prepares a timeline.</summary>
    /// <param name="log">The trace.</param>
    /// <param name="view">What to show of it.</param>
    /// <param name="withHandlers">Whether to list every handler too.</param>
    public TimelineText(TraceLog log, TimelineView view, bool withHandlers)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(view);
        _records = log.Records;
        _story = new TraceStory(log.Records);
        _phases = _story.Spans.Where(span => span.Kind is SpanKind.Capture or SpanKind.Seal or SpanKind.Store).ToLookup(span => (span.Subject, span.Number));
        _view = view;
        _withHandlers = withHandlers;
        _from = view.From;
        _to = Math.Min(view.To, _records.Count == 0 ? 0 : _records.Max(record => record.Time));
    }

    /// <summary>Writes plain text, in lines of at most a width where words allow it.</summary>
    public void Write(TextWriter writer, int width = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach ((_, string line) in Lines(width))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Writes on a terminal.</summary>
    public void Write(IAnsiConsole terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        foreach ((Style style, string line) in Lines(terminal.Profile.Width))
        {
            terminal.WriteLine(line, style);
        }
    }

    private IEnumerable<(Style Style, string Line)> Lines(int width)
    {
        (int cells, List<string[]> lanes) = FittingLanes(width);
        foreach ((int row, string line) in TextTable.Lines(LaneHeader, lanes, LaneFits, width))
        {
            yield return (row < 0 ? HeaderStyle : LaneStyle, line);
        }

        foreach (string line in TextTable.Wrap(Scale(cells), width).Append(""))
        {
            yield return (Style.Plain, line);
        }

        List<string[]> events = Events();
        foreach ((int row, string line) in TextTable.Lines(EventHeader, events, EventFits, width))
        {
            yield return (row < 0 ? HeaderStyle : StyleOf(events[row][3]), line);
        }
    }

    /// <summary>Lanes of as many characters as leave room for the rest, with components by their own names where need be.</summary>
    private (int Cells, List<string[]> Lanes) FittingLanes(int width)
    {
        int cells = MostCells;
        List<string[]> lanes = Lanes(cells);
        while (cells > LeastCells && !TextTable.Fits(LaneHeader, lanes, LaneFits, width))
        {
            lanes = Lanes(--cells);
        }

        return (cells, lanes);
    }

    private static Style StyleOf(string what) =>
        what.Contains("failed", StringComparison.Ordinal) || what.StartsWith("fault", StringComparison.Ordinal) ? FailedStyle
        : what.StartsWith("moves", StringComparison.Ordinal) ? MovedStyle
        : Style.Plain;

    private string Scale(int cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"each character of a lane is {Quantity.Time(Math.Max(1, (_to - _from) / cells))} of work; c capture, s seal, h held, r restore, x ended; from {Quantity.Time(_from)} to {Quantity.Time(_to)}");

    private List<string[]> Lanes(int cells)
    {
        var lanes = new Dictionary<TracedThread, Lane>();
        foreach (TraceRecord record in _records)
        {
            if (_view.Has(record.Subject) && record.Kind is TraceKind.Made or TraceKind.Ended && _view.Has(record))
            {
                LaneOf(record.Subject).Mark(record.Time, record.Time, record.Kind == TraceKind.Ended ? 'x' : '·');
            }
        }

        foreach (TraceSpan span in _story.Spans)
        {
            if (!_view.Has(span))
            {
                continue;
            }

            Lane lane = LaneOf(span.Subject);
            switch (span.Kind)
            {
                case SpanKind.Handler:
                    lane.Work(span.Begin, span.End);
                    break;
                case SpanKind.Store:
                    break;
                default:
                    lane.Mark(span.Begin, span.End, span.Kind switch { SpanKind.Capture => 'c', SpanKind.Seal => 's', SpanKind.Hold => 'h', _ => 'r' });
                    break;
            }
        }

        string[] boards = [.. _records.Select(record => record.Subject.Board).Distinct().Order(StringComparer.Ordinal)];
        return [.. lanes.OrderBy(lane => Array.IndexOf(boards, lane.Key.Board)).ThenBy(lane => lane.Key.Label, StringComparer.Ordinal).ThenBy(lane => lane.Key.Thread, StringComparer.Ordinal)
            .Select(lane => new[]
            {
                lane.Key.Board,
                Name(lane.Key),
                lane.Value.Text,
                lane.Value.Handlers.ToString("N0", CultureInfo.InvariantCulture),
                Quantity.Time(lane.Value.Busy),
            })];

        Lane LaneOf(TracedThread subject)
        {
            if (!lanes.TryGetValue(subject, out Lane? lane))
            {
                lanes.Add(subject, lane = new Lane(_from, _to, cells));
            }

            return lane;
        }
    }

    /// <summary>A component, and its thread where that is not its only name.</summary>
    private static string Name(TracedThread subject) =>
        subject.Thread.Length == 0 || subject.Thread == subject.Component ? subject.Label : $"{subject.Label} ({subject.Thread})";

    private List<string[]> Events()
    {
        var events = new List<(long Time, string Board, string Component, string What, long? Took)>();
        foreach (TraceSpan span in _story.Spans)
        {
            if (_view.Has(span) && (span.Kind != SpanKind.Handler || _withHandlers) && span.Kind is not (SpanKind.Seal or SpanKind.Store))
            {
                events.Add((span.Begin, span.Subject.Board, span.Subject.Label, What(span), span.Kind == SpanKind.Capture ? null : span.Duration));
            }
        }

        foreach (TraceMove move in _story.Moves)
        {
            if (_view.Has(move))
            {
                events.Add((move.ArrivedAt, move.To.Board, move.To.Label, $"moves here from {move.From.Board}; nobody ran it for", move.ArrivedAt - move.LeftAt));
            }
        }

        foreach (TraceRecord record in _records)
        {
            if (_view.Has(record) && Describe(record) is { } what)
            {
                events.Add((record.Time, record.Subject.Board, record.Subject.Label, what, null));
            }
        }

        return [.. events.OrderBy(e => e.Time).Select(e => new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"{e.Time / 1e9:F6} s"), e.Board, e.Component, e.What, e.Took is null ? "" : Quantity.Time(e.Took),
        })];
    }

    private string What(TraceSpan span) => span.Kind switch
    {
        SpanKind.Handler => (span.IsNested ? "… " : "") + span.Name,
        SpanKind.Hold => "held until it moves",
        SpanKind.Restore => string.Create(CultureInfo.InvariantCulture, $"{span.Name}, epoch {span.Number}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"checkpoint {span.Number}: ") + string.Join(" → ", Phases(span)),
    };

    /// <summary>A checkpoint's phases: the capture, and what followed it as far as it came.</summary>
    private IEnumerable<string> Phases(TraceSpan capture) => _phases[(capture.Subject, capture.Number)]
        .Where(phase => phase.Begin >= capture.Begin)
        .Select(phase => phase.Name + " " + Quantity.Time(phase.Duration));

    private static string? Describe(TraceRecord record) => record.Kind switch
    {
        TraceKind.Fault => "fault: " + Errors.Name((Error)record.A),
        TraceKind.Point when record.A < TracePoint.FirstKnown => string.Create(CultureInfo.InvariantCulture, $"point {record.A}: {record.B}, {record.C}"),
        _ => null,
    };

    /// <summary>One component's row of characters.</summary>
    private sealed class Lane(long from, long to, int cells)
    {
        private readonly long[] _busy = new long[cells];
        private readonly char[] _marks = new char[cells];
        private readonly long _width = Math.Max(1, (to - from + cells) / cells);

        internal int Handlers { get; private set; }

        internal long Busy { get; private set; }

        internal string Text => new([.. Enumerable.Range(0, cells).Select(cell => _marks[cell] != '\0' ? _marks[cell] : Level(cell))]);

        internal void Work(long begin, long end)
        {
            Handlers++;
            Busy += end - begin;
            for (int cell = CellOf(begin); cell <= CellOf(end); cell++)
            {
                long first = from + (cell * _width);
                _busy[cell] += Math.Max(0, Math.Min(end, first + _width) - Math.Max(begin, first));
            }
        }

        internal void Mark(long begin, long end, char mark)
        {
            for (int cell = CellOf(begin); cell <= CellOf(end); cell++)
            {
                _marks[cell] = Marks.IndexOf(mark, StringComparison.Ordinal) >= Marks.IndexOf(_marks[cell], StringComparison.Ordinal) ? mark : _marks[cell];
            }
        }

        private char Level(int cell) => Levels[_busy[cell] == 0 ? 0 : (int)Math.Min(8, 1 + (_busy[cell] * 8 / _width))];

        private int CellOf(long time) => (int)Math.Clamp((time - from) / _width, 0, cells - 1);
    }
}
