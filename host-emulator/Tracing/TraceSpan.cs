// Something of a trace that takes time.
namespace Tern.HostEmulator;

/// <summary>What a span is.</summary>
public enum SpanKind
{
    /// <summary>A handler of a component.</summary>
    Handler,

    /// <summary>A target's state is captured: it is paused.</summary>
    Capture,

    /// <summary>An image is sealed: the target runs.</summary>
    Seal,

    /// <summary>An image is on its way to where it is stored.</summary>
    Store,

    /// <summary>A target is held, because it migrates.</summary>
    Hold,

    /// <summary>A target is restored.</summary>
    Restore,
}

/// <summary>A span of world time.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Whose it is: the component that ran, or the target.</param>
/// <param name="Name">What it is, for people.</param>
/// <param name="Begin">Nanoseconds of world time.</param>
/// <param name="End">The same.</param>
/// <param name="Number">A checkpoint's number, or an epoch; 0 for none.</param>
/// <param name="IsNested">Whether a handler ran within another one.</param>
public sealed record TraceSpan(SpanKind Kind, TracedThread Subject, string Name, long Begin, long End, int Number = 0, bool IsNested = false)
{
    /// <summary>How long it took.</summary>
    public long Duration => End - Begin;
}

/// <summary>A target that went from one place to another.</summary>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
/// <param name="LeftAt">When it ran there last; world time in nanoseconds.</param>
/// <param name="ArrivedAt">When it ran here first.</param>
public sealed record TraceMove(TracedThread From, TracedThread To, long LeftAt, long ArrivedAt);
