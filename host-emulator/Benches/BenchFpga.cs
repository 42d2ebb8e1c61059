// A co-processor on a board's SPI bus, as a bench file describes it.
namespace Tern.HostEmulator;

/// <summary>A device of the kind <c>fpga</c>.</summary>
/// <param name="Spi">The name under which components ask for it on the SPI bus.</param>
/// <param name="Interrupt">The interrupt that its line is wired to, by its name or by its number as text; <c>null</c> for none.</param>
/// <param name="ClockHz">The rate of the bits on the bus.</param>
/// <param name="Memory">Bytes of memory that it has, a power of two.</param>
/// <param name="Core">Who plays it.</param>
public sealed record BenchFpga(string Spi, string? Interrupt, int ClockHz, int Memory, FpgaCoreKind Core)
{
    /// <summary>What a bench file and the command line call each core, in the order of <see cref="FpgaCoreKind"/>.</summary>
    internal static readonly string[] CoreWords = ["model", "rtl"];
}
