// One end of a stream: a board's socket, as long as the board holds it.
namespace Tern.HostEmulator;

internal sealed class StreamEnd(VirtualStream stream, VirtualSockets owner, int handle)
{
    internal VirtualStream Stream => stream;

    internal VirtualSockets Owner => owner;

    internal int Handle => handle;

    /// <summary>Whether the board still holds the socket; else only what it wrote is still delivered.</summary>
    internal bool IsHeld { get; set; } = true;

    /// <summary>Whether bytes may be written: from the connection's answer on.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>Whether the last write took less than it was given.</summary>
    internal bool IsBlocked { get; set; }

    /// <summary>Whether the peer sends nothing more.</summary>
    internal bool PeerEnded { get; set; }

    /// <summary>Whether a notice of something to read is queued.</summary>
    internal bool ReadableIsQueued { get; set; }

    /// <summary>Whether a notice of the stream's end was queued.</summary>
    internal bool ClosedIsQueued { get; set; }
}
