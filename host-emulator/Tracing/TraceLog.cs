// The records of all boards of a run, in the order in which they were made.
// Invariants: a record of a board that was switched off and on again names the threads that there were then; names are one line each.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Collects the traces of a bench's boards.</summary>
public sealed class TraceLog
{
    /// <summary>Most records that are kept; a run that makes more is told so.</summary>
    public const int Most = 8_000_000;

    private readonly List<TraceRecord> _records = [];

    /// <summary>The records, by board each in order.</summary>
    public IReadOnlyList<TraceRecord> Records => _records;

    /// <summary>Records that were left out because there were too many.</summary>
    public long Dropped { get; private set; }

    /// <summary>Makes the door through which a board's kernel tells its records.</summary>
    public ITrace DoorOf(VirtualBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return new Door(this, board);
    }

    private void Add(TraceRecord record)
    {
        if (_records.Count < Most)
        {
            _records.Add(record);
        }
        else
        {
            Dropped++;
        }
    }

    private sealed class Door : ITrace
    {
        private readonly TraceLog _log;
        private readonly VirtualBoard _board;
        private readonly Dictionary<int, TracedThread> _threads = [];
        private readonly TracedThread _kernel;

        internal Door(TraceLog log, VirtualBoard board)
        {
            _log = log;
            _board = board;
            _kernel = new TracedThread(board.Name, TracedThread.Kernel, "");
            board.PoweredOn += _threads.Clear;
        }

        public void Subject(int subject, string label, string thread) =>
            _threads[subject] = new TracedThread(_board.Name, Printable.Line(label), Printable.Line(thread));

        public void Record(long nanoseconds, int kind, int subject, int a, int b, int c)
        {
            int other = kind switch
            {
                TraceKind.Call or TraceKind.Return or TraceKind.Send or TraceKind.Reply or TraceKind.Signal => a,
                TraceKind.Point when a > TracePoint.FirstKnown => b,
                _ => 0,
            };
            _log.Add(new TraceRecord(
                nanoseconds + _board.Clock.SwitchedOnAt, Of(subject), kind, a, b, c, other == 0 ? null : _threads.GetValueOrDefault(other)));
        }

        private TracedThread Of(int subject) => _threads.GetValueOrDefault(subject, _kernel);
    }
}
