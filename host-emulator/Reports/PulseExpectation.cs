// Expects that a component has counted every pulse that its board saw for it, once: also when it moved meanwhile.
// What a board sees for a component begins when the component's IRQ session is opened or restored there, and ends with the
// last checkpoint there that moves on; what comes between is nobody's.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>Compares a component's reports <c>verified count=N</c> with what the lines saw.</summary>
public sealed class PulseExpectation : Expectation
{
    private BenchRun? _run;
    private string? _board;
    private long _before;
    private long _captured;
    private long _stored;
    private bool _mayLag;
    private int _right;
    private string? _wrong;

    /// <summary>Who counts.</summary>
    public required string Target { get; init; }

    /// <summary>What it counts: the pulses of this interrupt, whatever line it is.</summary>
    public required string Interrupt { get; init; }

    /// <summary>How many reports must agree.</summary>
    public required int AtLeast { get; init; }

    /// <inheritdoc/>
    public override bool Holds => _right >= AtLeast && _wrong is null;

    /// <inheritdoc/>
    public override bool IsHopeless => _wrong is not null;

    /// <inheritdoc/>
    public override string Claim => string.Create(
        CultureInfo.InvariantCulture, $"{AtLeast} counts of {Target} that have every pulse of interrupt \"{Interrupt}\" that its board saw, once");

    /// <inheritdoc/>
    public override string Why(MoveTracker moves) =>
        _wrong ?? string.Create(CultureInfo.InvariantCulture, $"{_right} came. Look at the log of {Target} for what stopped it.");

    /// <inheritdoc/>
    public override void Begin(BenchRun run) => _run = run;

    /// <inheritdoc/>
    public override void Add(Report report, MoveTracker moves)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Component == Target && report.Word == ReportWords.Verified && report.Number("count") is { } count)
        {
            Check(report, count);
        }
        else if (report.Target == Target)
        {
            Follow(report);
        }
    }

    private void Follow(Report report)
    {
        switch (report.Word)
        {
            case ReportWords.Captured:
                _captured = _before + Lines(report.Board, out int line).Seen(line);
                break;
            case ReportWords.Committed:
                _stored = _captured;
                break;
            case ReportWords.Started when _board is not null && report.Board != _board:
                _board = report.Board;
                _before = _stored;
                _mayLag = true;
                break;
        }
    }

    private void Check(Report report, long count)
    {
        _board ??= report.Board;
        InterruptLines lines = Lines(report.Board, out int line);
        long expected = _before + lines.Seen(line) - lines.Pending(line);
        if (count == expected)
        {
            _right++;
        }
        else if (count > expected || !_mayLag)
        {
            _wrong ??= string.Create(
                CultureInfo.InvariantCulture, $"{report.Board} had seen {expected} pulses for it when it had counted {count}, at {report.Time / 1e9:F6} s");
        }

        // Only the first report after a move may lack what waited behind an interrupt that was not acknowledged yet.
        _mayLag = false;
    }

    private InterruptLines Lines(string board, out int line)
    {
        var lines = (InterruptLines)_run!.Board(board).Interrupts!;
        line = lines.LineOf(Interrupt, 0);
        return lines;
    }
}
