// A board as a bench file describes it.
namespace Tern.HostEmulator;

/// <summary>A board of a bench.</summary>
public sealed class BenchBoard
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind.</summary>
    public required BoardKind Kind { get; init; }

    /// <summary>Bytes of memory; 0 for the kind's own.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes a page; 0 for the kind's own.</summary>
    public int PageSize { get; init; }

    /// <summary>Capabilities that init gets; 0 for the kind's own.</summary>
    public int Capabilities { get; init; }

    /// <summary>Its place in the network; without an address it has none.</summary>
    public NetworkAddress Address { get; init; }

    /// <summary>Its link, where it differs from the network's.</summary>
    public LinkModel? Link { get; init; }

    /// <summary>Sockets that it has; 0 for the network's number.</summary>
    public int Sockets { get; init; }

    /// <summary>Bytes of its storage device; 0 for none.</summary>
    public long Storage { get; init; }

    /// <summary>Bytes a block of its storage device.</summary>
    public int StorageBlock { get; init; } = 512;

    /// <summary>Longest time in nanoseconds that one handler may take; 0 for no limit.</summary>
    public long HandlerBudgetNanoseconds { get; init; }

    /// <summary>Interrupt lines.</summary>
    public int Interrupts { get; init; } = 8;

    /// <summary>The line of each interrupt that is wired, by its name or by its number as text.</summary>
    public IReadOnlyDictionary<string, int> Wiring { get; init; } = new Dictionary<string, int>();

    /// <summary>Counters of pulses: the name of each one's register window, and whose pulses it counts.</summary>
    public IReadOnlyDictionary<string, string> Counters { get; init; } = new Dictionary<string, string>();

    /// <summary>Co-processors on its SPI bus.</summary>
    public IReadOnlyList<BenchFpga> Fpgas { get; init; } = [];

    /// <summary>When it is switched on; <c>null</c> to let the seed choose.</summary>
    public long? StartNanoseconds { get; init; }

    /// <summary>Init's configuration as it stands in the file, byte for byte.</summary>
    public required string Config { get; init; }

    /// <summary>The line and column of the file at which it begins.</summary>
    public (int Line, int Column) ConfigPlace { get; init; } = (1, 1);

    /// <summary>Further data modules of the boot image.</summary>
    public IReadOnlyDictionary<string, string> Roms { get; init; } = new Dictionary<string, string>();
}
