// What observes a run is called in the middle of what it observes: a log line is written, and a report made, in a component's handler.
// Invariants: nothing that an observer throws reaches the component; the first failure stops the world behind the event that is
// happening, and nothing is observed after it. Up to there the run is the one that it would have been without the observer.
using System.Runtime.ExceptionServices;

namespace Tern.HostEmulator;

/// <summary>Stands between a world and those who watch it.</summary>
internal sealed class Observation(World world)
{
    private ExceptionDispatchInfo? _failure;

    /// <summary>Tells an observer something, unless one has failed already.</summary>
    internal void Tell<T>(Action<T> observer, T what)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            observer(what);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Notes that the emulator cannot go on: the run ends with this.</summary>
    internal void Fail(Exception failure)
    {
        _failure ??= ExceptionDispatchInfo.Capture(failure);
        world.Stop();
    }

    /// <summary>Ends a run that was stopped because of an observer.</summary>
    /// <exception cref="IOException">The host failed it: a disk is full, a file cannot be made.</exception>
    internal void End()
    {
        if (_failure?.SourceException is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{_failure.SourceException.Message}; the run was stopped at {Quantity.Time(world.Now)} and has no result", _failure.SourceException);
        }

        _failure?.Throw();
    }
}

/// <summary>A log that is written to from within what is observed.</summary>
internal sealed class ObservedLog(Observation observation, ILogSink log) : ILogSink
{
    private readonly Action<LogLine> _write = log.Write;

    public void Write(LogLine line) => observation.Tell(_write, line);
}
