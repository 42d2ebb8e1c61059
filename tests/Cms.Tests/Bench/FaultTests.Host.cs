// Never two, never none: networks that part, boards that refuse, boards that lose their power, over many seeds.
using Tern.HostEmulator;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class FaultTests
{
    private const int Steps = 80;
    private const double StepSeconds = 0.001;

    private static readonly string[] Boards = ["manager", "nas", "ecu1", "ecu2", "ecu3"];

    /// <summary>
    /// One migration, and one cable that comes out at a point of it, for every board and for points close to each other
    /// from the call to long after: when the cable is in again, the component runs, and never ran twice.
    /// </summary>
    [TestMethod]
    [DataRow("manager")]
    [DataRow("nas")]
    [DataRow("ecu1")]
    [DataRow("ecu2")]
    public void WhateverCableComesOutAtWhateverMoment(string board)
    {
        int settled = 0;
        for (int step = 0; step < Steps; step++)
        {
            CmsWorld world = Migration(1);
            world.RunFor(step * StepSeconds);
            world.SocketsOf(board).SetCable(false);
            world.World.At(world.World.Now + 7_000_000_000, () => world.SocketsOf(board).SetCable(true));
            world.RunFor(7.5);
            world.RunUntil(
                () => world.Ledger.HolderOf(1) != null && world.Logged(" runs on ") > 0, 60, $"cable of {board} out at step {step}: the migration");
            world.RunFor(1);
            Assert.IsNotNull(world.Ledger.HolderOf(1), $"step {step}");
            settled += world.Logged("asking it what became");
        }

        System.Console.WriteLine($"{board}: {settled} outcomes had to be asked for");
    }

    /// <summary>The same with the target's power: what it had not said to have is not lost.</summary>
    [TestMethod]
    public void WheneverTheTargetLosesItsPower()
    {
        for (int step = 0; step < Steps; step++)
        {
            CmsWorld world = Migration(1);
            world.RunFor(step * StepSeconds);
            bool said = world.Logged(" runs on ") > 0;
            world["ecu2"].PowerOff();
            world["ecu2"].PowerOn(world.World.Now + 300_000_000);
            if (!said)
            {
                world.RunUntil(() => world.Logged(" runs on ") > 0, 60, $"power out at step {step}: the migration");

                // Either it was restored elsewhere, or the target had said that it has it: then the checkpoint is the target's.
                Assert.IsTrue(world.Ledger.HolderOf(1) != null || world.Logged(" runs on 10.0.1.3") > 0, $"step {step}");
            }

            world.RunFor(0.5);
        }
    }

    /// <summary>Several cables come out and go back in at random, while two components change places.</summary>
    [TestMethod]
    public void WhateverCablesComeOutEachComponentEndsUpRunningOnce()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            CmsWorld world = Exchange(seed, 2);
            SeededRandom random = world.World.RandomFor("faults");
            for (int i = 0; i < 4; i++)
            {
                string board = Boards[random.Below(Boards.Length)];
                long at = 10_000_000 + random.Below(300_000_000);
                long length = 1 + random.Below(random.Below(2) == 0 ? 30_000_000 : 8_000_000_000);
                world.World.At(at, () => world.SocketsOf(board).SetCable(false));
                world.World.At(at + length, () => world.SocketsOf(board).SetCable(true));
            }

            world.RunFor(9);
            world.RunUntil(
                () => world.Ledger.HolderOf(1) != null && world.Ledger.HolderOf(2) != null
                    && world.Ledger.MovesOf(1) >= 2 && world.Ledger.MovesOf(2) >= 2,
                60, $"seed {seed}: the migrations");
            world.RunFor(1);
            Assert.IsNotNull(world.Ledger.HolderOf(1), $"seed {seed}");
            Assert.IsNotNull(world.Ledger.HolderOf(2), $"seed {seed}");
        }
    }

    /// <summary>The NAS loses its power at random; what it said is stored is there afterwards, and the migrations end.</summary>
    [TestMethod]
    public void TheNasMayLoseItsPowerAtAnyTime()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            CmsWorld world = Exchange(seed, 2);
            SeededRandom random = world.World.RandomFor("faults");
            for (int i = 0; i < 3; i++)
            {
                long at = 50_000_000 + random.Below(700_000_000);
                world.World.At(at, world.Nas.PowerOff);
                world.World.At(at + 1 + random.Below(200_000_000), () => world.Nas.PowerOn(world.World.Now));
            }

            world.RunUntil(
                () => world.Ledger.MovesOf(1) >= 2 && world.Ledger.MovesOf(2) >= 2 && world.Ledger.HolderOf(1) != null && world.Ledger.HolderOf(2) != null,
                60, $"seed {seed}: the migrations");
            world.RunFor(3);
        }
    }

    [TestMethod]
    public void TheNextBestBoardTakesWhatTheBestRefuses()
    {
        var world = new CmsWorld(1);
        RtcrOptions origin = world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 2 });
        RtcrOptions best = world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeRam = 3_000_000, Refuses = true });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeRam = 2_000_000 });
        world.Start();
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu3", 20, "the migration");
        CollectionAssert.Contains(best.Notes, "refused");
        CollectionAssert.Contains(origin.Notes, "stopped 1");
    }

    [TestMethod]
    public void ABoardThatCannotMakeItRunIsPassedOver()
    {
        var world = new CmsWorld(2);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 2 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeRam = 3_000_000, FailsToRestore = true });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeRam = 2_000_000, DefersRestore = true });
        world.Start();
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu3" && world.Logged(" runs on 10.0.1.4") > 0, 20, "the migration");
        world.RunFor(2);
    }

    [TestMethod]
    public void WhenAllOthersRefuseItComesHome()
    {
        var world = new CmsWorld(3);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 2 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Refuses = true });
        world.Start();
        world.RunUntil(() => world.Ledger.MovesOf(1) == 2 && world.Ledger.HolderOf(1) == "ecu1", 20, "the way back");
        world.RunFor(2);
    }

    [TestMethod]
    public void TheOnlyBoardIsItsOwnTarget()
    {
        var world = new CmsWorld(4);
        RtcrOptions only = world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 2 });
        world.Start();
        world.RunUntil(() => world.Ledger.MovesOf(1) == 2 && world.Ledger.HolderOf(1) == "ecu1", 20, "the way back");
        world.RunFor(2);
        CollectionAssert.Contains(only.Notes, "migrated None");
    }

    [TestMethod]
    public void WithoutRoomAnywhereTheOriginIsNotEvenStopped()
    {
        var world = new CmsWorld(5);
        RtcrOptions origin = world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 2 });
        RtcrOptions full = world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeCaps = 5 });
        world.Start();
        world.RunUntil(() => origin.Notes.Contains("migrated Full"), 20, "the refusal");
        CollectionAssert.DoesNotContain(origin.Notes, "stopped 1");
        int commits = origin.Notes.Count;
        full.FreeCaps = 100;
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu2", 20, "the migration, when there is room");
        Assert.IsGreaterThan(commits, origin.Notes.Count);
    }

    /// <summary>A world in which ecu1 has just called for a migration that ecu2 is the best target of.</summary>
    private static CmsWorld Migration(ulong seed)
    {
        var slow = new NetworkModel { Link = new LinkModel { BitsPerSecond = 4_000_000 } };
        var world = new CmsWorld(seed, slow);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 2, ImageSize = 12_000 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeRam = 2_000_000 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
        world.Start();
        while (world.Logged("Calling for migration") == 0)
        {
            world.RunFor(0.0001);
        }

        return world;
    }

    private static CmsWorld Exchange(ulong seed, int commits)
    {
        var world = new CmsWorld(seed);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = commits });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 2, MigrateAfter = commits });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, FreeRam = 900_000 });
        return world.Start();
    }
}
