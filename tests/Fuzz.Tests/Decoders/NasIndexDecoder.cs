// The NAS's index on its disk, with a right checksum: the store opens or refuses by name; what it has opened it can serve, and
// a new image does not touch one that was claimed before. The tool that reads disks shows the same bytes.
using System.Buffers.Binary;
using Tern.Cms;
using Tern.Cms.Tests;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Fuzz.Tests;

internal sealed class NasIndexDecoder : Decoder
{
    private const int BlockSize = 512;
    private const int Blocks = 64;

    internal override string Name => "nas-index";

    internal override int Inputs => 500;

    internal override IReadOnlyList<byte[]> Samples { get; } = [Sample()];

    internal override int MostBytes => NasFormat.AreaSize;

    internal override byte[] Close(byte[] input)
    {
        Array.Resize(ref input, NasFormat.AreaSize);
        foreach ((int at, int value) in new[]
        {
            (0, NasFormat.Magic), (NasFormat.VersionAt, NasFormat.Version), (NasFormat.BlockSizeAt, BlockSize), (NasFormat.BlockCountAt, Blocks), (NasFormat.CapacityAt, NasFormat.Capacity),
        })
        {
            BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(at), value);
        }

        int crc = Cms.Crc32.Compute(Cms.Crc32.Compute(0, input, 0, NasFormat.CrcAt), input, NasFormat.HeaderSize, NasFormat.AreaSize - NasFormat.HeaderSize);
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(NasFormat.CrcAt), crc);
        return input;
    }

    internal override void Take(byte[] input)
    {
        MemoryDisk disk = Disk(input);
        foreach (StoredCheckpoint stored in NasDisk.Read((at, target) => Read(disk, at, target)) ?? [])
        {
            Assert.IsLessThanOrEqualTo(BlockSize * Blocks, stored.ReadImage().Length);
        }

        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            Error error = open.Store.Open("");
            Assert.IsTrue(error is Error.None or Error.BadData, Errors.Name(error));
            if (error == Error.None)
            {
                Serve(open);
            }
        });
    }

    private static void Serve(OpenStore open)
    {
        int row = 0;
        Checkpoint known = default;
        List<Checkpoint> all = [];
        while (open.Store.Next(ref row, ref known) is var state && state != NasState.Free)
        {
            Assert.IsTrue(state is NasState.Stored or NasState.Claimed or NasState.Forgotten, "a state that there is not");
            Assert.IsTrue(known.Mac is >= 0 and < 1L << 48 && known.Offset >= 0 && known.Size >= 0 && known.Epoch >= 0 && known.Commit >= 0, "a number that there is not");
            all.Add(known);
        }

        // Room that a record names is nobody else's.
        var fresh = new Checkpoint { Mac = 0xffff_0000_0001, Offset = 0, Size = 700, Commit = 1 };
        Error stored = open.Put(ref fresh, 5);
        Assert.IsTrue(stored is Error.None or Error.Full or Error.TableFull, Errors.Name(stored));
        foreach (Checkpoint one in all)
        {
            Checkpoint claim = new() { Mac = one.Mac, Offset = one.Offset, Size = int.MaxValue, Ticket = 77 };
            Error error = open.Claim(ref claim, out int which);
            Assert.IsTrue(error is Error.None or Error.Stale or Error.NotFound, Errors.Name(error));
            if (error == Error.None)
            {
                open.HasOrFails(which, in claim, 0, out Error read);
                Assert.AreEqual(Error.None, read, "an image that is not on the disk");
                Assert.IsTrue(open.Store.Confirm(in claim, 0xffff_0000_0002, 0) is Error.None or Error.TableFull);
            }
        }

        if (stored == Error.None)
        {
            Checkpoint claim = new() { Mac = fresh.Mac, Size = int.MaxValue, Ticket = 78 };
            Assert.AreEqual(Error.None, open.Claim(ref claim, out int which));
            Assert.IsTrue(open.Has(which, in claim, 5), "what was stored is not what is read");
        }
    }

    private static MemoryDisk Disk(byte[] index)
    {
        var disk = new MemoryDisk(BlockSize, Blocks);
        byte[] area = new byte[NasFormat.AreaSize];
        index.AsSpan(0, Math.Min(index.Length, area.Length)).CopyTo(area);
        disk.Write(0, area, 0, area.Length / BlockSize);
        disk.Write(area.Length / BlockSize, area, 0, area.Length / BlockSize);
        disk.Flush();
        return disk;
    }

    private static bool Read(MemoryDisk disk, long at, Span<byte> target)
    {
        if (at < 0 || at + target.Length > BlockSize * Blocks)
        {
            return false;
        }

        var all = new byte[BlockSize * Blocks];
        disk.Read(0, all, 0, Blocks);
        all.AsSpan((int)at, target.Length).CopyTo(target);
        return true;
    }

    /// <summary>The index of a store that has stored, claimed, confirmed and forgotten.</summary>
    private static byte[] Sample()
    {
        var disk = new MemoryDisk(BlockSize, Blocks);
        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            open.Store.Open("");
            for (int i = 0; i < 5; i++)
            {
                var one = new Checkpoint { Mac = 0x10 + i, Offset = 64 * i, Size = 300 * (i + 1), Commit = 1 + i, NeedRam = 4096, NeedCaps = 3 };
                Assert.AreEqual(Error.None, open.Put(ref one, i));
            }

            for (int i = 0; i < 3; i++)
            {
                Checkpoint claim = new() { Mac = 0x10 + i, Offset = 64 * i, Size = int.MaxValue, Ticket = 5 + i };
                Assert.AreEqual(Error.None, open.Claim(ref claim, out int _));
                Assert.AreEqual(Error.None, i == 0 ? open.Store.Confirm(in claim, 0x20, 0) : i == 1 ? open.Store.Abort(in claim) : Error.None);
            }
        });
        var index = new byte[NasFormat.AreaSize];
        disk.Read(0, index, 0, NasFormat.AreaSize / BlockSize);
        return index;
    }
}
