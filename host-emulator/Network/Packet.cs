// What travels along one direction of a stream. A data packet's bytes stand in the pipe.
namespace Tern.HostEmulator;

internal enum PacketKind
{
    /// <summary>The way there: please open.</summary>
    Open,

    /// <summary>The way back: it is open.</summary>
    Accept,

    /// <summary>Bytes arrive.</summary>
    Data,

    /// <summary>The other side has read so many bytes, there is room again.</summary>
    Credit,

    /// <summary>No more bytes will come.</summary>
    End,

    /// <summary>There is no such stream, or it was refused.</summary>
    Reset,
}

internal readonly record struct Packet(PacketKind Kind, int Bytes, long Arrival);
