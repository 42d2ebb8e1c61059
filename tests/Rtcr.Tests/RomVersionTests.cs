// Modules that are another version on the board where a target is restored: taken over or refused, as configured.
using System.Text;
using Tern.Components;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class RomVersionTests
{
    private const string Old = "12";
    private const string New = "1234";
    private const string SameLength = "13";

    [TestMethod]
    public void TheSameVersionIsNoNews()
    {
        byte[] image = Image(false);
        RtcrBench other = NewBench(Old, true);
        Assert.AreEqual((int)Error.None, (int)other.Restore(image));
        other.Run(1000);
        Assert.AreEqual(0, other.Board.CountLogged("updated"));
        Assert.AreEqual(0, other.Board.CountLogged("broken"));
        Assert.IsTrue(other.Board.CountLogged("verified") > 3);
    }

    [TestMethod]
    [DataRow(New)]
    [DataRow(SameLength)]
    public void AnotherVersionIsToldAndTakenOver(string version)
    {
        byte[] image = Image(false);
        RtcrBench other = NewBench(version, false);
        Assert.AreEqual((int)Error.None, (int)other.Restore(image));
        other.Run(1000);
        Assert.AreEqual(1, other.Board.CountLogged("updated"), "told once");
        Assert.AreEqual(0, other.Board.CountLogged("broken"), "told before it works by it");
        Assert.IsTrue(other.Board.CountLogged("verified") > 3);
    }

    [TestMethod]
    [DataRow(New)]
    [DataRow(SameLength)]
    public void AnotherVersionIsRefusedWithANamedErrorAndTheImageStaysGood(string version)
    {
        byte[] image = Image(true);
        RtcrBench other = NewBench(version, false);
        Quota before = other.Quota();
        Assert.AreEqual((int)Error.Changed, (int)other.Restore(image), "the rule goes with the image, not with the board");
        Quota after = other.Quota();
        Assert.AreEqual(before.RamQuota, after.RamQuota);
        Assert.AreEqual(before.RamUsed, after.RamUsed);
        Assert.AreEqual(before.CapQuota, after.CapQuota);
        RtcrBench third = NewBench(Old, false);
        Assert.AreEqual((int)Error.None, (int)third.Restore(image));
        third.Run(1000);
        Assert.IsTrue(third.Board.CountLogged("verified") > 3);
    }

    [TestMethod]
    public void TheRefusalIsKeptFromBoardToBoard()
    {
        byte[] image = Image(true);
        RtcrBench second = NewBench(Old, false);
        Assert.AreEqual((int)Error.None, (int)second.Restore(image));
        second.Run(500);
        RtcrBench third = NewBench(New, false);
        Assert.AreEqual((int)Error.Changed, (int)third.Restore(second.Checkpoint()));
    }

    [TestMethod]
    public void WhatWasNotNoticedYetIsStillToldOnTheNextBoard()
    {
        byte[] image = Image(false);
        byte[]? between = null;
        RtcrBench second = NewBench(New, false);
        Assert.AreEqual((int)Error.None, (int)second.Restore(image, env => between = second.CheckpointHere(env)));
        RtcrBench third = NewBench(New, false);
        Assert.AreEqual((int)Error.None, (int)third.Restore(between!));
        third.Run(1000);
        Assert.AreEqual(1, third.Board.CountLogged("updated"));
        Assert.AreEqual(0, third.Board.CountLogged("broken"));
    }

    [TestMethod]
    public void AModuleThatTheBoardLacksIsANamedError()
    {
        byte[] image = Image(false);
        var bench = new RtcrBench();
        bench.Board.With("curve_follower", new CurveFollower());
        Assert.AreEqual((int)Error.NotFound, (int)bench.Boot().Restore(image));
    }

    [TestMethod]
    public void AModuleThatTwoTargetsHaveIsEachOnesOwn()
    {
        RtcrBench bench = NewBench(Old, false);
        bench.Start("first", "curve_follower");
        bench.Place = 1;
        bench.Start("second", "curve_follower");
        bench.Run(500);
        bench.Place = 0;
        bench.Stop();
        bench.Place = 1;
        byte[] image = bench.Checkpoint();
        RtcrBench other = NewBench(Old, false);
        Assert.AreEqual((int)Error.None, (int)other.Restore(image));
        other.Run(1000);
        Assert.IsTrue(other.Board.CountLogged("verified") > 3);
    }

    private static byte[] Image(bool refuses)
    {
        RtcrBench origin = NewBench(Old, refuses);
        origin.Start("follower", "curve_follower");
        origin.Run(1000);
        return origin.Checkpoint();
    }

    private static RtcrBench NewBench(string version, bool refuses)
    {
        var bench = new RtcrBench();
        bench.Board.With("curve_follower", new CurveFollower()).WithModule(CurveFollower.Module, Encoding.UTF8.GetBytes(version));
        bench.Boot().Rtcr.SetPolicy(new OnePolicy(refuses));
        return bench;
    }

    private sealed class OnePolicy : ITargetPolicy
    {
        private readonly bool _refuses;

        internal OnePolicy(bool refuses)
        {
            _refuses = refuses;
        }

        public bool RefusesOtherRoms(string target) => _refuses;

        public bool RefusesOpenFlows(string target) => false;
    }
}
