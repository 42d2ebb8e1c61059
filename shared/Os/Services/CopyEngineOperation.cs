// The service "Copy_engine" of the co-processor's driver: memory beside the co-processor that a session has for itself, and
// jobs that the co-processor does there while the board goes on computing.
// Invariant: addresses are the session's own, 0 to its size less 1; no session can name another one's memory.
namespace Tern.Os;

/// <summary>
/// Operations of a Copy_engine session; opened with the bytes of memory that are wanted as argument (0: what the driver's policy allows).
/// Driver and client are siblings, so each of them is a send. An operation that submits a job answers word 0 the job's number, from 1 on; how
/// it ended is told by <see cref="Collect"/>. Jobs are done in the order in which they were submitted. BadArgument: a word is out of the session's
/// range; Busy: as many jobs as the session may have are outstanding; Unreachable: the co-processor is absent, or the session's
/// memory was not emptied yet since it came.
/// </summary>
public static class CopyEngineOperation
{
    /// <summary>
    /// Answer: words 0 <see cref="CopyEngineState"/>, 1 the generation, which counts how often the memory's content began anew (1 when it is ready for
    /// the first time), 2 bytes of memory, 3 most jobs at once, 4 how many regions <see cref="Intercept"/> has free, 5 dirty bits of a region.
    /// </summary>
    public const int Info = 1;

    /// <summary>Capability 0: a signal context, triggered when a job has ended or the state has changed.</summary>
    public const int Sigh = 2;

    /// <summary>
    /// Capability 0: a dataspace (not a managed one), which the driver keeps: what jobs write comes from there and what they read goes there. Busy: a job that uses the one
    /// before is outstanding.
    /// </summary>
    public const int Buffer = 3;

    /// <summary>Submits: bytes of the buffer to the memory. Words: 0 address, 1 offset in the buffer, 2 length. The bytes must not be changed until the job has ended.</summary>
    public const int Write = 4;

    /// <summary>Submits: bytes of the memory to the buffer. Words: 0 address, 1 offset in the buffer, 2 length.</summary>
    public const int Read = 5;

    /// <summary>Submits: repeats a pattern of four bytes, lowest first. Words: 0 pattern, 1 address, 2 length.</summary>
    public const int Fill = 6;

    /// <summary>Submits a copy inside the memory. Words: 0 source, 1 destination, 2 length. BadArgument also for a destination that begins inside the source.</summary>
    public const int Copy = 7;

    /// <summary>
    /// Submits a comparison. Words: 0 source, 1 destination, 2 length. The job's value: the address in the destination of the first byte that
    /// differs; −1 if none does.
    /// </summary>
    public const int Compare = 8;

    /// <summary>Submits a checksum. Words: 0 source, 1 length. The job's value: the CRC-32 (IEEE 802.3).</summary>
    public const int Crc = 9;

    /// <summary>
    /// Submits copies as one job, done in their order; the first failure ends it. Words: 0 offset in the buffer, 1 how many, 1 to
    /// <see cref="CopyEngineList.MostEntries"/>. The entries are read before the request is answered.
    /// </summary>
    public const int CopyList = 10;

    /// <summary>
    /// Submits: bits of a region's dirty map to the buffer, lowest first; a bit is a granule. Words: 0 region, 1 the first granule, a multiple of 64, 2 whether to
    /// clear the bits as they are read (0 or 1), 3 bytes, a multiple of 8 up to 4096, 4 offset in the buffer. A job that ends with an error may have lost the bits
    /// that it was to clear: take all for dirty then.
    /// </summary>
    public const int DirtyRead = 11;

    /// <summary>Submits: clears bits of a region's dirty map. Words: 0 region, 1 the first granule, a multiple of 64, 2 bytes, a multiple of 8 up to 4096.</summary>
    public const int DirtyClear = 12;

    /// <summary>
    /// From the next job on, what is written to a primary part is also written to a redundant part, and its granules are marked dirty. Words: 0 region, from 0 on, the
    /// session's own numbering, 1 primary part, 2 redundant part, 3 size (0 ends the region), 4 log2 of the granules' size, 8 to 16. Addresses and
    /// size are multiples of 4096; the primary part and the size also of the granule. The region's bits are clear at first.
    /// No two parts overlap, and no bank shows a redundant part (Exists). Full: all regions are taken. Unreachable: the co-processor is absent.
    /// Regions end when the memory's content is lost.
    /// </summary>
    public const int Intercept = 13;

    /// <summary>Tells how a job ended. Answer: words 0 the job (0: none has ended that was not told), 1 its <see cref="Kernel.Error"/>, 2 its value. In the order in which they ended.</summary>
    public const int Collect = 14;

    /// <summary>
    /// Drops what has not reached the co-processor; those jobs end as Gone. What was written through a bank to where a job that failed was to write is lost.
    /// </summary>
    public const int Cancel = 15;

    /// <summary>
    /// Makes a managed dataspace that shows a part of the memory. Words: 0 address, 1 size, both multiples of 4096. Answer: capability 0. A job sees what was written through it
    /// before the job was submitted, and what it shows afterwards is what the job left. It ends with the session. When the content is lost it shows nothing any more, and
    /// whoever touches it faults; it stays until it is ended. Exists: a part of it is shown by another one, or is a redundant part
    /// of a region. TableFull: there are too many.
    /// </summary>
    public const int Bank = 20;

    /// <summary>Ends a managed dataspace; what was written through it is in the memory then. Capability 0: the dataspace.</summary>
    public const int FreeBank = 21;
}

/// <summary>Whether a Copy_engine session can be used.</summary>
public static class CopyEngineState
{
    /// <summary>The co-processor is absent, or the session's memory is not emptied yet.</summary>
    public const int Absent = 0;

    /// <summary>Jobs are taken.</summary>
    public const int Ready = 1;
}

/// <summary>An entry of a list of copies: numbers of 4 bytes, lowest byte first.</summary>
public static class CopyEngineList
{
    /// <summary>Most entries of a list.</summary>
    public const int MostEntries = 256;

    /// <summary>Bytes of an entry.</summary>
    public const int EntrySize = 16;

    /// <summary>Where the source's address stands.</summary>
    public const int Source = 0;

    /// <summary>Where the destination's address stands.</summary>
    public const int Destination = 4;

    /// <summary>Where the length stands.</summary>
    public const int Length = 8;
}
