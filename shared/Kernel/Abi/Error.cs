// The named errors of the whole system. An operation answers with one of these; no exception text, no crash of somebody else.
// Invariant: the numbers are part of the message protocol and of stored files; they are never reused.
namespace Tern.Kernel;

/// <summary>The outcome of an operation.</summary>
public enum Error
{
    /// <summary>It worked.</summary>
    None = 0,

    /// <summary>The selector names nothing, or the object behind it is gone.</summary>
    InvalidCapability = 1,

    /// <summary>The capability names an object of another kind than the operation needs.</summary>
    WrongObject = 2,

    /// <summary>The object exists, but not for this caller or not with these rights.</summary>
    NotPermitted = 3,

    /// <summary>A nested call may only go up the tree or to core, to whoever is neither paused nor waiting for this very
    /// call's end; this one has to be a send.</summary>
    MustSend = 4,

    /// <summary>The object does not know the operation.</summary>
    UnknownOpcode = 5,

    /// <summary>An argument is missing or out of its range.</summary>
    BadArgument = 6,

    /// <summary>The RAM quota does not suffice, or no physical memory is left.</summary>
    OutOfRam = 7,

    /// <summary>The capability quota does not suffice.</summary>
    OutOfCaps = 8,

    /// <summary>A kernel table of declared size is full.</summary>
    TableFull = 9,

    /// <summary>The message has more words, bytes or capabilities than a message holds.</summary>
    MessageTooLong = 10,

    /// <summary>Calls are nested deeper than the board allows.</summary>
    TooDeep = 11,

    /// <summary>Whoever should have answered has faulted.</summary>
    Faulted = 12,

    /// <summary>Whoever should have answered does not exist any more.</summary>
    Gone = 13,

    /// <summary>No route leads to the service, or the server denies it.</summary>
    ServiceDenied = 14,

    /// <summary>The address range is taken, misaligned or outside the region map.</summary>
    BadRegion = 15,

    /// <summary>The name is not known.</summary>
    NotFound = 16,

    /// <summary>The name or the place is taken.</summary>
    Exists = 17,

    /// <summary>The object is not in a state that permits the operation now.</summary>
    Busy = 18,

    /// <summary>A device failed.</summary>
    DeviceFailed = 19,

    /// <summary>The board lacks the device.</summary>
    NoDevice = 20,

    /// <summary>Data is malformed: truncated, of an unknown version, or its checksum or authentication code is wrong.</summary>
    BadData = 21,

    /// <summary>A stale epoch: somebody else has claimed it since.</summary>
    Stale = 22,

    /// <summary>The peer refused, or did not answer in time.</summary>
    Unreachable = 23,

    /// <summary>The storage or buffer has no room.</summary>
    Full = 24,

    /// <summary>The handler took longer than its budget.</summary>
    OverBudget = 25,

    /// <summary>The handler keeps the request and answers later; see <see cref="Env.Defer"/>. Never reaches a client.</summary>
    Deferred = 26,

    /// <summary>A read-only module is not the one that it was, and whoever depends on it refuses another.</summary>
    Changed = 27,

    /// <summary>There are open flows, and they may not be cut.</summary>
    FlowsOpen = 28,

    /// <summary>The kernel has found one of its own invariants broken: what it would say of anything may be wrong.</summary>
    AuditFailed = 29,
}
