// The layout of a trace buffer: a header, then a ring of records of one size. Little-endian (docs/kernel.md).
namespace Tern.Kernel;

/// <summary>Sizes and offsets of trace buffers, in bytes.</summary>
public static class TraceFormat
{
    /// <summary>"TRCB".</summary>
    public const int Magic = 0x42435254;

    /// <summary>The version of the layout.</summary>
    public const int Version = 1;

    /// <summary>Size of the header.</summary>
    public const int HeaderSize = 32;

    /// <summary>Size of a record.</summary>
    public const int RecordSize = 32;

    /// <summary>In the header: the version, and the record's size in the upper 16 bits.</summary>
    public const int VersionAt = 4;

    /// <summary>In the header: how many records the ring holds.</summary>
    public const int CapacityAt = 8;

    /// <summary>In the header: the subject.</summary>
    public const int SubjectAt = 12;

    /// <summary>In the header: how many records were written since it was attached, 64 bits. What is more than the ring holds was overwritten.</summary>
    public const int WrittenAt = 16;

    /// <summary>In a record: nanoseconds of the board's clock, 64 bits.</summary>
    public const int TimeAt = 0;

    /// <summary>In a record: its number among all records of the board, so that several buffers can be put in one order.</summary>
    public const int SequenceAt = 8;

    /// <summary>In a record: <see cref="TraceKind"/>.</summary>
    public const int KindAt = 12;

    /// <summary>In a record: the subject.</summary>
    public const int RecordSubjectAt = 16;

    /// <summary>In a record: the first of three words that the kind explains.</summary>
    public const int WordsAt = 20;
}
