// A board has no socket left: its peers and components only learn that they were refused, so its console says why.
// Invariant: said once when a socket was wanted and none was left, and once when none has been refused for a while: whoever is
// refused asks again every few seconds, and in between others let go of theirs.
using Tern.Os;

namespace Tern.HostEmulator;

/// <summary>Watches one board's sockets.</summary>
internal sealed class SocketShortage(int sockets, Action<string> say)
{
    private const long CalmNanoseconds = 10_000_000_000;

    private Shortage _shortage;
    private long _refusedAt;

    /// <summary>Most sockets that were in use at once.</summary>
    internal int Peak { get; private set; }

    /// <summary>A socket was wanted, and all are in use.</summary>
    /// <param name="what">What was refused.</param>
    /// <param name="inUse">How many of which kind are in use.</param>
    /// <param name="now">The time in nanoseconds.</param>
    internal void Refused(string what, string inUse, long now)
    {
        _refusedAt = now;
        if (_shortage.Begins())
        {
            say($"[sockets] Warning: all {Quantity.Count(sockets, "socket")} of the board are in use ({inUse}): {what} was refused. "
                + "Give it more; tern show and docs/protocol.md tell how many the checkpoint management needs");
        }
    }

    /// <summary>A socket was opened.</summary>
    internal void Opened(int inUse, long now)
    {
        Peak = Math.Max(Peak, inUse);
        if (now - _refusedAt >= CalmNanoseconds && _shortage.Ends())
        {
            say($"[sockets] {Quantity.Count(sockets, "socket")} suffice again");
        }
    }
}
