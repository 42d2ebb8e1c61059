// One step of a random stream of commands, and where in the memory it plays: the lower half has what is copied and written, the upper half
// the redundant copies, so that no job's result depends on which of its reads and writes came first.
using FsCheck;
using FsCheck.Fluent;

namespace Tern.HostEmulator.Tests;

internal enum FpgaStepKind
{
    Write,
    Read,
    Fill,
    Copy,
    CopyInPlace,
    Compare,
    CompareCopied,
    Crc,
    CopyList,
    DirtyRead,
    DirtyClear,
    Region,
    Status,
    Interrupts,
    BadFrame,
    CutFrame,
    LongFrame,
    Repeat,
    Nonsense,
    BeyondMemory,
    CopyFromBeyondMemory,
    ManyJobs,
    Abort,
    Identify,
    Reset,
}

/// <param name="Kind">What is done.</param>
/// <param name="Seed">Decides everything else about it.</param>
internal readonly record struct FpgaStep(FpgaStepKind Kind, int Seed)
{
    /// <summary>Streams of so many steps; resets and full queues are rarer than the rest.</summary>
    internal static Gen<FpgaStep[]> Streams(int length) => Gen.ArrayOf(Gen.Frequency(
        (30, Step(Gen.Choose((int)FpgaStepKind.Write, (int)FpgaStepKind.Nonsense))),
        (4, Step(Gen.Choose((int)FpgaStepKind.BeyondMemory, (int)FpgaStepKind.CopyFromBeyondMemory))),
        (2, Step(Gen.Choose((int)FpgaStepKind.ManyJobs, (int)FpgaStepKind.Reset)))), length);

    private static Gen<FpgaStep> Step(Gen<int> kinds) => kinds.SelectMany(kind => Gen.Choose(0, int.MaxValue - 1), (kind, seed) => new FpgaStep((FpgaStepKind)kind, seed));
}
