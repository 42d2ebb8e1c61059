// The one place that knows which cores of the co-processor there are.
namespace Tern.HostEmulator;

/// <summary>Makes cores.</summary>
internal static class FpgaCores
{
    /// <summary>Makes a core that has just been reset.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="memory">Bytes of its memory, a power of two from 4096 on.</param>
    /// <exception cref="InvalidDataException">There is none of this kind.</exception>
    internal static IFpgaCore Create(FpgaCoreKind kind, int memory) =>
        throw new InvalidDataException($"this emulator has no FPGA core \"{BenchFpga.CoreWords[(int)kind]}\" for {memory} bytes");
}
