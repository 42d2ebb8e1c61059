// Expects that reports come, or that none comes.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>At least so many reports of a kind; with 0, none at all.</summary>
public sealed class ReportExpectation : Expectation
{
    private int _seen;
    private Report? _last;

    /// <summary>Which reports.</summary>
    public required ReportPattern Pattern { get; init; }

    /// <summary>How many at least; 0 for never one.</summary>
    public required int AtLeast { get; init; }

    /// <inheritdoc/>
    public override bool Holds => AtLeast == 0 ? _seen == 0 : _seen >= AtLeast;

    /// <inheritdoc/>
    public override bool IsHopeless => AtLeast == 0 && _seen > 0;

    /// <inheritdoc/>
    public override bool IsNever => AtLeast == 0;

    /// <inheritdoc/>
    public override string Claim => AtLeast switch
    {
        0 => $"no report {Pattern}",
        1 => $"a report {Pattern}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{AtLeast} reports {Pattern}"),
    };

    /// <inheritdoc/>
    public override string Why(MoveTracker moves) => _last is null
        ? $"none came. Look at the log of {Pattern.Component ?? Pattern.Target ?? "the component"} for what stopped it."
        : string.Create(CultureInfo.InvariantCulture, $"{_seen} came, the last at {_last.Time / 1e9:F6} s: {_last}");

    /// <inheritdoc/>
    public override void Add(Report report, MoveTracker moves)
    {
        if (Pattern.Matches(report))
        {
            _seen++;
            _last = report;
        }
    }
}
