// Structured status of components (Genode's Report service), for tools outside the board: the emulator's tables and tests.
namespace Tern.Kernel;

/// <summary>Takes reports of components. A board may send them over a serial line; the emulator makes tables of them.</summary>
public interface IReports
{
    /// <summary>Takes one report.</summary>
    /// <param name="label">Who reports, as in a log line: <c>init -> rtcr -> sheep</c>.</param>
    /// <param name="text">A word and <c>key=value</c> pairs, separated by one space: <c>captured target=sheep bytes=8192</c>.</param>
    void Report(string label, string text);
}
