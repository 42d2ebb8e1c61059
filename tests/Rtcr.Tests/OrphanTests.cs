// Servers and clients that go to another board: sessions wait for their clients, and clients for their servers.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class OrphanTests
{
    [TestMethod]
    public void AClientWithTheSameLabelGetsTheSession()
    {
        byte[] image = WithFive(false);
        var other = new ServingBench();
        Expect.Ok(other.Rtcr.Restore(image));
        other.Open(other.Bob, "", 0);
        other.Bob.TakeAnswers();
        Assert.AreEqual("1 ok 1;", other.Ask(other.Bob, Keeper.Add, 1), "another client");
        other.Open(other.Alice, "", 0);
        Assert.AreEqual(ServingBench.Opened + " ok 0;", other.Alice.TakeAnswers());
        Assert.AreEqual("1 ok 6;", other.Ask(other.Alice, Keeper.Add, 1));

        // It was one session; the next with that label is another one.
        other.Open(other.Alice, "", 0);
        other.Alice.TakeAnswers();
        Assert.AreEqual("1 ok 1;", other.Ask(other.Alice, Keeper.Add, 1));
        Assert.AreEqual(2, other.Board.CountLogged("opened"));
    }

    [TestMethod]
    public void OrphansAreClosedWhereTheConfigurationSaysSo()
    {
        var other = new ServingBench();
        Expect.Ok(other.Rtcr.Restore(WithFive(true)));
        Assert.AreEqual(1, other.Board.CountLogged("closed with 5"));
        other.Open(other.Alice, "", 0);
        other.Alice.TakeAnswers();
        Assert.AreEqual("1 ok 1;", other.Ask(other.Alice, Keeper.Add, 1));
    }

    [TestMethod]
    public void ARequestThatNobodyWaitsForIsLeftOutUnlessTheServerKeepsIt()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Later, 5);
        bench.Rtcr.Hold();
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Add, 10));
        byte[] image = bench.Checkpoint();
        var other = new ServingBench();
        Expect.Ok(other.Rtcr.Restore(image));
        other.Open(other.Alice, "", 0);
        other.Alice.TakeAnswers();
        Assert.AreEqual("3 ok 5;", other.Ask(other.Alice, Keeper.Release, 0));

        // Here the same image's queued request is the one that waits.
        bench.Return(image);
        Assert.AreEqual("1 ok 15;", bench.Alice.TakeAnswers());
        Assert.AreEqual("2 ok 15;3 ok 15;", bench.Ask(bench.Alice, Keeper.Release, 0));
    }

    [TestMethod]
    public void WhatAClientGaveIsASelectorThatNamesNothingElsewhere()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Give, 0, bench.Alice.Signal);
        byte[] image = bench.Checkpoint();
        var other = new ServingBench();
        Expect.Ok(other.Rtcr.Restore(image));
        other.Open(other.Alice, "", 0);
        other.Alice.TakeAnswers();
        Assert.AreEqual("7 ok 1;", other.Ask(other.Alice, Keeper.Notify, 0));
        byte[] again = other.Checkpoint();
        var third = new ServingBench();
        Expect.Ok(third.Rtcr.Restore(again));
        Assert.AreEqual(new ImageView(again).Text, new ImageView(third.Checkpoint()).Text);
    }

    [TestMethod]
    public void ServerAndClientFindEachOtherElsewhereServerFirst() => Migrate(true);

    [TestMethod]
    public void ServerAndClientFindEachOtherElsewhereClientFirst() => Migrate(false);

    [TestMethod]
    public void AClientThatIsRestoredHereKeepsItsSessionOfAnotherTarget()
    {
        ServingBench bench = WithGuest();
        bench.Rtcr.Place = 1;
        for (int i = 0; i < 3; i++)
        {
            byte[] image = bench.Rtcr.Checkpoint();
            bench.Rtcr.Stop((int)TargetEnd.Returns);
            bench.Rtcr.Run(70);
            Expect.Ok(bench.Rtcr.Restore(image));
            bench.Rtcr.Run(400);
        }

        Judge(bench, "right 10 is 14");
        Assert.AreEqual(1, bench.Board.CountLogged("opened"));
        Assert.AreEqual(0, bench.Board.CountLogged("closed"));
        bench.Rtcr.Stop();
        Drive.Settle(bench.Rtcr.Kernel);
        Assert.AreEqual(1, bench.Board.CountLogged("closed with "));
    }

    [TestMethod]
    public void BothAreRestoredHereInEitherOrder()
    {
        for (int first = 0; first < 2; first++)
        {
            ServingBench bench = WithGuest();
            byte[][] images = CheckpointBoth(bench);
            bench.Rtcr.Place = first;
            bench.Rtcr.Stop((int)TargetEnd.Returns);
            bench.Rtcr.Place = 1 - first;
            bench.Rtcr.Stop((int)TargetEnd.Returns);
            bench.Rtcr.Run(100);
            bench.Rtcr.Place = first;
            Expect.Ok(bench.Rtcr.Restore(images[first]));
            bench.Rtcr.Run(20);
            bench.Rtcr.Place = 1 - first;
            Expect.Ok(bench.Rtcr.Restore(images[1 - first]));
            bench.Rtcr.Run(1000);
            Judge(bench, "right 11 is 14");
        }
    }

    [TestMethod]
    public void WhatATargetHasOfAServerIsThereAgainWhenTheServerIs()
    {
        ServingBench bench = WithGuest();
        string capabilities = bench.Rtcr.Capabilities("guest");
        byte[] image = bench.Checkpoint();
        bench.Rtcr.Stop((int)TargetEnd.Returns);
        Assert.AreNotEqual(capabilities, bench.Rtcr.Capabilities("guest"));
        bench.Rtcr.Run(20);
        Expect.Ok(bench.Rtcr.Restore(image));
        Assert.AreEqual(capabilities, bench.Rtcr.Capabilities("guest"));
        bench.Rtcr.Run(1000);
        Judge(bench, "right 11 is 14");
    }

    [TestMethod]
    public void WhatTakesThePlaceOfSomethingGivenAwayIsNotGivenAway()
    {
        var bench = new ServingBench();
        bench.Start();
        bench.Rtcr.Place = 1;
        bench.Rtcr.Start("lender", "lender");
        bench.Rtcr.Run(150);

        // A Timer session is no signal context: wrong object while it lives, invalid capability afterwards.
        Assert.IsTrue(bench.Board.Logged("keeper says " + (int)Error.WrongObject));
        bench.Rtcr.Place = 0;
        byte[] image = bench.Checkpoint();
        bench.Rtcr.Run(300);
        Assert.AreEqual(3, bench.Board.CountLogged("keeper says " + (int)Error.InvalidCapability));
        bench.Return(image);
        bench.Rtcr.Run(200);
        Assert.AreEqual(6, bench.Board.CountLogged("keeper says " + (int)Error.InvalidCapability));
        Assert.AreEqual(1, bench.Board.CountLogged("keeper says " + (int)Error.WrongObject));
    }

    [TestMethod]
    public void BothMayLeaveOneAfterTheOther()
    {
        // The server has gone when the client's image is taken.
        ServingBench bench = WithGuest();
        byte[][] images = new byte[2][];
        bench.Rtcr.Place = 1;
        bench.Rtcr.Hold();
        bench.Rtcr.Place = 0;
        images[0] = bench.Checkpoint();
        Leave(bench, ServingBench.Server);
        bench.Rtcr.Place = 1;
        images[1] = bench.Checkpoint();
        Leave(bench, "guest");
        for (int first = 0; first < 2; first++)
        {
            RestoreBoth(images, first);
        }

        // Or the client.
        bench = WithGuest();
        bench.Rtcr.Place = 1;
        images[1] = bench.Checkpoint();
        Leave(bench, "guest");
        bench.Rtcr.Place = 0;
        images[0] = bench.Checkpoint();
        Assert.AreEqual(0, bench.Board.CountLogged("closed"));
        Leave(bench, ServingBench.Server);
        for (int first = 0; first < 2; first++)
        {
            RestoreBoth(images, first);
        }
    }

    [TestMethod]
    public void WhoWaitsForAServerThatGoesOnElsewhereIsTold()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Later, 1);
        bench.Rtcr.Stop((int)TargetEnd.Returns);
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Add, 1));
        bench.Rtcr.Do(env => bench.Rtcr.Rtcr.Withdraw(ServingBench.Server, true));
        Assert.AreEqual("2 server gone 0;1 server gone 0;", bench.Alice.TakeAnswers());

        // Of a target that is here nothing is withdrawn.
        bench = ServingBench.Served();
        bench.Rtcr.Do(env => bench.Rtcr.Rtcr.Withdraw(ServingBench.Server, false));
        Assert.AreEqual("1 ok 1;", bench.Ask(bench.Alice, Keeper.Add, 1));
    }

    /// <summary>An image of a server whose first client has a sum of 5.</summary>
    private static byte[] WithFive(bool closes)
    {
        ServingBench bench = ServingBench.Served();
        bench.Rtcr.Do(env => bench.Rtcr.Rtcr.ConfigureServing(0, closes, new TargetRoute()));
        bench.Ask(bench.Alice, Keeper.Add, 5);
        return bench.Checkpoint();
    }

    private static ServingBench WithGuest()
    {
        var bench = new ServingBench();
        bench.Start();
        bench.Rtcr.Place = 1;
        bench.Rtcr.Start("guest", "guest");
        bench.Rtcr.Run(450);
        bench.Rtcr.Place = 0;
        return bench;
    }

    /// <summary>Images of both at one moment.</summary>
    private static byte[][] CheckpointBoth(ServingBench bench)
    {
        var images = new byte[2][];
        bench.Rtcr.Do(env =>
        {
            bench.Rtcr.Place = 0;
            images[0] = bench.Rtcr.CheckpointHere(env);
            bench.Rtcr.Place = 1;
            images[1] = bench.Rtcr.CheckpointHere(env);
        });
        return images;
    }

    private static void Migrate(bool serverFirst)
    {
        ServingBench bench = WithGuest();
        RestoreBoth(CheckpointBoth(bench), serverFirst ? 0 : 1);
    }

    /// <summary>A target goes to another board.</summary>
    private static void Leave(ServingBench bench, string name)
    {
        bench.Rtcr.Stop((int)TargetEnd.Returns);
        bench.Rtcr.Do(env => bench.Rtcr.Rtcr.Withdraw(name, true));
    }

    private static void RestoreBoth(byte[][] images, int first)
    {
        var other = new ServingBench();
        other.Rtcr.Place = first;
        Expect.Ok(other.Rtcr.Restore(images[first]));
        other.Rtcr.Run(20);
        other.Rtcr.Place = 1 - first;
        Expect.Ok(other.Rtcr.Restore(images[1 - first]));
        other.Rtcr.Run(1000);
        Judge(other, "right 11 is 14");
        Assert.AreEqual(0, other.Board.CountLogged("opened"));
    }

    private static void Judge(ServingBench bench, string expected)
    {
        string console = bench.Rtcr.Console("guest", 0) + bench.Rtcr.Console("keeper", 0);
        Assert.IsTrue(bench.Board.Logged(expected), console);
        Assert.IsFalse(bench.Board.Logged("broken"), console);
        Assert.IsFalse(bench.Board.Logged("rror"), console);
    }
}
