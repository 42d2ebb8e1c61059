// What a server and its clients may use up, table by table: a named error for whoever asks too much, the others go on, and
// nothing is left when all is over.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class ServingLimitTests
{
    [TestMethod]
    public void AServiceWithoutRoomForItIsNotAnnounced()
    {
        var bench = new ServingBench(StateBench.Board(), limits => limits.Exports = 0);
        bench.Start();
        Assert.IsTrue(bench.Board.Logged("announced: kernel table full"));
    }

    [TestMethod]
    public void OneSessionMoreThanTheTableHolds()
    {
        var bench = new ServingBench(StateBench.Board(), limits => limits.Exports = 2);
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        bench.Open(bench.Bob, "", 0);
        Assert.AreEqual(ServingBench.Opened + " ok 0;", bench.Alice.TakeAnswers());
        Assert.AreEqual(ServingBench.Opened + " kernel table full 0;", bench.Bob.TakeAnswers());
        Assert.AreEqual("4 kernel table full 0;", bench.Ask(bench.Alice, Keeper.Make, 0));
        bench.Return(bench.Checkpoint());
        Assert.AreEqual("1 ok 2;", bench.Ask(bench.Alice, Keeper.Add, 2));

        bench.Do(bench.Alice, env => Expect.Ok(env.Close(bench.Alice.Got(ServingBench.Opened))));
        bench.Open(bench.Bob, "", 0);
        Assert.AreEqual(ServingBench.Opened + " ok 0;", bench.Bob.TakeAnswers());
    }

    [TestMethod]
    public void OneRequestMoreThanWaitAtTargets()
    {
        var bench = new ServingBench(StateBench.Board(), limits => limits.Inbound = 2);
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        bench.Open(bench.Bob, "", 0);
        bench.Bob.TakeAnswers();
        bench.Alice.TakeAnswers();
        bench.Ask(bench.Alice, Keeper.Later, 1);
        Assert.AreEqual("1 ok 5;", bench.Ask(bench.Bob, Keeper.Add, 5));
        bench.Ask(bench.Bob, Keeper.Later, 1);
        Assert.AreEqual("1 kernel table full 0;", bench.Ask(bench.Bob, Keeper.Add, 5));
        bench.Rtcr.Stop();
        Assert.AreEqual("2 server gone 0;", bench.Alice.TakeAnswers());
    }

    [TestMethod]
    public void OneCapabilityMoreThanRtcrHolds()
    {
        var bench = new ServingBench(StateBench.Board(), limits => limits.Foreign = 1);
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        bench.Alice.TakeAnswers();
        int session = bench.Alice.Got(ServingBench.Opened);
        Assert.AreEqual("6 ok 1;", bench.Ask(bench.Alice, session, Keeper.Give, 0, bench.Alice.Signal));
        Assert.AreEqual("6 kernel table full 0;", bench.Ask(bench.Alice, session, Keeper.Give, 0, bench.Alice.Gate));
        Assert.AreEqual("8 ok 0;", bench.Ask(bench.Alice, Keeper.Forget, 0));
        bench.Checkpoint();
        Assert.AreEqual("6 ok 1;", bench.Ask(bench.Alice, session, Keeper.Give, 0, bench.Alice.Gate));
    }

    [TestMethod]
    public void OneObjectMoreThanATargetMayName()
    {
        // A target that serves a session names 11 objects.
        var bench = new ServingBench(StateBench.Board(), limits => limits.Objects = 11);
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        bench.Alice.TakeAnswers();
        int session = bench.Alice.Got(ServingBench.Opened);
        Assert.AreEqual("6 kernel table full 0;", bench.Ask(bench.Alice, session, Keeper.Give, 0, bench.Alice.Signal));
        Assert.AreEqual("1 ok 1;", bench.Ask(bench.Alice, Keeper.Add, 1));
        bench.Return(bench.Checkpoint());
        Assert.AreEqual("1 ok 2;", bench.Ask(bench.Alice, Keeper.Add, 1));
    }

    [TestMethod]
    public void WhatWaitsForAnotherTargetIsBounded()
    {
        var bench = new ServingBench(StateBench.Board(), limits => limits.Late = 1);
        bench.Start();
        bench.Rtcr.Place = 1;
        bench.Rtcr.Start("guest", "guest");
        bench.Rtcr.Run(250);
        byte[] guest = bench.Rtcr.Checkpoint();
        bench.Rtcr.Place = 0;
        byte[] image = bench.Checkpoint();
        bench.Return(image);
        Assert.IsTrue(bench.Board.Logged("guest does not get back all that it has of keeper: kernel table full"));
        Assert.IsTrue(bench.Rtcr.Rtcr.IsAlive(0));

        // A guest that is restored first is not restored in part.
        var other = new ServingBench(StateBench.Board(), limits => limits.Late = 1);
        Quota before = other.Rtcr.Quota();
        Expect.Error(Error.TableFull, other.Rtcr.Restore(guest));
        Assert.AreEqual(before.CapUsed, other.Rtcr.Quota().CapUsed);
        Assert.AreEqual(before.RamQuota, other.Rtcr.Quota().RamQuota);
    }

    [TestMethod]
    public void AKernelWithoutRoomForRequestsIsNamedToTheClient()
    {
        TestBoard board = StateBench.Board();
        board.Profile.MaxRequestsPerTask = 2;
        var bench = new ServingBench(board);
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        bench.Open(bench.Bob, "", 0);
        bench.Bob.TakeAnswers();
        bench.Alice.TakeAnswers();
        bench.Rtcr.Hold();
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Add, 1));
        Assert.AreEqual("", bench.Ask(bench.Bob, Keeper.Add, 3));
        Assert.AreEqual("1 kernel table full 0;", bench.Ask(bench.Alice, Keeper.Add, 1));

        // An end of a session is not lost for that.
        bench.Do(bench.Bob, env => Expect.Ok(env.Close(bench.Bob.Got(ServingBench.Opened))));
        bench.Rtcr.Release();
        Assert.AreEqual("1 ok 1;", bench.Alice.TakeAnswers());
        Assert.AreEqual(1, bench.Board.CountLogged("closed with 3"));
    }

    [TestMethod]
    public void WhereverCapabilitiesRunOutSomebodyIsToldAndNothingIsLeft()
    {
        byte[] image = ImageOfMuch();
        int restored = 0;
        for (int caps = 124; caps < 180; caps++)
        {
            var bench = new ServingBench(StateBench.Board(), null, caps);
            Quota before = bench.Rtcr.Quota();
            Error error = bench.Rtcr.TryStart(ServingBench.Server, ServingBench.Server, 64 * 1024, 40, "");
            if (error == Error.None)
            {
                bench.Open(bench.Alice, "", 0);
                bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Give, 0, bench.Alice.Signal);
                bench.Ask(bench.Alice, Keeper.Make, 0);
                bench.Ask(bench.Alice, Keeper.Later, 0);
                bench.Rtcr.Stop();
            }

            Assert.IsTrue(error == Error.None || error == Error.OutOfCaps, Errors.Name(error));
            error = bench.Rtcr.Restore(image);
            Assert.IsTrue(error == Error.None || error == Error.OutOfCaps, Errors.Name(error) + " with " + caps);
            restored += error == Error.None ? 1 : 0;
            bench.Rtcr.Stop();
            Assert.IsTrue(bench.Rtcr.Quota().CapUsed <= before.CapUsed + 1, "with " + caps);
            Assert.AreEqual(before.CapQuota, bench.Rtcr.Quota().CapQuota, "with " + caps);
        }

        Assert.IsTrue(restored > 0 && restored < 50, restored + " restored");
    }

    /// <summary>An image of a server with sessions, objects, what clients gave, and requests that are queued and kept.</summary>
    public static byte[] ImageOfMuch()
    {
        ServingBench bench = ServingBench.Served();
        bench.Open(bench.Bob, "second", 3);
        bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Give, 0, bench.Alice.Signal);
        bench.Ask(bench.Alice, Keeper.Make, 0);
        bench.Ask(bench.Bob, Keeper.Make, 0);
        bench.Ask(bench.Alice, Keeper.Later, 5);
        bench.Rtcr.Hold();
        bench.Ask(bench.Bob, bench.Bob.Got(Keeper.Make), Keeper.Give, 9, bench.Bob.Gate);
        bench.Ask(bench.Bob, bench.Bob.Got(ServingBench.Opened), Keeper.Peek, 9, bench.Bob.Got(Keeper.Make));
        return bench.Checkpoint();
    }
}
