// What a target gave to a service that RTCR knows nothing of is given again on restore, as long as somebody has it; and which
// of several services a target gets.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class SubscriptionTests
{
    private const string Config = "<config><parent-provides><service name=\"ROM\"/><service name=\"PD\"/><service name=\"CPU\"/>"
        + "<service name=\"LOG\"/><service name=\"RM\"/><service name=\"IRQ\"/><service name=\"Timer\"/><service name=\"Crypto\"/>"
        + "<service name=\"Report\"/></parent-provides>"
        + "<default-route><any-service><parent/><any-child/></any-service></default-route><default caps=\"100\"/>"
        + "<start name=\"keeper\"><resource name=\"RAM\" quantum=\"64K\"/><provides><service name=\"Keep\"/></provides></start>"
        + "<start name=\"rtcr\" caps=\"4000\" priority=\"12\"><resource name=\"RAM\" quantum=\"3M\"/></start></config>";

    [TestMethod]
    public void AHandlerAtASiblingsServiceSurvivesHere()
    {
        RtcrBench bench = Siblings();
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Expect.Ok(bench.Restore(image));
        bench.Run(300);
        Assert.IsTrue(bench.Board.Logged("notified 4"), bench.Console("probe", 0));
    }

    [TestMethod]
    public void AHandlerAtASiblingsServiceSurvivesElsewhere()
    {
        byte[] image = Siblings().Checkpoint();
        RtcrBench other = NewSiblings();
        Expect.Ok(other.Restore(image));
        other.Run(300);
        Assert.IsTrue(other.Board.Logged("notified 4"), other.Console("probe", 0));
        Assert.IsFalse(other.Board.Logged("broken"));
    }

    [TestMethod]
    public void WhatNobodyHasAnyMoreIsNotGivenAgain()
    {
        // The slow server triggers what it is given, and keeps nothing of it.
        RtcrBench bench = StateBench.Started(new SiblingUser(), true, 350);
        Assert.AreEqual(0, CallsOf(bench.Checkpoint(), SlowServer.Signal));
        Assert.AreEqual(1, CallsOf(Siblings().Checkpoint(), Keeper.Give));
    }

    [TestMethod]
    public void AHandlerAtAnotherTargetSurvivesEitherOnesRestore()
    {
        RtcrBench bench = Two(new TargetRoute());
        for (int place = 0; place < 2; place++)
        {
            bench.Place = place;
            byte[] image = bench.Checkpoint();
            bench.Stop((int)TargetEnd.Returns);
            bench.Run(10);
            Expect.Ok(bench.Restore(image));
            bench.Run(300);
        }

        Assert.IsTrue(bench.Board.Logged("notified 7"), bench.Console("probe", 0));
        Assert.IsFalse(bench.Board.Logged("broken"));
    }

    [TestMethod]
    public void ATargetGetsTheServiceOfAnotherOneBeforeItsParents()
    {
        RtcrBench bench = Two(new TargetRoute());
        Assert.AreEqual(1, bench.Board.CountLogged("rtcr -> keeper] opened probe with"));
    }

    [TestMethod]
    public void ARouteSendsATargetToTheParent()
    {
        var route = new TargetRoute();
        Assert.IsTrue(route.Add("Keep", ""));
        Assert.IsTrue(route.Add(TargetRoute.AnyService, "keeper"));
        RtcrBench bench = Two(route);
        Assert.AreEqual(1, bench.Board.CountLogged("init -> keeper] opened rtcr -> probe with"));
    }

    [TestMethod]
    public void ARouteNamesTheTargetThatServes()
    {
        var route = new TargetRoute();
        Assert.IsTrue(route.Add(TargetRoute.AnyService, "keeper"));
        Assert.AreEqual(1, Two(route).Board.CountLogged("rtcr -> keeper] opened probe with"));
        route = new TargetRoute();
        Assert.IsTrue(route.Add("Keep", "another"));
        Assert.AreEqual(1, Two(route).Board.CountLogged("init -> keeper] opened rtcr -> probe with"));
    }

    [TestMethod]
    public void ARouteHasSoManyRules()
    {
        var route = new TargetRoute();
        for (int i = 0; i < TargetRoute.Capacity; i++)
        {
            Assert.IsTrue(route.Add("S" + i, ""));
        }

        Assert.IsFalse(route.Add("more", ""));
    }

    [TestMethod]
    public void TwoTargetsOfOneNameAreRefused()
    {
        RtcrBench bench = Two(new TargetRoute());
        byte[] image = bench.Checkpoint();
        bench.Place = 2;
        Expect.Error(Error.Exists, bench.Restore(image));
        Expect.Error(Error.Exists, bench.TryStart("keeper", "keeper", 64 * 1024, 50, ""));
        Expect.Ok(bench.TryStart("another", "keeper", 64 * 1024, 50, ""));
        Assert.AreEqual(2, bench.Board.CountLogged("rtcr -> keeper] announced: ok") + bench.Board.CountLogged("rtcr -> another] announced: ok"));
    }

    /// <summary>A subscriber as target, its keeper beside RTCR.</summary>
    private static RtcrBench Siblings()
    {
        RtcrBench bench = NewSiblings();
        bench.Start("probe", "probe");
        bench.Run(350);
        Assert.IsTrue(bench.Board.Logged("notified 2"), bench.Console("probe", 0));
        return bench;
    }

    private static RtcrBench NewSiblings()
        => new RtcrBench(StateBench.Board().With("keeper", new Keeper()).With("probe", new Subscriber()), true, Config).Boot();

    /// <summary>A keeper and a subscriber as targets, and a keeper beside RTCR.</summary>
    private static RtcrBench Two(TargetRoute route)
    {
        RtcrBench bench = NewSiblings();
        bench.Start("keeper", "keeper");
        bench.Place = 1;
        bench.Do(env =>
        {
            Expect.Ok(bench.StartHere("probe", "probe", 256 * 1024, 100, ""));
            bench.Rtcr.ConfigureServing(1, false, route);
        });
        bench.Run(350);
        return bench;
    }

    private static int CallsOf(byte[] image, int opcode)
    {
        string text = new ImageView(image).Text;
        int from = text.IndexOf("\ncalls ");
        string calls = text.Substring(from, text.IndexOf("\ncapabilities ") - from);
        int count = 0;
        for (int at = calls.IndexOf("opcode " + opcode + " "); at >= 0; at = calls.IndexOf("opcode " + opcode + " ", at + 1))
        {
            count++;
        }

        return count;
    }
}
