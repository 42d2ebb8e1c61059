// The scenario that Tern exists for: targets change boards while they run, and no sheep is lost or counted twice.
namespace Tern.HostEmulator.Tests.CheckpointManagement;

[TestClass]
public class CheckpointManagementTests
{
    private const int Seeds = 1000;

    [TestMethod]
    [DataRow("checkpoint-management")]
    [DataRow("checkpoint-management-one-board")]
    [DataRow("checkpoint-management-shared-board")]
    public void Sheep_continue_on_the_other_board_and_none_is_lost_or_counted_twice(string bench)
    {
        (BenchResult result, SheepLedger ledger) = Run(bench, 1);

        Assert.IsTrue(result.IsSuccess, string.Join('\n', result.Failures) + "\n" + ledger.Text);
        Assert.AreEqual("", ledger.Discrepancy());
        Assert.HasCount(2, result.Moves);
        foreach (string target in new[] { "sheep_1", "sheep_2" })
        {
            Assert.IsGreaterThan(3, ledger.CountsOf(target).Count, target + " has hardly counted\n" + ledger.Text);
        }
    }

    [TestMethod]
    [DataRow("checkpoint-management")]
    [DataRow("checkpoint-management-one-board")]
    [DataRow("checkpoint-management-shared-board")]
    public void The_same_seed_gives_the_same_log_byte_for_byte(string bench)
    {
        Assert.AreEqual(Run(bench, 7).Ledger.Text, Run(bench, 7).Ledger.Text);
    }

    [TestMethod]
    public void Other_seeds_give_other_orders()
    {
        Assert.AreNotEqual(Run("checkpoint-management", 1).Ledger.Text, Run("checkpoint-management", 2).Ledger.Text);
    }

    [TestMethod]
    public void A_thousand_seeds_on_four_boards_never_fail() => RunSeeds("checkpoint-management");

    [TestMethod]
    public void A_thousand_seeds_on_one_board_never_fail() => RunSeeds("checkpoint-management-one-board");

    [TestMethod]
    public void A_thousand_seeds_with_manager_and_RTCR_on_one_board_never_fail() => RunSeeds("checkpoint-management-shared-board");

    private static void RunSeeds(string bench)
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            (BenchResult result, SheepLedger ledger) = Run(bench, seed);
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: " + string.Join('\n', result.Failures));
            Assert.AreEqual("", ledger.Discrepancy(), $"seed {seed}");
        }
    }

    private static (BenchResult Result, SheepLedger Ledger) Run(string bench, ulong seed)
    {
        var ledger = new SheepLedger();
        using var run = new BenchRun(new BenchCatalog().Read(bench), new BenchOptions { Seed = seed, Log = ledger });
        return (run.Run(), ledger);
    }
}
