// Targets whose sessions a sibling of RTCR serves: restoring them takes a while, and others act meanwhile.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SiblingTests
{
    [TestMethod]
    public void ASheepClientGoesOnWithItsServer()
    {
        RtcrBench bench = new RtcrBench(StateBench.Board(), true).Boot();
        bench.Start("client", "sheep_client");
        bench.Run(95);
        for (int i = 0; i < 20; i++)
        {
            bench.Checkpoint();
            bench.Run(7);
        }

        Assert.IsTrue(bench.Reports("client", 0).IndexOf("verified count=20") >= 0, bench.Reports("client", 0));
        Assert.IsFalse(bench.Reports("client", 0).IndexOf("broken") >= 0, bench.Reports("client", 0));
    }

    [TestMethod]
    public void ASessionThatAServerDoesNotOpenYetKeepsTheRestoreWaiting()
    {
        byte[] image = LateSession();
        RtcrBench other = StateBench.Boot(new LateOpener(), true);
        Expect.Error(Error.Deferred, other.Restore(image));
        other.Run(500);
        Assert.IsFalse(other.Rtcr.IsFree(0));
        Assert.IsFalse(other.Rtcr.IsAlive(0));

        // One restore at a time; the waiting one is neither checkpointed nor held.
        other.Place = 1;
        Expect.Error(Error.Busy, other.Restore(image));
        other.Place = 0;
        Expect.Error(Error.Busy, other.TryCheckpoint(CommandedRtcr.Capacity));

        other.Load(image);
        other.RaiseAndSettle(SlowServer.Line);
        Assert.IsTrue(other.Rtcr.IsAlive(0));
        other.Run(200);
        Assert.IsTrue(other.Board.Logged("echo "), "the session does not work");
    }

    [TestMethod]
    public void AnImageThatChangesWhileARestoreWaitsIsNotUsed()
    {
        byte[] image = LateSession();
        RtcrBench other = StateBench.Boot(new LateOpener(), true);
        Quota before = other.Quota();
        Expect.Error(Error.Deferred, other.Restore(image));
        image[image.Length - 40] ^= 1;
        other.Load(image);
        other.RaiseAndSettle(SlowServer.Line);
        Expect.Error(Error.BadData, other.Restored);
        Assert.IsTrue(other.Rtcr.IsFree(0));
        Assert.AreEqual(before.CapUsed, other.Quota().CapUsed);

        // Another image, well sealed, is not the one that was checked either.
        other = StateBench.Boot(new LateOpener(), true);
        image[image.Length - 40] ^= 1;
        Expect.Error(Error.Deferred, other.Restore(image));
        image[image.Length - 40] ^= 1;
        other.Load(other.Seal(image));
        other.RaiseAndSettle(SlowServer.Line);
        Expect.Error(Error.BadData, other.Restored);
    }

    [TestMethod]
    public void AWaitingRestoreCanBeGivenUp()
    {
        byte[] image = LateSession();
        RtcrBench other = StateBench.Boot(new LateOpener(), true);
        Quota before = other.Quota();
        Expect.Error(Error.Deferred, other.Restore(image));
        other.Stop();
        Assert.IsTrue(other.Rtcr.IsFree(0));
        Assert.AreEqual(before.RamQuota, other.Quota().RamQuota);

        // The late answer belongs to nobody, and its session is closed again.
        Expect.Error(Error.Busy, other.Restore(image));
        other.RaiseAndSettle(SlowServer.Line);
        Assert.AreEqual(before.CapUsed, other.Quota().CapUsed);
        Expect.Ok(other.Restore(image));
        Assert.IsTrue(other.Rtcr.IsAlive(0));
    }

    [TestMethod]
    public void AnAnswerThatComesAfterTheTargetsEndIsGivenUp()
    {
        RtcrBench bench = StateBench.Started(new LateOpener(), true, 50);
        bench.Stop();
        Quota before = bench.Quota();
        bench.RaiseAndSettle(SlowServer.Line);
        Assert.AreEqual(before.CapUsed, bench.Quota().CapUsed);
        Assert.AreEqual(0, bench.Rtcr.WaitingOf(0));
    }

    [TestMethod]
    public void ARequestThroughAClosedSessionEndsWithAnError()
    {
        RtcrBench bench = StateBench.Started(new Impatient(), true, 150);
        byte[] image = bench.Checkpoint();

        RtcrBench other = StateBench.Boot(new Impatient(), true);
        Expect.Ok(other.Restore(image));
        Assert.IsTrue(other.Board.Logged("answer to 2: server gone"), bench.Console(StateBench.Target, 0) + "restored:\n" + other.Console(StateBench.Target, 0));

        bench.RaiseAndSettle(SlowServer.Line);
        Assert.AreEqual(1, bench.Board.CountLogged("answer to 2: "));
        Assert.IsFalse(bench.Board.Logged("broken"));
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
    }

    /// <summary>An image of a target with a session of a service that its server has not announced on a fresh board.</summary>
    private static byte[] LateSession()
    {
        RtcrBench bench = StateBench.Started(new LateOpener(), true, 50);
        bench.RaiseAndSettle(SlowServer.Line);
        bench.Run(200);
        Assert.IsTrue(bench.Board.Logged("echo "));
        return bench.Checkpoint();
    }
}
