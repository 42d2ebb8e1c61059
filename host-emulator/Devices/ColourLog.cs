// The log on a terminal: the same text as elsewhere, with the board, the label and what went wrong in colour.
// Invariant: each row of the terminal begins with its board and its label.
using Spectre.Console;

namespace Tern.HostEmulator;

/// <summary>Writes log lines to a terminal.</summary>
public sealed class ColourLog : ILogSink
{
    private const int LeastRoom = 24;
    private const string More = " ... ";

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

        int room = Math.Max(2 * LeastRoom, _console.Profile.Width - _width);
        string label = line.Text[..line.LabelLength];
        if (TerminalRows.Cells(label) > room - LeastRoom)
        {
            label = label[..TerminalRows.Fitting(label, room - LeastRoom - 2)] + "…]";
        }

        Style style = level switch
        {
            LogLevel.Error => ErrorStyle,
            LogLevel.Warning => WarningStyle,
            LogLevel.Debug => LabelStyle,
            _ => Style.Plain,
        };
        foreach (string row in TerminalRows.Of(line.Text[line.LabelLength..], room - TerminalRows.Cells(label), More))
        {
            if (_width > 0)
            {
                _console.Write(line.Board.PadRight(_width), _styles.GetValueOrDefault(line.Board, Style.Plain));
            }

            _console.Write(label, LabelStyle);
            _console.Write(row, style);
            _console.WriteLine();
        }
    }
}
