// The parts of a line in Genode's style, "[init -> manager] text": found, never changed.
namespace Tern.HostEmulator;

/// <summary>One line of a board's log.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Text">The line as the board wrote it.</param>
public readonly record struct LogLine(string Board, string Text)
{
    /// <summary>Characters of the label in brackets, brackets included; 0 without one.</summary>
    public int LabelLength => Text.StartsWith('[') ? Text.IndexOf(']', StringComparison.Ordinal) + 1 : 0;

    /// <summary>The level that the line's own words give it.</summary>
    public LogLevel Level
    {
        get
        {
            ReadOnlySpan<char> message = Text.AsSpan(LabelLength).TrimStart();
            return message.StartsWith("Error:", StringComparison.Ordinal) ? LogLevel.Error
                : message.StartsWith("Warning:", StringComparison.Ordinal) ? LogLevel.Warning
                : message.StartsWith("Debug:", StringComparison.Ordinal) ? LogLevel.Debug
                : LogLevel.Info;
        }
    }
}
