// The checkpoint image's layout (docs/checkpoint-image.md). All numbers are little-endian.
// Invariant: the same state always gives the same bytes.
using System.Text;

namespace Tern.Rtcr;

/// <summary>Constants of the checkpoint image.</summary>
public static class ImageFormat
{
    /// <summary>The first word: "TERN".</summary>
    public const int Magic = 0x4e524554;

    /// <summary>The format's version.</summary>
    public const int Version = 2;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderSize = 128;

    /// <summary>Bytes of the authentication code that ends the image.</summary>
    public const int TrailerSize = 32;

    /// <summary>Header: version (16 bits) and header size (16 bits).</summary>
    public const int VersionAt = 4;

    /// <summary>Header: the image's size in bytes, trailer included.</summary>
    public const int SizeAt = 8;

    /// <summary>Header: flags; all reserved, 0.</summary>
    public const int FlagsAt = 12;

    /// <summary>Header: the checkpoint's number.</summary>
    public const int CommitAt = 16;

    /// <summary>Header: the epoch under which it was taken.</summary>
    public const int EpochAt = 20;

    /// <summary>Header: the page size of the board where it was taken.</summary>
    public const int PageSizeAt = 24;

    /// <summary>Header: CRC-32 of everything between header and trailer.</summary>
    public const int CrcAt = 28;

    /// <summary>Header: MAC address of the board where it was taken (64 bits).</summary>
    public const int MacAt = 32;

    /// <summary>Header: where the memory contents begin; a multiple of the page size.</summary>
    public const int MemoryAt = 40;

    /// <summary>Header: offset and count of the first section; the others follow in the order of <see cref="Section"/>.</summary>
    public const int SectionsAt = 44;

    /// <summary>How many sections there are.</summary>
    public const int SectionCount = 9;

    /// <summary>Most protection domains that one target may have, its own included.</summary>
    public const int MaxDomains = 16;

    /// <summary>Most threads that all domains of one target may have together.</summary>
    public const int MaxThreads = 64;

    /// <summary>The longest name in bytes.</summary>
    public const int MaxName = 63;

    /// <summary>Threads: the thread was started.</summary>
    public const int ThreadRuns = 1;

    /// <summary>Threads: it has not constructed the component yet.</summary>
    public const int ThreadIsFresh = 2;

    /// <summary>Threads: it is paused and yet in its turn's place: when it goes on before that comes, it has not lost it.</summary>
    public const int ThreadHasTurn = 4;

    /// <summary>Threads: all flags.</summary>
    public const int ThreadFlags = ThreadRuns | ThreadIsFresh | ThreadHasTurn;

    /// <summary>Threads: more pauses than these nobody can restore.</summary>
    public const int MaxPauses = 255;

    /// <summary>Requests: a record that is a triggered signal context, not a request.</summary>
    public const int SignalPhase = 4;

    /// <summary>Requests: one of a client's that the target has not begun with.</summary>
    public const int QueuedPhase = 5;

    /// <summary>Requests: one of a client's that the target keeps to answer later.</summary>
    public const int KeptPhase = 6;

    /// <summary>Exports: the record of the target itself.</summary>
    public const int ExportedTarget = 0;

    /// <summary>Exports: a service that the target announced.</summary>
    public const int ExportedService = 1;

    /// <summary>Exports: a session that a client has.</summary>
    public const int ExportedSession = 2;

    /// <summary>Exports: an RPC object or other gate.</summary>
    public const int ExportedGate = 3;

    /// <summary>Exports: anything else that another target of the same RTCR was given.</summary>
    public const int ExportedOther = 4;

    /// <summary>Whether an image can hold a text as a target's or program's name.</summary>
    public static bool IsName(string text) => text.Length > 0 && Encoding.UTF8.GetBytes(text).Length <= MaxName;
}

/// <summary>The sections of an image, in their order.</summary>
public enum Section
{
    /// <summary>Who the target is: name, program, budgets.</summary>
    Identity,

    /// <summary>The protection domains: the target's own, and those that it made.</summary>
    Domains,

    /// <summary>The entries of the online storage.</summary>
    Entries,

    /// <summary>Calls to be issued again.</summary>
    Calls,

    /// <summary>The capability spaces of all domains: selector and entry.</summary>
    Capabilities,

    /// <summary>The regions of all region maps.</summary>
    Regions,

    /// <summary>The threads of all domains, in the order in which they come to their turn.</summary>
    Threads,

    /// <summary>Outstanding requests; then signals and answers that were not delivered yet, in the order of their delivery.</summary>
    Requests,

    /// <summary>What the target has given to the outside: services, sessions, RPC objects.</summary>
    Exports,
}
