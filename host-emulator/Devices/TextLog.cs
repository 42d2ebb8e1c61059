// The log as plain text: for pipes and files. The same run gives the same bytes.
namespace Tern.HostEmulator;

/// <summary>Writes log lines to a text writer; with several boards, each line begins with its board.</summary>
public sealed class TextLog : ILogSink
{
    private readonly TextWriter _writer;
    private readonly LogLevel _level;
    private readonly int _width;

    /// <summary>Makes a log.</summary>
    /// <param name="writer">Where lines go.</param>
    /// <param name="boards">The names of all boards of the bench.</param>
    /// <param name="level">The least important level that is written.</param>
    public TextLog(TextWriter writer, IReadOnlyCollection<string> boards, LogLevel level = LogLevel.Info)
    {
        _writer = writer;
        _level = level;
        _width = WidthOf(boards);
    }

    /// <inheritdoc/>
    public void Write(LogLine line)
    {
        if (line.Level <= _level)
        {
            _writer.WriteLine(_width == 0 ? line.Text : line.Board.PadRight(_width) + line.Text);
        }
    }

    /// <summary>Columns of the board's name before a line: none when there is one board only.</summary>
    internal static int WidthOf(IReadOnlyCollection<string> boards) => boards.Count < 2 ? 0 : boards.Max(name => name.Length) + 2;
}
