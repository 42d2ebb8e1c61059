// What an entry of the online storage stands for. The numbers are part of the checkpoint image's format.
namespace Tern.Rtcr;

/// <summary>A kind of object that a target can name.</summary>
public enum ObjectKind
{
    /// <summary>An empty entry.</summary>
    Free = 0,

    /// <summary>The target's task.</summary>
    Task = 1,

    /// <summary>The region map of the target's address space.</summary>
    AddressSpace = 2,

    /// <summary>The target's initial thread.</summary>
    Thread = 3,

    /// <summary>The gate that the target has as its parent.</summary>
    Parent = 4,

    /// <summary>A session that every component has from the start: PD, CPU or LOG.</summary>
    InitialSession = 5,

    /// <summary>A session that the target opened.</summary>
    Session = 6,

    /// <summary>An object that a call of one of these sessions made: a dataspace, gate, signal context, thread, region map or other.</summary>
    Made = 7,

    /// <summary>The target's configuration, which RTCR serves itself as a ROM session.</summary>
    ConfigRom = 8,

    /// <summary>The dataspace of that configuration.</summary>
    ConfigDataspace = 9,

    /// <summary>The target's initial memory, which RTCR allocated for it.</summary>
    InitialMemory = 10,

    /// <summary>A session that the target has closed while objects that it got by it live on; only the next restore needs it.</summary>
    ClosedSession = 11,

    /// <summary>An object of somebody else's that a client gave to the target, or another target of the same RTCR.</summary>
    Foreign = 12,

    /// <summary>The native interface of a protection domain that the target made: what came beside its PD session.</summary>
    Native = 13,
}
