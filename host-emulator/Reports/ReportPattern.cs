// Which reports an expectation is about.
namespace Tern.HostEmulator;

/// <summary>A report's word, and what else must match; <c>null</c> matches everything.</summary>
public sealed record ReportPattern(string Word, string? Component = null, string? Board = null, string? Target = null)
{
    /// <summary>A pair that the report must have, as in <c>copier=fpga</c>; <c>null</c> for none.</summary>
    public string? With { get; init; }

    /// <summary>Whether a report is meant.</summary>
    public bool Matches(Report report) =>
        report is not null && report.Word == Word
        && (Component is null || report.Component == Component)
        && (Board is null || report.Board == Board)
        && (Target is null || report.Target == Target)
        && (With is null || report.Value(Key(With)) == With[(Key(With).Length + 1)..]);

    /// <inheritdoc/>
    public override string ToString() =>
        $"\"{Word}\"" + (With is null ? "" : $" with {With}") + (Target is null ? "" : $" of target {Target}") + (Component is null ? "" : $" from {Component}") + (Board is null ? "" : $" on {Board}");

    private static string Key(string pair) => pair[..pair.IndexOf('=', StringComparison.Ordinal)];
}
