// Ctrl-C and SIGTERM: the first lets a command end by itself, with what it has found so far; the second ends the process.
// Invariant: when the command is over, signals do again what they did before.
using System.Runtime.InteropServices;

namespace Tern.HostEmulator;

/// <summary>Whether a person, or a machine that runs out of patience, has asked the command to end.</summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalStatus = 128;

    private readonly PosixSignalRegistration[] _signals;
    private volatile int _status;
    private volatile Action? _end;

    internal Interruption() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Ask(context, 2)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Ask(context, 15)),
    ];

    /// <summary>Whether it was asked to end.</summary>
    internal bool IsAsked => _status != 0;

    /// <summary>The exit status that shells know of a process that a signal ended.</summary>
    internal int Status => _status;

    /// <summary>What ends the work that is under way; called from another thread.</summary>
    internal void Ends(Action? end)
    {
        _end = end;
        if (IsAsked)
        {
            end?.Invoke();
        }
    }

    /// <summary>Asks the command to end, as a signal does.</summary>
    internal void Ask(int signal)
    {
        _status = SignalStatus + signal;
        _end?.Invoke();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Ask(PosixSignalContext context, int signal)
    {
        context.Cancel = !IsAsked;
        Ask(signal);
    }
}
