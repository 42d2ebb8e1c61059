// Reads the boards' logs for errors, on their way to wherever they go: what a bench that expects nothing is judged by.
// Invariant: an error that is longer than a line is one error.
namespace Tern.HostEmulator;

/// <summary>Keeps the first error lines and passes all lines on.</summary>
internal sealed class ErrorWatch(ILogSink? next) : ILogSink
{
    private const int MostKept = 10;

    private readonly List<(LogLine Line, string Text)> _errors = [];
    private LogLine _last;
    private int _count;

    /// <summary>What is wrong, a line each.</summary>
    internal IEnumerable<string> Failures
    {
        get
        {
            foreach ((LogLine line, string text) in _errors)
            {
                yield return $"{line.Board} logged an error: {text}";
            }

            if (_count > _errors.Count)
            {
                yield return $"{Quantity.Count(_count - _errors.Count, "more error")}";
            }
        }
    }

    public void Write(LogLine line)
    {
        if (line.Level == LogLevel.Error)
        {
            Add(line);
        }

        next?.Write(line);
    }

    private void Add(LogLine line)
    {
        bool goesOn = line.RestAt > 0 && line.Board == _last.Board && Label(line).SequenceEqual(Label(_last));
        _last = line;
        if (goesOn)
        {
            if (_count == _errors.Count)
            {
                _errors[^1] = (_errors[^1].Line, _errors[^1].Text + " " + line.Text[line.RestAt..]);
            }
        }
        else if (_count++ < MostKept)
        {
            _errors.Add((line, line.Text));
        }
    }

    private static ReadOnlySpan<char> Label(LogLine line) => line.Text.AsSpan(0, line.LabelLength);
}
