// The NAS's disk fails or is full at each point of a migration, with the real NAS and manager before it: nothing that was said to be
// stored is lost, nobody runs twice, and the migration comes to its end or the component stays where it is.
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class DiskTests
{
    /// <summary>One read, write or flush fails, and a write is torn after some blocks; then the disk works again.</summary>
    [TestMethod]
    public void WhicheverOperationOfTheDiskFailsOnceTheMigrationComesToItsEnd()
    {
        var perfect = new FaultyDisk(new MemoryDisk(512, 2048));
        Migrate(perfect, "no failure");
        Assert.IsGreaterThan(50L, perfect.OperationCount);
        for (long at = 0; at < perfect.OperationCount; at++)
        {
            Migrate(new FaultyDisk(new MemoryDisk(512, 2048)) { FailAt = at, BlocksBeforeFailure = (int)(at % 7) }, "operation " + at);
        }
    }

    /// <summary>The power of the disk's board goes in an operation, and comes back: the NAS starts anew from what is on the disk.</summary>
    [TestMethod]
    public void WhereverThePowerOfTheNasGoesTheMigrationComesToItsEnd()
    {
        var perfect = new FaultyDisk(new MemoryDisk(512, 2048));
        Migrate(perfect, "no failure");
        for (long at = 0; at < perfect.OperationCount; at++)
        {
            var disk = new FaultyDisk(new MemoryDisk(512, 2048)) { FailAt = at, StaysDead = true, BlocksBeforeFailure = (int)(at % 7) };
            CmsWorld world = World(disk);
            string what = "power out at operation " + at;
            world.RunUntil(() => disk.OperationCount > at, 60, what);
            world.Nas.PowerOff();
            disk.Revive();
            world.Nas.PowerOn(world.World.Now + 100_000_000);
            world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu2", 90, what + ": the migration");
        }
    }

    /// <summary>From a disk on which nothing has room to one that has enough.</summary>
    [TestMethod]
    public void HoweverSmallTheDiskIsTheComponentIsSomewhereOnce()
    {
        int moved = 0;
        for (int blocks = 1; blocks <= 48; blocks++)
        {
            CmsWorld world = World(new MemoryDisk(512, blocks));
            world.RunFor(6);
            string? holder = world.Ledger.HolderOf(1);
            Assert.IsTrue(holder == "ecu1" || (holder == "ecu2" && blocks > 16), $"{blocks} blocks: {holder}");
            moved += holder == "ecu2" ? 1 : 0;
        }

        Assert.IsTrue(moved is > 0 and < 32, moved + " disks were large enough");
    }

    private static CmsWorld World(IBlockDevice disk)
    {
        var world = new CmsWorld(5);
        world.Nas.Storage = disk;
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 3 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
        return world.Start();
    }

    private static void Migrate(IBlockDevice disk, string what)
    {
        CmsWorld world = World(disk);
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu2", 90, what + ": the migration");
        world.RunFor(0.5);
    }
}
