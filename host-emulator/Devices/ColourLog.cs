// The log on a terminal: the same text as elsewhere, with the board, the label and what went wrong in colour.
// Invariant: each row of the terminal begins with its board and its label; a terminal that broke lines itself would begin a row with
// a component's text, which might look like another line.
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

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
        if (Cells(label) > room - LeastRoom)
        {
            label = label[..Fitting(label, room - LeastRoom - 2)] + "…]";
        }

        Style style = level switch
        {
            LogLevel.Error => ErrorStyle,
            LogLevel.Warning => WarningStyle,
            LogLevel.Debug => LabelStyle,
            _ => Style.Plain,
        };
        foreach (string row in Rows(line.Text[line.LabelLength..], room - Cells(label)))
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

    /// <summary>A text in rows of so many cells, cut at blanks where they have one in their second half.</summary>
    private static IEnumerable<string> Rows(string text, int cells)
    {
        string head = "";
        while (Fitting(text, cells - head.Length) is var length && length < text.Length)
        {
            int blank = text.LastIndexOf(' ', length);
            length = blank > length / 2 ? blank : length;
            yield return head + text[..length];
            text = text[length..].TrimStart(' ');
            head = More;
        }

        yield return head + text;
    }

    /// <summary>How many characters of a text go into so many cells of a terminal; at least one.</summary>
    private static int Fitting(string text, int cells)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            cells -= rune.Value < 0x7f ? 1 : Cells(rune.ToString());
            if (cells < 0 && length > 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    private static int Cells(string text) => new Segment(text).CellCount();
}
