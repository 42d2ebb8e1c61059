// The kinds of board that a bench can name. Figures: docs/cost-model.md.
// A small board's kernel tables are small: every entry costs memory of which it has little.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A kind of board: what work costs on it, and its memory and limits when a bench does not say otherwise.</summary>
public sealed class BoardKind
{
    private const int Kilo = 1024;
    private const int Mega = 1024 * Kilo;

    private static readonly BoardKind[] Kinds =
    [
        new()
        {
            Name = "host",
            Description = "this machine: compiled .NET, plenty of memory",
            Memory = 64L * Mega,
            LargestBank = 64 * Mega,
            Cost = new CostModel
            {
                DispatchNanoseconds = 600,
                CrossingNanoseconds = 200,
                AccessNanoseconds = 4,
                PageFaultNanoseconds = 500,
                CopyBytePicoseconds = 35,
                HashBytePicoseconds = 550,
                StorageBytePicoseconds = 1_000,
            },
        },
        new()
        {
            Name = "esp32",
            Description = "ESP32 without PSRAM: interpreted, about 111 KB of managed heap",
            Memory = 64L * Kilo,
            LargestBank = 32 * Kilo,
            PageSize = 512,
            Small = true,
            Cost = new CostModel
            {
                DispatchNanoseconds = 560_000,
                CrossingNanoseconds = 220_000,
                AccessNanoseconds = 50_000,
                PageFaultNanoseconds = 240_000,
                CopyBytePicoseconds = 10_000,
                HashBytePicoseconds = 200_000,
                StorageBytePicoseconds = 1_000_000,
            },
        },
        new()
        {
            Name = "esp32-psram",
            Description = "ESP32 with PSRAM: interpreted, megabytes of slower memory",
            Memory = 2L * Mega,
            LargestBank = 512 * Kilo,
            Cost = new CostModel
            {
                DispatchNanoseconds = 700_000,
                CrossingNanoseconds = 275_000,
                AccessNanoseconds = 62_500,
                PageFaultNanoseconds = 300_000,
                CopyBytePicoseconds = 50_000,
                HashBytePicoseconds = 250_000,
                StorageBytePicoseconds = 1_000_000,
            },
        },
        new()
        {
            Name = "stm32",
            Description = "STM32F7 with external SDRAM: interpreted, Cortex-M7 at 216 MHz",
            Memory = 2L * Mega,
            LargestBank = 512 * Kilo,
            Cost = new CostModel
            {
                DispatchNanoseconds = 467_000,
                CrossingNanoseconds = 183_000,
                AccessNanoseconds = 41_700,
                PageFaultNanoseconds = 200_000,
                CopyBytePicoseconds = 12_000,
                HashBytePicoseconds = 150_000,
                StorageBytePicoseconds = 250_000,
            },
        },
        new()
        {
            Name = "realview-pbx-a9",
            Description = "the board of the original system: compiled code on a Cortex-A9, 232 MiB, 9239 capabilities",
            Memory = 232L * Mega,
            LargestBank = 232 * Mega,
            Cost = new CostModel
            {
                DispatchNanoseconds = 5_000,
                CrossingNanoseconds = 1_700,
                AccessNanoseconds = 25,
                PageFaultNanoseconds = 4_000,
                CopyBytePicoseconds = 5_000,
                HashBytePicoseconds = 60_000,
                StorageBytePicoseconds = 100_000,
            },
        },
    ];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<BoardKind> All => Kinds;

    /// <summary>The name that a bench uses.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Description { get; init; }

    /// <summary>What work costs.</summary>
    public required CostModel Cost { get; init; }

    /// <summary>Bytes of memory that the kernel gives away, when the bench does not say.</summary>
    public required long Memory { get; init; }

    /// <summary>Most bytes in one bank, which is one array.</summary>
    public required int LargestBank { get; init; }

    /// <summary>Bytes a page, when the bench does not say.</summary>
    public int PageSize { get; init; } = 4096;

    private bool Small { get; init; }

    /// <summary>The kind of a name, or <c>null</c>.</summary>
    public static BoardKind? Find(string name) => Array.Find(Kinds, kind => kind.Name == name);

    /// <summary>A profile of this kind, to be completed with name and address.</summary>
    /// <param name="memory">Bytes of memory, a multiple of <paramref name="pageSize"/>; 0 for the kind's own.</param>
    /// <param name="pageSize">Bytes a page; 0 for the kind's own.</param>
    public BoardProfile NewProfile(long memory = 0, int pageSize = 0)
    {
        var profile = new BoardProfile { Kind = Name, PageSize = pageSize == 0 ? PageSize : pageSize };
        profile.BankSizes = Banks(memory == 0 ? Memory : memory, LargestBank / profile.PageSize * profile.PageSize);
        if (Small)
        {
            profile.MaxTasks = 12;
            profile.MaxThreads = 12;
            profile.MaxObjects = 256;
            profile.MaxGates = 128;
            profile.MaxIrqs = 64;
            profile.MaxDataspaces = 64;
            profile.MaxRegionMaps = 32;
            profile.MaxRegions = 128;
            profile.MaxRequests = 24;
            profile.MaxSessions = 48;
            profile.MaxSelectors = 512;
            profile.Capabilities = 512;
        }

        return profile;
    }

    private static int[] Banks(long memory, int largest)
    {
        var sizes = new int[(memory + largest - 1) / largest];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (int)Math.Min(memory - ((long)i * largest), largest);
        }

        return sizes;
    }
}
