// Reads what a NAS has on its disk, from a disk file or a device, without changing it (docs/nas-format.md).
// Invariants: a record is believed only as far as its image lies inside the disk; any bytes can be read.
using System.Buffers.Binary;
using Tern.Cms;

namespace Tern.HostEmulator;

/// <summary>A record of the index; its image is read when asked for, and is empty when there is none that lies inside the disk.</summary>
internal sealed record StoredCheckpoint(CheckpointKey Key, NasState State, int Commit, int Epoch, int Size, Func<byte[]> ReadImage);

internal static class NasDisk
{
    private const int LeastBlock = 512;
    private const int MostBlock = 1 << 20;

    /// <summary>Reads the bytes of a disk from an offset; <c>false</c> when they are not there.</summary>
    internal delegate bool DiskReader(long at, Span<byte> target);

    /// <summary>Reads a disk's checkpoints, in the index's order; <c>null</c> when neither copy of the index is whole.</summary>
    internal static List<StoredCheckpoint>? Read(DiskReader read)
    {
        byte[]? newest = null;
        foreach (int area in Areas())
        {
            for (int copy = 0; copy < 2; copy++)
            {
                byte[] index = new byte[NasFormat.AreaSize];
                bool isWhole = read((long)copy * area, index) && IsWhole(index, area);
                newest = isWhole && (newest is null || Generation(index) > Generation(newest)) ? index : newest;
            }
        }

        return newest is null ? null : [.. Records(newest, read)];
    }

    /// <summary>Whether a copy of an index begins somewhere, whole or not: what is there was a NAS's disk.</summary>
    internal static bool HasMagic(DiskReader read)
    {
        byte[] word = new byte[sizeof(int)];
        return read(0, word) && (Word(word, 0) == NasFormat.Magic || Areas().Any(area => read(area, word) && Word(word, 0) == NasFormat.Magic));
    }

    private static IEnumerable<StoredCheckpoint> Records(byte[] index, DiskReader read)
    {
        int block = Word(index, NasFormat.BlockSizeAt);
        for (int row = 0; row < NasFormat.Capacity; row++)
        {
            byte[] record = index.AsSpan(NasFormat.HeaderSize + (row * NasFormat.RecordSize), NasFormat.RecordSize).ToArray();
            var state = (NasState)record[NasFormat.StateAt];
            if (state == NasState.Free)
            {
                continue;
            }

            var key = new CheckpointKey(BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(NasFormat.MacAt)), Word(record, NasFormat.OffsetAt));
            int size = Word(record, NasFormat.LengthAt);
            long at = (long)block * Word(record, NasFormat.BlockAt);
            yield return new StoredCheckpoint(
                key, state, Word(record, NasFormat.CommitAt), Word(record, NasFormat.EpochAt), size,
                () => state == NasState.Forgotten ? [] : Content(read, at, size));
        }
    }

    private static byte[] Content(DiskReader read, long at, int size)
    {
        // Nothing is made room for that is not on the disk: its last byte is read first.
        Span<byte> last = stackalloc byte[1];
        if (size <= 0 || at < 0 || !read(at + size - 1, last))
        {
            return [];
        }

        byte[] image = new byte[size];
        return read(at, image) ? image : [];
    }

    /// <summary>Where the second copy may begin: behind as many blocks as a copy needs.</summary>
    private static IEnumerable<int> Areas()
    {
        int last = 0;
        for (int block = LeastBlock; block <= MostBlock; block *= 2)
        {
            int area = Area(block);
            if (area != last)
            {
                yield return last = area;
            }
        }
    }

    private static int Area(int block) => (NasFormat.AreaSize + block - 1) / block * block;

    private static bool IsWhole(byte[] index, int area)
    {
        int block = Word(index, NasFormat.BlockSizeAt);
        return Word(index, 0) == NasFormat.Magic && Word(index, NasFormat.VersionAt) == NasFormat.Version
            && block is >= LeastBlock and <= MostBlock && int.IsPow2(block) && Area(block) == area
            && Word(index, NasFormat.CapacityAt) == NasFormat.Capacity && (uint)Word(index, NasFormat.CrcAt) == Checksum(index);
    }

    private static uint Checksum(byte[] index) =>
        Crc32.Continue(Crc32.Continue(0, index.AsSpan(0, NasFormat.CrcAt)), index.AsSpan(NasFormat.HeaderSize));

    private static uint Generation(byte[] index) => (uint)Word(index, NasFormat.GenerationAt);

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
