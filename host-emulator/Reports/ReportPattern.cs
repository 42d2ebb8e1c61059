// Which reports an expectation is about.
namespace Tern.HostEmulator;

/// <summary>A report's word, and what else must match; <c>null</c> matches everything.</summary>
public sealed record ReportPattern(string Word, string? Component = null, string? Board = null, string? Target = null)
{
    /// <summary>Whether a report is meant.</summary>
    public bool Matches(Report report) =>
        report is not null && report.Word == Word
        && (Component is null || report.Component == Component)
        && (Board is null || report.Board == Board)
        && (Target is null || report.Target == Target);

    /// <inheritdoc/>
    public override string ToString() =>
        $"\"{Word}\"" + (Target is null ? "" : $" of target {Target}") + (Component is null ? "" : $" from {Component}") + (Board is null ? "" : $" on {Board}");
}
