// Migrations read out of reports.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class MoveTrackerTests
{
    private readonly MoveTracker _moves = new();

    [TestMethod]
    public void APlannedMigrationIsMeasuredFromPauseToStart()
    {
        Say(10, "ecu1", "init -> rtcr_1", "paused target=sheep reason=checkpoint");
        Say(11, "ecu1", "init -> rtcr_1", "captured target=sheep bytes=100 stop_ns=1");
        Assert.IsEmpty(_moves.Moves, "a checkpoint is no migration");
        Say(20, "ecu1", "init -> rtcr_1", "paused target=sheep reason=migration");
        Assert.IsNull(_moves.PlaceOf("sheep"), "nobody runs it now");
        Say(25, "ecu1", "init -> rtcr_1", "captured target=sheep bytes=8192 stop_ns=5");
        Say(26, "ecu1", "init -> rtcr_1", "stopped target=sheep");
        Say(40, "ecu2", "init -> rtcr_2", "restored target=sheep bytes=8192 from=52:54:00:12:34:56 epoch=2");
        Say(50, "ecu2", "init -> rtcr_2", "started target=sheep");
        Move move = _moves.Moves.Single();
        Assert.AreEqual(new Place("ecu1", "rtcr_1"), move.From);
        Assert.AreEqual(new Place("ecu2", "rtcr_2"), move.To);
        Assert.AreEqual(8192, move.ImageBytes);
        Assert.AreEqual(5, move.StopNanoseconds);
        Assert.AreEqual(30, move.DowntimeNanoseconds);
        Assert.AreEqual(SelfCheck.None, move.State);
    }

    [TestMethod]
    public void OnlyTheMovedComponentItselfVerifiesItsStateAndOnlyThere()
    {
        Migrate();
        Say(60, "ecu1", "init -> rtcr_1 -> sheep", "verified count=1");
        Say(60, "ecu2", "init -> rtcr_2 -> goat", "verified count=1");
        Assert.AreEqual(SelfCheck.None, _moves.StateOf("sheep"));
        Say(70, "ecu2", "init -> rtcr_2 -> sheep", "verified count=7");
        Assert.AreEqual(SelfCheck.Verified, _moves.StateOf("sheep"));
        Assert.AreEqual("verified count=7", _moves.Moves[0].StateText);
        Say(80, "ecu2", "init -> rtcr_2 -> sheep", "broken count=9 expected=8");
        Say(90, "ecu2", "init -> rtcr_2 -> sheep", "verified count=9");
        Assert.AreEqual(SelfCheck.Broken, _moves.StateOf("sheep"), "once broken, never whole again");
    }

    [TestMethod]
    public void AfterAFailureTheMoveBeginsWithThePowerCut()
    {
        Say(10, "ecu1", "init -> rtcr_1", "started target=sheep");
        Say(20, "ecu1", "init -> rtcr_1", "captured target=sheep bytes=64 stop_ns=3");
        Say(100, "ecu1", "emulator", "power-off");
        Assert.IsNull(_moves.PlaceOf("sheep"));
        Say(400, "ecu2", "init -> rtcr_2", "started target=sheep");
        Move move = _moves.Moves.Single();
        Assert.AreEqual(300, move.DowntimeNanoseconds);
        Assert.AreEqual(64, move.ImageBytes);
        Assert.AreEqual(new Place("ecu2", "rtcr_2"), _moves.PlaceOf("sheep"));
    }

    [TestMethod]
    public void ATargetThatNobodySawLeaveHasNoDowntime()
    {
        Say(10, "ecu1", "init -> rtcr_1", "started target=sheep");
        Say(90, "ecu2", "init -> rtcr_2", "started target=sheep");
        Assert.IsNull(_moves.Moves.Single().DowntimeNanoseconds);
    }

    [TestMethod]
    public void ARestoreOnTheSamePlaceIsAMoveToo()
    {
        Say(10, "ecu1", "init -> rtcr_1", "started target=sheep");
        Say(20, "ecu1", "init -> rtcr_1", "paused target=sheep reason=migration");
        Say(50, "ecu1", "init -> rtcr_1", "started target=sheep");
        Assert.AreEqual(30, _moves.Moves.Single().DowntimeNanoseconds);
    }

    [TestMethod]
    public void ReportsOfStrangersAndNonsenseAreHarmless()
    {
        foreach (string text in new[] { "", " ", "started", "started target=", "captured target=x bytes=many stop_ns=", "paused target=x reason=migration reason", "=", "verified" })
        {
            Say(1, "ecu1", "", text);
        }

        Assert.IsNull(_moves.Moves.Single().ImageBytes);
    }

    [TestMethod]
    public void AReportKnowsItsParts()
    {
        var report = new Report(5, "ecu1", "init -> rtcr_1 -> sheep", "captured target=sheep bytes=8192 flag x=-7");
        Assert.AreEqual("captured", report.Word);
        Assert.AreEqual("sheep", report.Target);
        Assert.AreEqual("sheep", report.Component);
        Assert.AreEqual("rtcr_1", report.Parent);
        Assert.AreEqual(8192, report.Number("bytes"));
        Assert.AreEqual(-7, report.Number("x"));
        Assert.AreEqual("", report.Value("flag"));
        Assert.IsNull(report.Value("none"));
        Assert.IsNull(report.Number("target"));
    }

    private void Migrate()
    {
        Say(20, "ecu1", "init -> rtcr_1", "paused target=sheep reason=migration");
        Say(50, "ecu2", "init -> rtcr_2", "started target=sheep");
    }

    private void Say(long time, string board, string label, string text) => _moves.Add(new Report(time, board, label, text));
}
