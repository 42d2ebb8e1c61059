// The thesis's run on virtual boards: checkpoints go to the NAS, components change places, over many seeds.
namespace Tern.Cms.Tests;

[TestClass]
public sealed class MigrationTests
{
    [TestMethod]
    public void TwoComponentsChangePlaces()
    {
        var world = new CmsWorld(1);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 3 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 2, MigrateAfter = 3 });
        world.Start();
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu2" && world.Ledger.HolderOf(2) == "ecu1", 20, "the exchange");
        world.RunFor(2);
        Assert.AreEqual("ecu2", world.Ledger.HolderOf(1));
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(2));
        foreach (string line in new[]
        {
            "Creating root component", "Connecting to manager for DSM establishment", "[broker] Connection to broker successful. Establishing DSM on 1028",
            "[broker] Done updating memory", "[broker] Notification of new CP sent", "[NAS thread] Checkpoint successfully sent to NAS",
            "Checkpoint was stored successfully", "Calling for migration", "Checkpoint retrieved, sending to manager", "Migration successful",
        })
        {
            Assert.IsGreaterThan(0, world.Logged(line), line);
        }
    }
}
