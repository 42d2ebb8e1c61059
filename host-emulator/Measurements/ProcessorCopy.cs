// What a board's processor takes for a copy by itself: a price of the cost model, and nothing else.
namespace Tern.HostEmulator;

/// <summary>A processor that copies.</summary>
/// <param name="Name">A few words for people.</param>
/// <param name="Key">One word for programs.</param>
/// <param name="Kind">The kind of board whose prices hold.</param>
internal sealed record ProcessorCopy(string Name, string Key, BoardKind Kind)
{
    /// <summary>The two memories of an ESP32.</summary>
    internal static IReadOnlyList<ProcessorCopy> Esp32 { get; } =
    [
        new("internal memory", "esp32_internal", BoardKind.Find("esp32")!),
        new("PSRAM", "esp32_psram", BoardKind.Find("esp32-psram")!),
    ];

    /// <summary>The price of a byte, in picoseconds.</summary>
    internal long PicosecondsPerByte => Kind.Cost.CopyBytePicoseconds;

    /// <summary>What a copy takes.</summary>
    internal long Picoseconds(long bytes) => bytes * PicosecondsPerByte;
}
