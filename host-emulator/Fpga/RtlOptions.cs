// How the RTL is run.
namespace Tern.HostEmulator;

/// <summary>What surrounds the RTL.</summary>
public sealed record RtlOptions
{
    /// <summary>How long the memory takes: reads and writes, 0 to 1000 clocks each.</summary>
    public FpgaTiming Timing { get; init; } = FpgaTiming.Default;

    /// <summary>Percent of the clocks, 0 to 90, in which a channel of the memory is not ready or has nothing.</summary>
    public int BackPressure { get; init; }

    /// <summary>Decides in which clocks.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The bytes go bit by bit over the SPI slave's pins instead of into the core's byte port.</summary>
    public bool Pins { get; init; }
}
