// What lives outside of the world's time and may queue events at any moment.
namespace Tern.HostEmulator;

/// <summary>A source of events that the world's loop asks between its own.</summary>
public interface IOutside
{
    /// <summary>Queues what has happened outside; waits for it if nothing has.</summary>
    /// <param name="nanoseconds">How long to wait at most; not at all if not positive.</param>
    /// <returns>Whether something was queued, so that the loop is to look again.</returns>
    bool Pump(long nanoseconds);
}
