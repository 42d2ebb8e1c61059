// A virtual board's door for reports: adds the board and the time.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Passes a board's reports on to the bench's log of them.</summary>
public sealed class BoardReports(VirtualBoard board, ReportLog log) : IReports
{
    /// <inheritdoc/>
    public void Report(string label, string text) => log.Add(new Report(board.Now, board.Name, label, text));
}
