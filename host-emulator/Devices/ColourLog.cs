// The log on a terminal: the same text as elsewhere, with the board, the label and what went wrong in colour.
using Spectre.Console;

namespace Tern.HostEmulator;

/// <summary>Writes log lines to a terminal.</summary>
public sealed class ColourLog : ILogSink
{
    private static readonly Color[] BoardColours = [Color.Aqua, Color.Green, Color.Fuchsia, Color.Yellow, Color.Blue, Color.Olive];
    private static readonly Style LabelStyle = new(Color.Grey);
    private static readonly Style ErrorStyle = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style WarningStyle = new(Color.Yellow);

    private readonly IAnsiConsole _console;
    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);
    private readonly LogLevel _level;
    private readonly int _width;

    /// <summary>Makes a log.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="boards">The names of all boards of the bench.</param>
    /// <param name="level">The least important level that is shown.</param>
    public ColourLog(IAnsiConsole console, IReadOnlyCollection<string> boards, LogLevel level = LogLevel.Info)
    {
        _console = console;
        _level = level;
        _width = TextLog.WidthOf(boards);
        foreach (string board in boards)
        {
            _styles[board] = new Style(BoardColours[_styles.Count % BoardColours.Length]);
        }
    }

    /// <inheritdoc/>
    public void Write(LogLine line)
    {
        LogLevel level = line.Level;
        if (level > _level)
        {
            return;
        }

        if (_width > 0)
        {
            _console.Write(line.Board.PadRight(_width), _styles.GetValueOrDefault(line.Board, Style.Plain));
        }

        int label = line.LabelLength;
        _console.Write(line.Text[..label], LabelStyle);
        _console.Write(line.Text[label..], level switch
        {
            LogLevel.Error => ErrorStyle,
            LogLevel.Warning => WarningStyle,
            LogLevel.Debug => LabelStyle,
            _ => Style.Plain,
        });
        _console.WriteLine();
    }
}
