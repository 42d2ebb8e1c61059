// Where a migration may go: a bound on the load of the board to go to, and never back to the origin when that is excluded.
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class DestinationTests
{
    [TestMethod]
    [DataRow(500, 501, true)]
    [DataRow(500, 500, false)]
    [DataRow(1000, ManagerOperation.AnyOtherBoard, true)]
    [DataRow(0, 1, true)]
    [DataRow(1, 1, false)]
    public void OnlyABoardWithALoadBelowTheBoundIsChosen(int load, int destination, bool moves)
    {
        var world = new CmsWorld(1);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 3, Destination = destination });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Load = load });
        world.Start();
        world.RunUntil(() => world.Logged("Calling for migration") > 0, 10, "the call");
        world.RunFor(4);
        Assert.AreEqual(moves ? "ecu2" : "ecu1", world.Ledger.HolderOf(1));
    }

    [TestMethod]
    public void TheIdlerOfTwoWithinTheBoundIsChosen()
    {
        var world = new CmsWorld(2);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 3, Destination = 601 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Load = 700, FreeRam = 100_000_000 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Load = 600 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Load = 100 });
        world.Start();
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu4", 10, "the migration");
    }

    [TestMethod]
    public void TheOnlyBoardKeepsItsComponentWhenOnlyAnotherOneWouldDo()
    {
        var world = new CmsWorld(3);
        world.AddEcu(name => new RtcrOptions
        {
            Board = name,
            Ledger = world.Ledger,
            Component = 1,
            MigrateAfter = 3,
            Destination = ManagerOperation.AnyOtherBoard,
        });
        world.Start();
        world.RunUntil(() => world.Logged("Warning: [Migr thread] Migration given up: " + Errors.Name(Error.Full)) > 0, 10, "the refusal");
        world.RunFor(2);
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(1));
        Assert.AreEqual(1, world.Ledger.MovesOf(1), "its start alone: it was not ended even for a moment");
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1002)]
    public void WhatIsNoDestinationIsRefused(int destination)
    {
        var world = new CmsWorld(4);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 3, Destination = destination });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
        world.Start();
        world.RunFor(3);
        Assert.AreEqual(0, world.Logged("Calling for migration"));
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(1));
    }
}
