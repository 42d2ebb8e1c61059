// The PD session (Genode's pd_session.h): a protection domain's memory, capabilities and budgets.
namespace Tern.Kernel;

/// <summary>Operations of a PD session.</summary>
public static class PdOperation
{
    /// <summary>Allocates RAM. Word 0: bytes, rounded up to pages. Answer: a dataspace, filled with zeros.</summary>
    public const int AllocateDataspace = 1;

    /// <summary>Frees RAM. Capability 0: the dataspace.</summary>
    public const int FreeDataspace = 2;

    /// <summary>Makes a gate to the domain's thread. Word 0: its label; capability 0: the thread, absent for the first one. Answer: the gate.</summary>
    public const int AllocateGate = 3;

    /// <summary>Ends a gate. Capability 0: the gate.</summary>
    public const int FreeGate = 4;

    /// <summary>Makes a signal context. Word 0: its label; capability 0: the thread, absent for the first one. Answer: the Irq object.</summary>
    public const int AllocateSignal = 5;

    /// <summary>Ends a signal context. Capability 0: the Irq object.</summary>
    public const int FreeSignal = 6;

    /// <summary>Answer: words 0–1 RAM quota, 2–3 RAM used (bytes), 4 capability quota, 5 capabilities used.</summary>
    public const int Quota = 7;

    /// <summary>Donates quota. Capability 0: the other domain's PD session, which must be of a component below or above this one;
    /// words 0–1 RAM in bytes, 2 capabilities.</summary>
    public const int TransferQuota = 8;
}
