// What a copy by the co-processor costs a board, in picoseconds of the board's time.
namespace Tern.HostEmulator;

/// <summary>A copy within the co-processor's memory, or a transfer of a board's data there.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="ClockHz">The rate of the bits on the bus.</param>
/// <param name="Known">From the first byte of the command until the board knows that it is done.</param>
/// <param name="Free">How much of that the board has for something else.</param>
/// <param name="Busy">How long all selections keep the board busy, those that come after it knows included.</param>
/// <param name="Selections">How many those are.</param>
/// <param name="IsKnownAtOnce">Whether the reply to the command says already that it is done.</param>
internal sealed record OffloadedCopy(int Bytes, int ClockHz, long Known, long Free, long Busy, int Selections, bool IsKnownAtOnce);
