// What the engine is told to move: the pairs of tern_jobs.vh. A job is one transfer; a list of copies is one after the other.
namespace Tern.HostEmulator;

internal enum FpgaSource
{
    Memory,
    Pattern,
    Payload,
    Map,
}

internal enum FpgaSink
{
    Memory,
    Reply,
    Crc,
    Comparison,
    Nowhere,
}

/// <param name="From">Where the bytes come from.</param>
/// <param name="To">Where they go.</param>
/// <param name="Source">Their address; the pattern; the dirty map's first bit.</param>
/// <param name="Destination">Where they go to, or what they are compared with; for the dirty map, bit 0 says that it is cleared.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FpgaTransfer(FpgaSource From, FpgaSink To, uint Source, uint Destination, uint Length);

/// <summary>How a transfer or a job ended.</summary>
internal readonly record struct FpgaOutcome(byte Status, uint Value);
