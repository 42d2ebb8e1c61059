// The layout of the NAS's index on its disk (docs/nas-format.md). All numbers are little-endian.
namespace Tern.Cms;

/// <summary>Constants of the on-disk format. Offsets are in bytes.</summary>
public static class NasFormat
{
    /// <summary>The index's first word: "TNAS".</summary>
    public const int Magic = 0x53414e54;

    /// <summary>The format's version.</summary>
    public const int Version = 1;

    /// <summary>Bytes of the index's header.</summary>
    public const int HeaderSize = 64;

    /// <summary>Records, chosen so that header and records are 4096 bytes.</summary>
    public const int Capacity = 63;

    /// <summary>Bytes of a record.</summary>
    public const int RecordSize = 64;

    /// <summary>Bytes of one copy of the index.</summary>
    public const int AreaSize = HeaderSize + (Capacity * RecordSize);

    /// <summary>Header: the version.</summary>
    public const int VersionAt = 4;

    /// <summary>Header: counts the changes.</summary>
    public const int GenerationAt = 8;

    /// <summary>Header: bytes a block.</summary>
    public const int BlockSizeAt = 12;

    /// <summary>Header: blocks of the device.</summary>
    public const int BlockCountAt = 16;

    /// <summary>Header: how many records there are.</summary>
    public const int CapacityAt = 20;

    /// <summary>Header: the CRC-32 of both copies that were given up for this index; 0 for a disk that was blank.</summary>
    public const int GivenUpAt = 24;

    /// <summary>Header: CRC-32 of the rest of the index.</summary>
    public const int CrcAt = 60;

    /// <summary>Record: a <see cref="NasState"/> (8 bits).</summary>
    public const int StateAt = 0;

    /// <summary>Record: offset, second half of the key.</summary>
    public const int OffsetAt = 4;

    /// <summary>Record: MAC address, first half of the key (64 bits).</summary>
    public const int MacAt = 8;

    /// <summary>Record: bytes of the image.</summary>
    public const int LengthAt = 16;

    /// <summary>Record: the checkpoint's number.</summary>
    public const int CommitAt = 20;

    /// <summary>Record: the epoch.</summary>
    public const int EpochAt = 24;

    /// <summary>Record: the image's first block.</summary>
    public const int BlockAt = 56;
}
