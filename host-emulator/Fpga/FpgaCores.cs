// The one place that knows which cores of the co-processor there are.
namespace Tern.HostEmulator;

/// <summary>Makes cores.</summary>
internal static class FpgaCores
{
    /// <summary>Makes a core that has just been reset.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="memory">Bytes of its memory, a power of two from 4096 to 2^28.</param>
    /// <exception cref="RtlLibraryException">The RTL is asked for, and its native library cannot be used.</exception>
    internal static IFpgaCore Create(FpgaCoreKind kind, int memory) =>
        Create(kind, memory, FpgaTiming.Default);

    /// <summary>Makes a core that has just been reset, with a memory of another timing.</summary>
    internal static IFpgaCore Create(FpgaCoreKind kind, int memory, FpgaTiming timing) =>
        kind == FpgaCoreKind.Rtl ? new RtlCore(memory, new RtlOptions { Timing = timing }) : new FpgaModel(memory, timing);
}
