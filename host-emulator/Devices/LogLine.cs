// The parts of a line in Genode's style, "[init -> manager] text".
// Invariant: it is one line, and harmless to a terminal, whatever a board wrote: a component's text cannot look like another line.
namespace Tern.HostEmulator;

/// <summary>One line of a board's log.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Text">The line as the board wrote it.</param>
public readonly record struct LogLine(string Board, string Text)
{
    // What Env.Log puts before each further line of a long text.
    private const string More = "... ";

    private static readonly string[] Levels = ["Error:", "Warning:", "", "Debug:"];

    /// <summary>The line; what would break it or act on a terminal is escaped, as <c>\n</c> or <c>\x1b</c>.</summary>
    public string Text { get; } = Printable.Line(Text);

    /// <summary>Characters of the label in brackets, brackets included; 0 without one.</summary>
    public int LabelLength => Text.StartsWith('[') ? Text.IndexOf(']', StringComparison.Ordinal) + 1 : 0;

    /// <summary>The level that the line's own words give it.</summary>
    public LogLevel Level
    {
        get
        {
            ReadOnlySpan<char> message = Message;
            for (int level = 0; level < Levels.Length; level++)
            {
                if (Levels[level].Length > 0 && message.StartsWith(Levels[level], StringComparison.Ordinal))
                {
                    return (LogLevel)level;
                }
            }

            return LogLevel.Info;
        }
    }

    /// <summary>Where the rest of a text begins that an earlier line was too short for; 0 when this is a text's first line.</summary>
    public int RestAt
    {
        get
        {
            ReadOnlySpan<char> rest = Message[Levels[(int)Level].Length..].TrimStart(' ');
            return rest.StartsWith(More, StringComparison.Ordinal) ? Text.Length - rest.Length + More.Length : 0;
        }
    }

    private ReadOnlySpan<char> Message => Text.AsSpan(LabelLength).TrimStart(' ');
}
