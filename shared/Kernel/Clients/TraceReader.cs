// Reads a trace buffer that is attached to the reader's address space. The ring goes on turning between dispatches, never
// within one: what a handler reads belongs together.
namespace Tern.Kernel;

/// <summary>The records of one buffer, the oldest first.</summary>
/// <param name="memory">The client's memory.</param>
/// <param name="at">Where the buffer is attached.</param>
public readonly struct TraceReader(Memory memory, int at)
{
    /// <summary>Whether a buffer of a known layout is there.</summary>
    public bool IsValid => memory.ReadInt32(at) == TraceFormat.Magic
        && memory.ReadInt32(at + TraceFormat.VersionAt) == (TraceFormat.Version | (TraceFormat.RecordSize << 16)) && Capacity > 0;

    /// <summary>How many records the ring holds.</summary>
    public int Capacity => memory.ReadInt32(at + TraceFormat.CapacityAt);

    /// <summary>Records since the buffer was attached.</summary>
    public long Written => memory.ReadInt64(at + TraceFormat.WrittenAt);

    /// <summary>Records that newer ones have overwritten.</summary>
    public long Overwritten => Written > Capacity ? Written - Capacity : 0;

    /// <summary>Records that are there.</summary>
    public int Count => Written < Capacity ? (int)Written : Capacity;

    /// <summary>Nanoseconds of the board's clock.</summary>
    /// <param name="index">0 for the oldest record, up to <see cref="Count"/>.</param>
    public long Time(int index) => memory.ReadInt64(Record(index) + TraceFormat.TimeAt);

    /// <summary>A record's number on its board.</summary>
    public int Sequence(int index) => memory.ReadInt32(Record(index) + TraceFormat.SequenceAt);

    /// <summary>See <see cref="TraceKind"/>.</summary>
    public int Kind(int index) => memory.ReadInt32(Record(index) + TraceFormat.KindAt);

    /// <summary>One of the three words that the kind explains.</summary>
    public int Word(int index, int word) => memory.ReadInt32(Record(index) + TraceFormat.WordsAt + (4 * word));

    private int Record(int index)
        => at + TraceFormat.HeaderSize + ((int)((Overwritten + index) % Capacity) * TraceFormat.RecordSize);
}
