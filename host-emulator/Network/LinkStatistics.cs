// What passed a board's link.
namespace Tern.HostEmulator;

/// <summary>Counters of one board's network, loopback included.</summary>
public sealed class LinkStatistics
{
    /// <summary>Bytes of streams that the board wrote.</summary>
    public long StreamBytesSent { get; internal set; }

    /// <summary>Bytes of streams that arrived at the board.</summary>
    public long StreamBytesReceived { get; internal set; }

    /// <summary>Pieces in which the streams' bytes were sent.</summary>
    public long SegmentsSent { get; internal set; }

    /// <summary>Pieces that were lost and sent again.</summary>
    public long SegmentsRepeated { get; internal set; }

    /// <summary>Connections that the board opened and that were answered.</summary>
    public long ConnectionsOpened { get; internal set; }

    /// <summary>Connections that reached the board and were refused: no listener, or no socket left.</summary>
    public long ConnectionsRefused { get; internal set; }

    /// <summary>Streams that broke: no way to the peer for too long, or the peer had forgotten them.</summary>
    public long StreamsBroken { get; internal set; }

    /// <summary>Datagrams that the board sent.</summary>
    public long DatagramsSent { get; internal set; }

    /// <summary>Datagrams that reached a port of the board.</summary>
    public long DatagramsReceived { get; internal set; }

    /// <summary>Datagrams to this board that were lost: on the way, or because no port or room was there.</summary>
    public long DatagramsLost { get; internal set; }
}
