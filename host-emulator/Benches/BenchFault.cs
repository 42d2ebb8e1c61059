// Something bad, or its end, that a bench lets happen.
namespace Tern.HostEmulator;

/// <summary>What happens.</summary>
public enum FaultKind
{
    /// <summary>The board loses power.</summary>
    PowerOff,

    /// <summary>The board is switched on.</summary>
    PowerOn,

    /// <summary>The board's cable is pulled.</summary>
    Unplug,

    /// <summary>The board's cable is plugged in.</summary>
    Plug,

    /// <summary>The boards reach each other and nobody else.</summary>
    Partition,

    /// <summary>All partitions end.</summary>
    Heal,

    /// <summary>The board's co-processors are pulled from the bus.</summary>
    FpgaUnplug,

    /// <summary>They are plugged in again, and come back reset.</summary>
    FpgaPlug,

    /// <summary>They are reset, in whatever they are at.</summary>
    FpgaReset,
}

/// <summary>One fault at a world time.</summary>
public sealed record BenchFault(long Time, FaultKind Kind, IReadOnlyList<string> Boards)
{
    /// <summary>What a bench file calls each kind, in the order of <see cref="FaultKind"/>.</summary>
    internal static readonly string[] Words = ["power-off", "power-on", "unplug", "plug", "partition", "heal", "fpga-unplug", "fpga-plug", "fpga-reset"];

    /// <summary>Whether it happens to a board's co-processors.</summary>
    internal bool IsOfFpgas => Kind is FaultKind.FpgaUnplug or FaultKind.FpgaPlug or FaultKind.FpgaReset;

    /// <summary>What a bench file calls it.</summary>
    public string Word => Words[(int)Kind];
}
