// Disks: what was written is read, what was flushed survives, what fails fails as asked.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class DiskTests
{
    private readonly byte[] _data = StreamTests.Pattern(4 * 512, 5);
    private readonly byte[] _read = new byte[4 * 512];

    [TestMethod]
    public void AMemoryDiskKeepsWhatIsWritten() => CheckDisk(new MemoryDisk(512, 16));

    [TestMethod]
    public void AFileDiskKeepsWhatIsWrittenAlsoForTheNextRun()
    {
        string path = NewPath();
        using (var disk = new FileDisk(path, 512, 16))
        {
            CheckDisk(disk);
        }

        using (var again = new FileDisk(path, 512, 16))
        {
            Assert.IsTrue(again.Read(3, _read, 0, 4));
            CollectionAssert.AreEqual(_data, _read);
        }

        Assert.Contains("has 8192 bytes, but the board's disk has 16384", Assert.ThrowsExactly<InvalidDataException>(() => new FileDisk(path, 1024, 16)).Message);
        File.WriteAllBytes(path, []);
        Assert.Contains("has 0 bytes, but the board's disk has 8192: it was cut", Assert.ThrowsExactly<InvalidDataException>(() => new FileDisk(path, 512, 16)).Message);
        Assert.AreEqual(0, new FileInfo(path).Length, "an empty file is no new disk");
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [TestMethod]
    public void AccessOutsideTheDiskOrTheBufferIsADefectOfTheCaller()
    {
        var disk = new MemoryDisk(512, 16);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => disk.Read(13, _read, 0, 4));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => disk.Read(-1, _read, 0, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => disk.Write(0, _data, 1, 4));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MemoryDisk(500, 16));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MemoryDisk(256, 16));
    }

    [TestMethod]
    public void APowerCutMixesUnflushedBlocksButNoFlushedOne()
    {
        var patterns = new HashSet<string>();
        for (ulong seed = 0; seed < 60; seed++)
        {
            var disk = new MemoryDisk(512, 16);
            disk.Write(0, _data, 0, 4);
            disk.Flush();
            byte[] newer = new byte[3 * 512];
            disk.Write(1, newer, 0, 3);
            disk.Write(1, newer, 0, 1);             // twice: the old content is still the flushed one
            disk.CutPower(new SeededRandom(seed));
            disk.Read(0, _read, 0, 4);
            CollectionAssert.AreEqual(_data[..512], _read[..512]);
            string pattern = "";
            for (int block = 1; block < 4; block++)
            {
                Span<byte> content = _read.AsSpan(block * 512, 512);
                bool old = content.SequenceEqual(_data.AsSpan(block * 512, 512));
                Assert.IsTrue(old || !content.ContainsAnyExcept((byte)0), "a block is old or new, nothing between");
                pattern += old ? 'o' : 'n';
            }

            patterns.Add(pattern);
            disk.CutPower(new SeededRandom(seed + 1));
        }

        Assert.HasCount(8, patterns, "any mix occurs");
    }

    [TestMethod]
    public void EveryOperationCanBeMadeToFail()
    {
        for (int failing = 0; failing < 4; failing++)
        {
            var disk = new FaultyDisk(new MemoryDisk(512, 16)) { FailAt = failing };
            bool[] outcomes = [disk.Write(0, _data, 0, 2), disk.Flush(), disk.Read(0, _read, 0, 2), disk.Write(2, _data, 0, 1)];
            Assert.AreEqual(4, disk.OperationCount);
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(i != failing, outcomes[i]);
            }
        }
    }

    [TestMethod]
    public void ATornWriteStopsInTheMiddleAndADeadDiskStaysDead()
    {
        var disk = new FaultyDisk(new MemoryDisk(512, 16)) { FailAt = 0, BlocksBeforeFailure = 2, StaysDead = true };
        Assert.IsFalse(disk.Write(0, _data, 0, 4));
        Assert.IsFalse(disk.Write(0, _data, 0, 4));
        Assert.IsFalse(disk.Flush());
        disk.Revive();
        Assert.IsTrue(disk.Read(0, _read, 0, 4));
        CollectionAssert.AreEqual(_data[..1024], _read[..1024]);
        Assert.IsTrue(_read[1024..].All(b => b == 0));
    }

    private static string NewPath() => Path.Combine(Path.GetTempPath(), "tern-" + Guid.NewGuid().ToString("N"), "sub", "nas.disk");

    private void CheckDisk(IBlockDevice disk)
    {
        Assert.AreEqual(16, disk.BlockCount);
        Assert.IsTrue(disk.Read(12, _read, 0, 4));
        Assert.IsTrue(_read.All(b => b == 0), "new disks hold zeroes");
        Assert.IsTrue(disk.Write(3, _data, 0, 4));
        Assert.IsTrue(disk.Flush());
        Assert.IsTrue(disk.Read(3, _read, 0, 4));
        CollectionAssert.AreEqual(_data, _read);
        Assert.IsTrue(disk.Read(4, _read, 512, 1));
        CollectionAssert.AreEqual(_data[512..1024], _read[512..1024]);
    }
}
