// One report of a component: "captured target=sheep bytes=8192", with who said it, where and when.
// Invariants: whatever a component writes becomes a report; a piece without '=' has an empty value;
// of two values for one key the first counts; label and text are one line each, what would break one is escaped.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>A structured status of a component.</summary>
public sealed class Report
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads a report.</summary>
    /// <param name="time">World time in nanoseconds.</param>
    /// <param name="board">The board's name.</param>
    /// <param name="label">Who reports, as in a log line.</param>
    /// <param name="text">A word and <c>key=value</c> pairs.</param>
    public Report(long time, string board, string label, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Time = time;
        Board = board;
        Label = Printable.Line(label);
        Text = Printable.Line(text);
        string[] pieces = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Word = pieces.Length > 0 ? pieces[0] : "";
        foreach (string piece in pieces.Skip(1))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            _values.TryAdd(equals < 0 ? piece : piece[..equals], equals < 0 ? "" : piece[(equals + 1)..]);
        }
    }

    /// <summary>World time in nanoseconds.</summary>
    public long Time { get; }

    /// <summary>The board's name.</summary>
    public string Board { get; }

    /// <summary>Who reports: <c>init -> rtcr -> sheep</c>.</summary>
    public string Label { get; }

    /// <summary>The whole report.</summary>
    public string Text { get; }

    /// <summary>What happened: <c>captured</c>.</summary>
    public string Word { get; }

    /// <summary>The component that a report of RTCR is about, or <c>null</c>.</summary>
    public string? Target => _values.GetValueOrDefault("target");

    /// <summary>The reporting component's own name, the last of its label.</summary>
    public string Component => Leaf(0);

    /// <summary>The name of the reporting component's parent, or nothing.</summary>
    public string Parent => Leaf(1);

    /// <summary>A value, or <c>null</c>.</summary>
    public string? Value(string key) => _values.GetValueOrDefault(key);

    /// <summary>A value that is a number, or <c>null</c>.</summary>
    public long? Number(string key) =>
        long.TryParse(Value(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <inheritdoc/>
    public override string ToString() => $"[{Board}: {Label}] {Text}";

    private string Leaf(int fromEnd)
    {
        string[] names = Label.Split(" -> ");
        return fromEnd < names.Length ? names[^(fromEnd + 1)] : "";
    }
}
