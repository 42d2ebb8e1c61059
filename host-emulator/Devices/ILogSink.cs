// Where log lines of a bench end up: a terminal, a pipe, a file, a test's list.
namespace Tern.HostEmulator;

/// <summary>Takes the log lines of all boards in the order in which they were written.</summary>
public interface ILogSink
{
    /// <summary>Takes one line.</summary>
    void Write(LogLine line);
}
