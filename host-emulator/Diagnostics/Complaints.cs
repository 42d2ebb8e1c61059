// The lines that the emulator writes about programs. The same complaint of the same component is said once and counted.
// Invariant: in virtual time, the same run writes the same lines.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>A line that was said, for whoever explains a run.</summary>
/// <param name="Time">World time in nanoseconds.</param>
/// <param name="Line">The line.</param>
internal readonly record struct Complaint(long Time, LogLine Line);

internal sealed class Complaints(World world, ILogSink? log)
{
    private readonly Dictionary<string, Said> _said = new(StringComparer.Ordinal);
    private readonly List<Said> _order = [];

    /// <summary>The first thing that was said, whatever its level.</summary>
    internal Complaint? First { get; private set; }

    /// <summary>Says something once.</summary>
    /// <param name="board">The board.</param>
    /// <param name="component">The component's label.</param>
    /// <param name="level">How important it is.</param>
    /// <param name="counts">Whether the next time is a further one, and not the same seen again.</param>
    /// <param name="key">Makes it the same complaint as another of this component.</param>
    /// <param name="text">Makes the text, when it is said.</param>
    internal void Say(string board, string component, LogLevel level, bool counts, string key, Func<string> text)
    {
        string whole = $"{board}|{component}|{key}";
        if (_said.TryGetValue(whole, out Said? said))
        {
            said.Count += counts ? 1 : 0;
            return;
        }

        said = new Said(board, component, text());
        _said.Add(whole, said);
        _order.Add(said);
        var line = new LogLine(board, $"[emulator] {level}: {component}: {said.Text}");
        First ??= new Complaint(world.Now, line);
        log?.Write(line);
    }

    /// <summary>At the end of a run: how often what was said once has happened.</summary>
    internal void Summarise()
    {
        foreach (Said said in _order.Where(said => said.Count > 1))
        {
            log?.Write(new LogLine(said.Board, string.Create(
                CultureInfo.InvariantCulture, $"[emulator] Debug: {said.Component}: {said.Count - 1} more times: {said.Text}")));
            said.Count = 1;
        }
    }

    private sealed class Said(string board, string component, string text)
    {
        internal string Board { get; } = board;

        internal string Component { get; } = component;

        internal string Text { get; } = text;

        internal long Count { get; set; } = 1;
    }
}
