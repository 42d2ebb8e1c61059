// A request that is outstanding, as whoever looks from outside sees it.
namespace Tern.Kernel;

/// <summary>Somebody waits for an answer.</summary>
/// <param name="Client">Who waits; its place in the tree.</param>
/// <param name="ClientIsPinned">Whether it is one of the system's own programs.</param>
/// <param name="Server">Whom it waits for; empty when nobody is left.</param>
/// <param name="IsBegun">Whether the server has begun with it, and keeps it; otherwise it stands in the server's queue.</param>
/// <param name="IsHeld">Whether the client or the server is paused, so that its waiting is somebody's will.</param>
/// <param name="Opcode">What it asked.</param>
/// <param name="Service">The service of a session request; otherwise empty.</param>
/// <param name="ReplyLabel">What it will know the answer by.</param>
/// <param name="SinceNanoseconds">When it was sent, or posted anew by a restore, by the board's clock.</param>
public readonly record struct Wait(
    string Client, bool ClientIsPinned, string Server, bool IsBegun, bool IsHeld, int Opcode, string Service, int ReplyLabel, long SinceNanoseconds);
