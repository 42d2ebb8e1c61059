// One log file a board, next to what is shown: every level, as a serial line recorded on a real bench would have it.
// Invariant: a file has whole lines, each as soon as it is written, also when the disk is full in the middle of one.
using System.Text;

namespace Tern.HostEmulator;

/// <summary>Keeps each board's whole log in a file of its own and passes lines on.</summary>
public sealed class BoardLogFiles : ILogSink, IDisposable
{
    private readonly ILogSink _next;
    private readonly string _directory;
    private readonly Func<string, Stream> _open;
    private readonly Dictionary<string, Stream> _files = new(StringComparer.Ordinal);

    /// <summary>Makes the folder if need be.</summary>
    public BoardLogFiles(string directory, ILogSink next)
        : this(directory, next, static path => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
    {
    }

    internal BoardLogFiles(string directory, ILogSink next, Func<string, Stream> open)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _next = next;
        _open = open;
    }

    /// <inheritdoc/>
    public void Write(LogLine line)
    {
        string path = Path.Combine(_directory, line.Board + ".log");
        try
        {
            if (!_files.TryGetValue(line.Board, out Stream? file))
            {
                file = _open(path);
                _files.Add(line.Board, file);
            }

            Append(file, line.Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.CannotWrite(path, e);
        }

        _next.Write(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Stream file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static void Append(Stream file, string text)
    {
        long end = file.CanSeek ? file.Position : 0;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(text + "\n"));
        }
        catch (IOException)
        {
            Cut(file, end);
            throw;
        }
    }

    private static void Cut(Stream file, long end)
    {
        try
        {
            file.SetLength(end);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            // A device has no length.
        }
    }
}
