// How a run lets its boards sleep. A sleeping board's network is down: nobody answers there.
using System.Globalization;

namespace Tern.HostEmulator;

public sealed partial class BenchRun
{
    private readonly Dictionary<string, SleepSwitch> _switches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unplugged = new(StringComparer.Ordinal);

    private void AddSleep(VirtualBoard board)
    {
        var power = new SleepSwitch(World, board);
        board.Power = power;
        _switches.Add(board.Name, power);
        power.FellAsleep += ready =>
        {
            SetCable(board.Name, false);
            Say(board.Name, ready ? ReportWords.Asleep : ReportWords.PutToSleep);
        };
        power.WokeUp += () =>
        {
            SetCable(board.Name, !_unplugged.Contains(board.Name));
            Say(board.Name, ReportWords.Awake);
        };
    }

    private void Apply(BenchSleep sleep)
    {
        foreach (string name in sleep.Boards)
        {
            if (sleep.Grace is null)
            {
                _switches[name].WakeUp();
            }
            else if (_switches[name].Announce(sleep.Grace.Value))
            {
                Say(name, string.Create(CultureInfo.InvariantCulture, $"{ReportWords.WillSleep} grace_ms={sleep.Grace.Value / 1_000_000}"));
            }
        }
    }

    private void Plug(string name, bool plugged)
    {
        _ = plugged ? _unplugged.Remove(name) : _unplugged.Add(name);
        SetCable(name, plugged && !Board(name).IsAsleep);
    }

    private void SetCable(string name, bool plugged)
    {
        if (_sockets.TryGetValue(name, out VirtualSockets? sockets))
        {
            sockets.SetCable(plugged);
        }
    }

    /// <summary>The emulator's own word, in the log and among the reports.</summary>
    private void Say(string board, string text)
    {
        _log?.Write(new LogLine(board, "[emulator] " + text));
        Reports.Add(new Report(World.Now, board, "emulator", text));
    }
}
