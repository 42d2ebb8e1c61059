// Absent magic is not taken for empty: a disk gets a new index where it is blank or the first format was cut short; whatever else
// it holds is refused, unchanged, until exactly that is given up.
using System;
using System.Collections.Generic;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class NasOpeningTests
{
    private const int Block = 512;
    private const int Blocks = 64;
    private const int Area = NasFormat.AreaSize;
    private const long A = 0x10;

    [TestMethod]
    [DataRow((byte)0)]
    [DataRow((byte)0xff)]
    public void A_power_cut_at_every_block_write_of_the_first_format_does_not_brick_the_disk(byte blank)
    {
        var perfect = new FaultyDisk(Filled(blank));
        StoreBench.Run(perfect, env => Assert.AreEqual(Error.None, new OpenStore(env).Store.Open("")));
        int torn = 0;
        for (long cut = 0; cut < perfect.OperationCount; cut++)
        {
            for (int written = 0; written <= Area / Block; written += cut == perfect.OperationCount - 1 ? 4 : 1)
            {
                for (ulong seed = 0; seed < 2; seed++)
                {
                    MemoryDisk memory = Filled(blank);
                    var disk = new FaultyDisk(memory) { FailAt = cut, StaysDead = true, BlocksBeforeFailure = written };
                    StoreBench.Run(disk, env => new OpenStore(env).Store.Open(""));
                    memory.CutPower(new SeededRandom(seed));
                    string what = $"cut at operation {cut} after {written} blocks, seed {seed}";
                    StoreBench.Run(memory, env =>
                    {
                        var open = new OpenStore(env);
                        Assert.AreEqual(Error.None, open.Store.Open(""), what);
                        torn += open.Store.Opening == NasOpening.Repaired ? 1 : 0;
                        Put(open);
                    });
                    Holds(memory, what);
                }
            }
        }

        Assert.IsGreaterThan(0, torn, "no cut left one copy");
    }

    [TestMethod]
    public void A_disk_of_random_bytes_is_refused_and_not_touched()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var bytes = new byte[Block * Blocks];
            new Random(seed).NextBytes(bytes);
            IsRefused(bytes, NasOpening.Damaged, "seed " + seed);
        }
    }

    [TestMethod]
    public void One_bit_in_each_copy_of_a_blank_disk_is_no_blank_disk_and_one_in_one_copy_is_a_format_cut_short()
    {
        for (int at = 0; at < Area; at += 37)
        {
            foreach (byte blank in (byte[])[0, 0xff])
            {
                byte[] bytes = Bytes(Filled(blank));
                bytes[at] ^= 4;
                StoreBench.Run(With(bytes), env =>
                {
                    var open = new OpenStore(env);
                    Assert.AreEqual(Error.None, open.Store.Open(""));
                    Assert.AreEqual(NasOpening.Blank, open.Store.Opening);
                });
                bytes[Area + at] ^= 4;
                IsRefused(bytes, NasOpening.Damaged, "bit at " + at);
            }
        }
    }

    [TestMethod]
    public void A_bit_flipped_anywhere_in_both_copies_of_an_index_is_refused_and_not_touched()
    {
        byte[] index = Bytes(Stored());
        for (int at = 0; at < Area; at += at < NasFormat.HeaderSize + NasFormat.RecordSize ? 1 : 29)
        {
            byte[] bytes = (byte[])index.Clone();
            bytes[at] ^= (byte)(1 << (at % 8));
            bytes[Area + ((at * 7) % Area)] ^= (byte)(1 << (at % 7));
            IsRefused(bytes, NasOpening.Damaged, "byte " + at);
        }
    }

    [TestMethod]
    public void The_magic_changed_in_both_copies_forgets_nothing()
    {
        byte[] bytes = Bytes(Stored());
        bytes[0] ^= 1;
        bytes[Area] ^= 1;
        IsRefused(bytes, NasOpening.Damaged, "magic");
        bytes[0] ^= 1;
        MemoryDisk mended = With(bytes);
        StoreBench.Run(mended, env =>
        {
            var open = new OpenStore(env);
            Assert.AreEqual(Error.None, open.Store.Open(""));
            Assert.AreEqual(NasOpening.Repaired, open.Store.Opening);
        });
        Holds(mended, "mended");
    }

    [TestMethod]
    public void The_index_of_a_disk_of_another_size_is_refused_as_such()
    {
        byte[] bytes = Bytes(Stored());
        Array.Resize(ref bytes, bytes.Length + (8 * Block));
        IsRefused(bytes, NasOpening.OtherSize, "a larger disk");
    }

    /// <summary>What a configuration gives up, it names: the next damage has another number.</summary>
    [TestMethod]
    public void What_is_given_up_once_gives_up_nothing_that_comes_later()
    {
        var given = new HashSet<string>();
        MemoryDisk disk = Stored();
        for (int time = 0; time < 3; time++)
        {
            byte[] bytes = Bytes(disk);
            bytes[100] ^= 1;
            bytes[Area + 100] ^= 1;
            disk = With(bytes);
            string found = "";
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                foreach (string old in (string[])["", "yes", "00000000", .. given])
                {
                    Assert.AreEqual(Error.BadData, open.Store.Open(old), $"time {time}: \"{old}\"");
                }

                found = open.Store.Fingerprint;
                Assert.IsTrue(given.Add(found), "the same number again");
            });
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                Assert.AreEqual(Error.None, open.Store.Open(found));
                Assert.AreEqual(NasOpening.GivenUp, open.Store.Opening);
                Put(open);
            });
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                Assert.AreEqual(Error.None, open.Store.Open(found), "the number is left in");
                Assert.AreEqual(NasOpening.Whole, open.Store.Opening);
            });
            Holds(disk, "time " + time);
        }
    }

    [TestMethod]
    public void A_NAS_with_a_refused_disk_says_so_once_and_what_to_do()
    {
        var bytes = new byte[Block * Blocks];
        new Random(1).NextBytes(bytes);
        var world = new CmsWorld(1);
        world.Nas.Storage = With(bytes);
        world.Start();
        world.RunFor(5);
        Assert.AreEqual(1, world.Logged("Error: storage is refused: neither copy of its index is whole, and neither is blank."));
        Assert.AreEqual(1, world.Logged("Error: to give up its checkpoints, configure format=\""));
        Assert.AreEqual(0, world.Logged("new index"));
        CollectionAssert.AreEqual(bytes, Bytes((MemoryDisk)world.Nas.Storage));
    }

    private static void IsRefused(byte[] bytes, NasOpening why, string what)
    {
        MemoryDisk disk = With(bytes);
        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            Assert.AreEqual(Error.BadData, open.Store.Open(""), what);
            Assert.AreEqual(why, open.Store.Opening, what);
            Assert.AreEqual(8, open.Store.Fingerprint.Length);
        });
        CollectionAssert.AreEqual(bytes, Bytes(disk), what);
    }

    private static MemoryDisk Stored()
    {
        MemoryDisk disk = Filled(0);
        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            Assert.AreEqual(Error.None, open.Store.Open(""));
            Put(open);
        });
        return disk;
    }

    private static void Put(OpenStore open)
    {
        var checkpoint = new Checkpoint { Mac = A, Size = 1200, Commit = 1 };
        Assert.AreEqual(Error.None, open.Put(ref checkpoint, 5));
    }

    private static void Holds(MemoryDisk disk, string what) => StoreBench.Run(disk, env =>
    {
        var open = new OpenStore(env);
        Assert.AreEqual(Error.None, open.Store.Open(""), what);
        var claim = new Checkpoint { Mac = A, Size = int.MaxValue, Epoch = 1, Ticket = 7 };
        Assert.AreEqual(Error.None, open.Claim(ref claim, out int row), what);
        Assert.IsTrue(open.Has(row, in claim, 5), what);
        Assert.AreEqual(Error.None, open.Store.Abort(in claim), what);
    });

    private static MemoryDisk Filled(byte value)
    {
        var bytes = new byte[Block * Blocks];
        Array.Fill(bytes, value);
        return With(bytes);
    }

    private static MemoryDisk With(byte[] bytes)
    {
        var disk = new MemoryDisk(Block, bytes.Length / Block);
        disk.Write(0, bytes, 0, bytes.Length / Block);
        disk.Flush();
        return disk;
    }

    private static byte[] Bytes(MemoryDisk disk)
    {
        var bytes = new byte[disk.BlockCount * disk.BlockSize];
        disk.Read(0, bytes, 0, disk.BlockCount);
        return bytes;
    }
}
