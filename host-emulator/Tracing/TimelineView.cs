// The part of a trace that a person wants to see: some boards, some components, some time.

namespace Tern.HostEmulator;

/// <summary>Which boards, components and times; <c>null</c> for all.</summary>
/// <param name="Board">A board's name.</param>
/// <param name="Component">A component's own name, or its whole label.</param>
/// <param name="From">The first nanosecond of world time.</param>
/// <param name="To">The last.</param>
public sealed record TimelineView(string? Board, string? Component, long From = 0, long To = long.MaxValue)
{
    /// <summary>Whether a component is wanted.</summary>
    public bool Has(TracedThread subject) =>
        (Board is null || subject.Board == Board) && (Component is null || subject.IsCalled(Component));

    /// <summary>Whether a span is wanted: its component, and any part of its time.</summary>
    public bool Has(TraceSpan span) => Has(span.Subject) && span.End >= From && span.Begin <= To;

    /// <summary>Whether a record is wanted.</summary>
    public bool Has(TraceRecord record) => Has(record.Subject) && record.Time >= From && record.Time <= To;

    /// <summary>Whether a move is wanted: one of its two sides, and any part of its time.</summary>
    public bool Has(TraceMove move) => (Has(move.From) || Has(move.To)) && move.ArrivedAt >= From && move.LeftAt <= To;
}
