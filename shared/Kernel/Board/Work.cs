// The units in which the kernel reports work to a modelled clock (see IClock.Spend).
namespace Tern.Kernel;

/// <summary>A kind of work that takes a board time.</summary>
public enum Work
{
    /// <summary>A thread was dispatched: queue handling and one entry into a program. Counted.</summary>
    Dispatch,

    /// <summary>A program crossed into the kernel: a call, a send, any operation on a capability. Counted.</summary>
    Crossing,

    /// <summary>A typed access to memory through the address space. Counted.</summary>
    Access,

    /// <summary>A page fault was resolved. Counted.</summary>
    PageFault,

    /// <summary>Bytes moved in bulk by the processor.</summary>
    CopyBytes,

    /// <summary>Bytes authenticated or checksummed by the processor.</summary>
    HashBytes,

    /// <summary>Bytes moved from or to the storage device.</summary>
    StorageBytes,
}
