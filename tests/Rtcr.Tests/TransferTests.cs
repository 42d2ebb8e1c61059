// A target that transfers: its sessions come back on the other board's devices, and nothing that went over a bus or to a
// disk goes there again because of a checkpoint or a restore.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class TransferTests
{
    private const string Config = "<config><parent-provides><service name=\"ROM\"/><service name=\"PD\"/><service name=\"CPU\"/>"
        + "<service name=\"LOG\"/><service name=\"RM\"/><service name=\"IRQ\"/><service name=\"Timer\"/><service name=\"Crypto\"/>"
        + "<service name=\"Report\"/><service name=\"SPI\"/><service name=\"Block\"/></parent-provides>"
        + "<default-route><any-service><parent/><any-child/></any-service></default-route><default caps=\"100\"/>"
        + "<start name=\"keeper\"><resource name=\"RAM\" quantum=\"64K\"/><provides><service name=\"Keep\"/></provides></start>"
        + "<start name=\"rtcr\" caps=\"4000\" priority=\"12\"><resource name=\"RAM\" quantum=\"3M\"/></start></config>";

    [TestMethod]
    public void ATransferFromSharedMemoryIsNotDoneAgain()
    {
        RtcrBench bench = Bench(new TestSpi(), out CountingDisk disk);
        bench.Start("driver", "driver");
        bench.Run(250);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Expect.Ok(bench.Restore(image));
        Assert.AreEqual("0/8 0/8 ", Transfers(bench));
        Assert.AreEqual(2, disk.Writes);
        bench.Run(100);
        Assert.AreEqual("0/8 0/8 0/8 ", Transfers(bench));
        Assert.AreEqual(3, disk.Writes);
        Assert.IsFalse(bench.Board.Logged("broken"), bench.Console("driver", 0));
    }

    [TestMethod]
    public void ARestoreReachesTheOtherBoardsDevices()
    {
        RtcrBench origin = Bench(new TestSpi(), out CountingDisk _);
        origin.Start("driver", "driver");
        origin.Run(250);
        byte[] image = origin.Checkpoint();

        RtcrBench other = Bench(new TestSpi(), out CountingDisk disk);
        Expect.Ok(other.Restore(image));
        other.Run(200);
        Assert.AreEqual("0/8 0/8 ", Transfers(other));
        Assert.AreEqual(2, disk.Writes);
        Assert.IsTrue(other.Board.Logged("4 verified"));
        Assert.IsFalse(other.Board.Logged("broken"), other.Console("driver", 0));
    }

    [TestMethod]
    public void ABoardWithoutTheDeviceRefusesAndCanTryAgain()
    {
        RtcrBench origin = Bench(new TestSpi(), out CountingDisk _);
        origin.Start("driver", "driver");
        origin.Run(250);
        byte[] image = origin.Checkpoint();

        RtcrBench other = Bench(null, out CountingDisk _);
        Quota before = other.Quota();
        Expect.Error(Error.NoDevice, other.Restore(image));
        Assert.AreEqual(before.RamUsed, other.Quota().RamUsed);
        other.Board.Spi = new TestSpi();
        Expect.Ok(other.Restore(image));
        other.Place = 1;
        Expect.Error(Error.Exists, other.Restore(image));
    }

    private static string Transfers(RtcrBench bench) => ((TestSpi)bench.Board.Spi!).Transfers;

    private static RtcrBench Bench(ISpiBus? bus, out CountingDisk disk)
    {
        disk = new CountingDisk();
        TestBoard board = StateBench.Board();
        board.Spi = bus;
        board.Storage = disk;
        return new RtcrBench(board.With("keeper", new Keeper()).With("driver", new BusUser()), true, Config).Boot();
    }

    /// <summary>Knows only how often it was written to.</summary>
    private sealed class CountingDisk : IBlockDevice
    {
        public int BlockSize => 512;

        public int BlockCount => 64;

        public int Writes { get; private set; }

        public bool Read(int block, byte[] buffer, int offset, int count) => true;

        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            Writes += count;
            return true;
        }

        public bool Flush() => true;
    }
}
