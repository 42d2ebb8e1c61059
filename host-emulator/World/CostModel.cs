// What the kernel's work costs on a kind of board, in virtual time. docs/cost-model.md tells where each figure comes
// from and which are assumed; the two are changed together.
// Invariant: integers only, so that a modelled time is the same on every machine.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>The time that each kind of <see cref="Work"/> takes.</summary>
public sealed class CostModel
{
    internal const int Kinds = (int)Work.StorageBytes + 1;

    private readonly long[] _picoseconds = new long[Kinds];

    /// <summary>One dispatch: queue handling and one entry into a program.</summary>
    public required long DispatchNanoseconds { get => Counted(Work.Dispatch); init => SetCounted(Work.Dispatch, value); }

    /// <summary>One crossing into the kernel.</summary>
    public required long CrossingNanoseconds { get => Counted(Work.Crossing); init => SetCounted(Work.Crossing, value); }

    /// <summary>One typed access through the address space.</summary>
    public required long AccessNanoseconds { get => Counted(Work.Access); init => SetCounted(Work.Access, value); }

    /// <summary>One resolved page fault.</summary>
    public required long PageFaultNanoseconds { get => Counted(Work.PageFault); init => SetCounted(Work.PageFault, value); }

    /// <summary>A byte moved by the processor.</summary>
    public required long CopyBytePicoseconds { get => PicosecondsOf(Work.CopyBytes); init => _picoseconds[(int)Work.CopyBytes] = value; }

    /// <summary>A byte authenticated or checksummed.</summary>
    public required long HashBytePicoseconds { get => PicosecondsOf(Work.HashBytes); init => _picoseconds[(int)Work.HashBytes] = value; }

    /// <summary>A byte moved from or to storage.</summary>
    public required long StorageBytePicoseconds { get => PicosecondsOf(Work.StorageBytes); init => _picoseconds[(int)Work.StorageBytes] = value; }

    /// <summary>What a unit of work costs.</summary>
    public long PicosecondsOf(Work work) => _picoseconds[(int)work];

    private long Counted(Work work) => _picoseconds[(int)work] / 1000;

    private void SetCounted(Work work, long nanoseconds) => _picoseconds[(int)work] = nanoseconds * 1000;
}
