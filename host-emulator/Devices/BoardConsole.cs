// A virtual board's console: gives each line the board's name and passes it on.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>The console of one board in front of the bench's log.</summary>
public sealed class BoardConsole(string board, ILogSink sink) : IConsole
{
    /// <inheritdoc/>
    public void WriteLine(string line) => sink.Write(new LogLine(board, line));
}
