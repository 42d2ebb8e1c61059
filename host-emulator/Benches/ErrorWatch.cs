// Reads the boards' logs for errors, on their way to wherever they go: what a bench that expects nothing is judged by.
namespace Tern.HostEmulator;

/// <summary>Keeps the first error lines and passes all lines on.</summary>
internal sealed class ErrorWatch(ILogSink? next) : ILogSink
{
    private const int MostKept = 10;

    private readonly List<LogLine> _errors = [];
    private int _count;

    /// <summary>What is wrong, a line each.</summary>
    internal IEnumerable<string> Failures
    {
        get
        {
            foreach (LogLine error in _errors)
            {
                yield return $"{error.Board} logged an error: {error.Text}";
            }

            if (_count > _errors.Count)
            {
                yield return $"{Quantity.Count(_count - _errors.Count, "more error")}";
            }
        }
    }

    public void Write(LogLine line)
    {
        if (line.Level == LogLevel.Error && _count++ < MostKept)
        {
            _errors.Add(line);
        }

        next?.Write(line);
    }
}
