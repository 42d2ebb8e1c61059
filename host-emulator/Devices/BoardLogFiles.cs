// One log file a board, next to what is shown: every level, as a serial line recorded on a real bench would have it.
namespace Tern.HostEmulator;

/// <summary>Keeps each board's whole log in a file of its own and passes lines on.</summary>
public sealed class BoardLogFiles : ILogSink, IDisposable
{
    private readonly ILogSink _next;
    private readonly string _directory;
    private readonly Dictionary<string, StreamWriter> _files = new(StringComparer.Ordinal);

    /// <summary>Makes the folder if need be.</summary>
    public BoardLogFiles(string directory, ILogSink next)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _next = next;
    }

    /// <inheritdoc/>
    public void Write(LogLine line)
    {
        if (!_files.TryGetValue(line.Board, out StreamWriter? file))
        {
            file = new StreamWriter(Path.Combine(_directory, line.Board + ".log")) { NewLine = "\n" };
            _files.Add(line.Board, file);
        }

        file.WriteLine(line.Text);
        _next.Write(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StreamWriter file in _files.Values)
        {
            file.Dispose();
        }
    }
}
