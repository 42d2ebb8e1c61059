// Which commands there are and which arguments they take: the decoder's table of limits.
using Tern.Fpga;

namespace Tern.HostEmulator;

internal static class FpgaArguments
{
    private const int EntryBytes = 16;
    private const int MapWordBits = 64;
    private const int SmallestGranularity = 8;
    private const int LargestGranularity = 16;
    private const uint InPage = FpgaLimits.Page - 1;

    /// <summary>Whether there is such a command.</summary>
    internal static bool IsKnown(byte command) =>
        Queues(command) || command is FpgaCommand.Identify or FpgaCommand.Status or FpgaCommand.Abort or FpgaCommand.InterruptEnable
            or FpgaCommand.InterruptAcknowledge or FpgaCommand.InterceptRegion;

    /// <summary>Whether a command becomes a job.</summary>
    internal static bool Queues(byte command) => command is >= FpgaCommand.Write and <= FpgaCommand.DirtyClear;

    /// <summary>Whether a command's reply waits for its job.</summary>
    internal static bool WaitsForJob(byte command) => command is FpgaCommand.Read or FpgaCommand.DirtyRead;

    /// <summary>Whether a known command takes the arguments of the frame.</summary>
    internal static bool AreInOrder(FpgaFrameReceiver frame) => frame.Command switch
    {
        FpgaCommand.Write => frame.Length != 0,
        FpgaCommand.CopyList => frame.Length != 0 && frame.Length % EntryBytes == 0,
        FpgaCommand.Read => frame.Argument2 is >= 1 and <= FpgaLimits.Payload,
        FpgaCommand.DirtyRead or FpgaCommand.DirtyClear => IsPartOfMap(frame.Argument0, frame.Argument2),
        FpgaCommand.InterceptRegion => IsRegion(frame.Argument0, frame.Argument1, frame.Argument2),
        _ => true,
    };

    private static bool IsPartOfMap(uint firstBit, uint bytes) =>
        bytes is >= 1 and <= FpgaLimits.Payload && bytes % (MapWordBits / 8) == 0
        && firstBit < FpgaLimits.Map && firstBit % MapWordBits == 0 && firstBit + (bytes * 8) <= FpgaLimits.Map;

    /// <summary>The last granule must have a bit: a region's share of the map is a quarter.</summary>
    private static bool IsRegion(uint primary, uint redundant, uint size)
    {
        uint granularity = size & InPage, bytes = size & ~InPage;
        return (primary & InPage) < FpgaLimits.Regions && (redundant & InPage) == 0
            && granularity is >= SmallestGranularity and <= LargestGranularity
            && (bytes == 0 || (bytes - 1) >> (int)granularity < FpgaLimits.Map / FpgaLimits.Regions);
    }
}
