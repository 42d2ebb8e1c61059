// A NAS's disk as a tool reads it: any bytes are a disk or none, and what a record says is believed only inside the disk.
using FsCheck;
using FsCheck.Fluent;
using Tern.Cms;

namespace Tern.HostEmulator.Tests.Images;

[TestClass]
public class NasDiskTests
{
    private const int Block = 512;

    [TestMethod]
    public void A_record_whose_image_is_not_inside_the_disk_has_none()
    {
        foreach ((int block, int length) in ((int, int)[])[(16, 100), (16, 16 * Block), (16, int.MaxValue), (int.MaxValue, 100), (-1, 100), (16, -5), (0, 0), (31, Block + 1)])
        {
            byte[] disk = Disk(block, length);
            StoredCheckpoint stored = Read(disk)!.Single();
            bool isInside = length > 0 && block >= 0 && ((long)block * Block) + length <= disk.Length;
            Assert.HasCount(isInside ? length : 0, stored.ReadImage(), $"{length} bytes at block {block}");
        }
    }

    [TestMethod]
    public void Any_byte_of_an_index_changed_makes_that_copy_worthless_and_the_other_counts()
    {
        byte[] disk = Disk(16, 100);
        for (int at = 0; at < 2 * NasFormat.AreaSize; at++)
        {
            byte[] changed = ImageSamples.With(disk, bytes => bytes[at] ^= 0x21);
            Assert.HasCount(1, Read(changed)!, $"byte {at}");
            changed[at ^ NasFormat.AreaSize] ^= 0x21;
            Assert.IsNull(Read(changed), $"byte {at} of both copies");
        }
    }

    [TestMethod]
    public void Any_bytes_can_be_read_as_a_disk()
    {
        Gen<(int, uint, int)> changes =
            from at in Gen.Choose(0, 127)
            from value in ImageVerifierTests.Value
            from length in Gen.Choose(0, 32 * Block)
            select (at, value, length);
        Property.Holds(
            changes.NonEmptyListOf(),
            list =>
            {
                byte[] disk = Disk(16, 100);
                foreach ((int at, uint value, int _) in list)
                {
                    BitConverter.TryWriteBytes(disk.AsSpan(at & ~3), value);
                }

                Seal(disk);
                byte[] cut = disk[..list[0].Item3];
                foreach (StoredCheckpoint stored in (Read(disk) ?? []).Concat(Read(cut) ?? []))
                {
                    Assert.IsLessThanOrEqualTo(disk.Length, stored.ReadImage().Length);
                }
            },
            count: 1000);
    }

    [TestMethod]
    public void What_cannot_be_read_is_not_taken_for_blank()
    {
        byte[] whole = Disk(16, 100);
        byte[] blank = new byte[whole.Length];
        byte[] noise = new byte[whole.Length];
        new Random(1).NextBytes(noise);
        Assert.AreEqual(NasDiskState.Indexed, Judge(whole));
        Assert.AreEqual(NasDiskState.Blank, Judge(blank));
        Array.Fill(blank, (byte)0xff);
        Assert.AreEqual(NasDiskState.Blank, Judge(blank));
        Assert.AreEqual(NasDiskState.Unknown, Judge(noise));
        Assert.AreEqual(NasDiskState.Unknown, Judge(ImageSamples.With(whole, bytes => bytes[0] = bytes[NasFormat.AreaSize] ^= 1)));
        Assert.AreEqual(NasDiskState.Unknown, Judge(new byte[100]));
    }

    private static NasDiskState Judge(byte[] disk) => NasDisk.Judge((at, target) => ReadAt(disk, at, target));

    private static List<StoredCheckpoint>? Read(byte[] disk) => NasDisk.Read((at, target) => ReadAt(disk, at, target));

    private static bool ReadAt(byte[] disk, long at, Span<byte> target)
    {
        bool isThere = at >= 0 && at <= disk.Length - target.Length;
        if (isThere)
        {
            disk.AsSpan((int)at, target.Length).CopyTo(target);
        }

        return isThere;
    }

    /// <summary>A disk of 32 blocks with one stored record.</summary>
    private static byte[] Disk(int block, int length)
    {
        var disk = new byte[32 * Block];
        (int At, int Value)[] words =
        [
            (0, NasFormat.Magic), (NasFormat.VersionAt, NasFormat.Version), (NasFormat.GenerationAt, 5), (NasFormat.BlockSizeAt, Block),
            (NasFormat.BlockCountAt, 32), (NasFormat.CapacityAt, NasFormat.Capacity),
            (NasFormat.HeaderSize + NasFormat.StateAt, (int)NasState.Stored), (NasFormat.HeaderSize + NasFormat.MacAt, 7),
            (NasFormat.HeaderSize + NasFormat.LengthAt, length), (NasFormat.HeaderSize + NasFormat.BlockAt, block),
        ];
        foreach ((int at, int value) in words)
        {
            BitConverter.TryWriteBytes(disk.AsSpan(at), value);
        }

        Seal(disk);
        return disk;
    }

    private static void Seal(byte[] disk)
    {
        uint crc = Crc32.Continue(0, disk.AsSpan(0, NasFormat.CrcAt));
        crc = Crc32.Continue(crc, disk.AsSpan(NasFormat.HeaderSize, NasFormat.AreaSize - NasFormat.HeaderSize));
        BitConverter.TryWriteBytes(disk.AsSpan(NasFormat.CrcAt), crc);
        disk.AsSpan(0, NasFormat.AreaSize).CopyTo(disk.AsSpan(NasFormat.AreaSize));
    }
}
