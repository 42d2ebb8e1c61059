// The one door to the co-processor's inside: what stands behind its byte port, whether C# plays it or Verilator runs the RTL.
// Both must answer the same bytes with the same bytes, memory and dirty map; only the clocks that a job takes may differ, and how far is tested.
namespace Tern.HostEmulator;

/// <summary>
/// The co-processor behind its byte port, with the memory on its AXI port: the model and the RTL both are one. Its clock of 100 MHz runs only
/// inside <see cref="Exchange"/> and <see cref="Run"/>, so whoever drives it says how much time passes.
/// </summary>
public interface IFpgaCore : IDisposable
{
    /// <summary>Bytes behind the AXI port, a power of two from 4096 on. Addresses count from 0; one beyond the size is a bus error.</summary>
    int MemorySize { get; }

    /// <summary>The memory itself, to look into and to alter while no job runs. Valid until the core is disposed of.</summary>
    Span<byte> Memory { get; }

    /// <summary>Clocks of the core that have passed since it was made.</summary>
    long Clocks { get; }

    /// <summary>Whether the interrupt line is high.</summary>
    bool InterruptLine { get; }

    /// <summary>Whether something may still change without another byte: a job, a reply that is held back, an access on the bus.</summary>
    bool IsBusy { get; }

    /// <summary>
    /// Copies the whole dirty map, the lowest bit of a byte first, as a DirtyRead of everything would answer; nothing is cleared.
    /// </summary>
    /// <param name="bits">As many bytes as the map has: 4096.</param>
    void ReadDirtyMap(Span<byte> bits);

    /// <summary>The reset input, held long enough. Jobs, regions, results and the reply are gone; memory and dirty map keep what they hold.</summary>
    void Reset();

    /// <summary>One selection: CS falls, the bytes go in and as many come out, CS rises and stays high for its eight clocks.</summary>
    /// <param name="mosi">What goes in.</param>
    /// <param name="miso">What comes out, as long as what goes in.</param>
    /// <param name="picosecondsPerByte">What eight bits take at the bus's SCK, at least 80 000 (100 MHz); fractions of a clock are carried on.</param>
    void Exchange(ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte);

    /// <summary>Lets clocks pass, and returns early when nothing is busy any more.</summary>
    /// <param name="clocks">The most that may pass.</param>
    /// <returns>The clocks that passed.</returns>
    long Run(long clocks);
}
