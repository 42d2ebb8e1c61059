// A board whose machine says what a test wrote down: "ms|label|report" or "ms|log line".
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

internal sealed class ReportingMachine : IMachine
{
    private readonly IBoard _board;
    private readonly Queue<string[]> _script;

    internal ReportingMachine(IBoard board, IEnumerable<string> script)
    {
        _board = board;
        _script = new Queue<string[]>(script.Select(line => line.Split('|')));
    }

    public long NextDeadlineNanoseconds => _script.TryPeek(out string[]? next) ? long.Parse(next[0], CultureInfo.InvariantCulture) * 1_000_000 : long.MaxValue;

    public Error Boot() => Error.None;

    public void Poll()
    {
        while (NextDeadlineNanoseconds <= _board.Clock.Nanoseconds)
        {
            string[] line = _script.Dequeue();
            if (line.Length == 2)
            {
                _board.Console.WriteLine(line[1]);
            }
            else
            {
                _board.Reports!.Report(line[1], line[2]);
            }
        }
    }

    public bool Dispatch() => false;
}
