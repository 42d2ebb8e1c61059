// Targets that serve clients outside: what a client has stays good while its server is checkpointed and restored here.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class ServingTests
{
    [TestMethod]
    public void AClientOutsideIsServedThroughAGateOfRtcrs()
    {
        ServingBench bench = ServingBench.Served();
        Assert.IsTrue(bench.Board.Logged("opened alice with 0"));
        Assert.AreEqual("1 ok 5;", bench.Ask(bench.Alice, Keeper.Add, 5));
        Assert.AreEqual("1 ok 8;", bench.Ask(bench.Alice, Keeper.Add, 3));
        bench.Open(bench.Bob, "b", 12);
        Assert.IsTrue(bench.Board.Logged("opened bob -> b with 12"));
        bench.Bob.TakeAnswers();
        Assert.AreEqual("1 ok 1;", bench.Ask(bench.Bob, Keeper.Add, 1));
        Assert.AreEqual("99 unknown opcode 0;", bench.Ask(bench.Alice, 99, 1));

        // The server knows its own session, when it comes back to it.
        Assert.AreEqual("9 ok 8;", bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Peek, 0, bench.Alice.Got(ServingBench.Opened)));
        Assert.AreEqual("9 ok -1;", bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Peek, 0, bench.Alice.Gate));
    }

    [TestMethod]
    public void DonationsStayWithRtcrUntilTheSessionEnds()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Add, 5);
        byte[] image = bench.Checkpoint();
        Quota before = bench.Rtcr.Quota();
        bench.Do(bench.Alice, env => Expect.Ok(env.Upgrade(bench.Alice.Got(ServingBench.Opened), 4096, 3, 50)));
        Assert.AreEqual("50 ok 0;", bench.Alice.TakeAnswers());
        Assert.AreEqual(before.RamQuota + 4096, bench.Rtcr.Quota().RamQuota);
        Assert.AreEqual(before.CapQuota + 3, bench.Rtcr.Quota().CapQuota);
        Assert.AreEqual(image.Length, bench.Checkpoint().Length);
        bench.Return(image);
        bench.Do(bench.Alice, env => Expect.Ok(env.Close(bench.Alice.Got(ServingBench.Opened))));
        Assert.IsTrue(bench.Board.Logged("closed with 5"));
        Assert.AreEqual(before.RamQuota, bench.Rtcr.Quota().RamQuota);
        Assert.AreEqual(before.CapQuota, bench.Rtcr.Quota().CapQuota);
    }

    [TestMethod]
    public void AServerRefusesASession()
    {
        var bench = new ServingBench();
        bench.Start();
        Quota before = bench.Rtcr.Quota();
        bench.Open(bench.Alice, "", 99);
        Assert.AreEqual(ServingBench.Opened + " service denied 0;", bench.Alice.TakeAnswers());
        Assert.AreEqual(before.CapUsed, bench.Rtcr.Quota().CapUsed);
    }

    [TestMethod]
    public void AClientKeepsItsSessionWhenItsServerIsRestored()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Add, 5);
        byte[] image = bench.Checkpoint();
        Assert.AreEqual("1 ok 6;", bench.Ask(bench.Alice, Keeper.Add, 1));
        for (int i = 0; i < 3; i++)
        {
            bench.Return(image);
            Assert.AreEqual("1 ok 7;", bench.Ask(bench.Alice, Keeper.Add, 2), "life " + i);
        }

        Assert.AreEqual(1, bench.Board.CountLogged("opened"));
    }

    [TestMethod]
    public void ARequestWaitsWhileItsServerIsAway()
    {
        ServingBench bench = ServingBench.Served();
        byte[] image = bench.Checkpoint();
        bench.Rtcr.Stop((int)TargetEnd.Returns);
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Add, 5));
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Add, 6));
        bench.Open(bench.Bob, "", 0);
        Assert.AreEqual("", bench.Bob.TakeAnswers());

        Expect.Ok(bench.Rtcr.Restore(image));
        Assert.AreEqual("1 ok 5;1 ok 11;", bench.Alice.TakeAnswers());
        Assert.AreEqual(ServingBench.Opened + " ok 0;", bench.Bob.TakeAnswers());
        Assert.AreEqual("1 ok 1;", bench.Ask(bench.Bob, Keeper.Add, 1));
    }

    [TestMethod]
    public void ARequestThatTheServerKeepsIsAnsweredByItsNextLife()
    {
        ServingBench bench = ServingBench.Served();
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Later, 5));
        byte[] image = bench.Checkpoint();
        bench.Return(image);
        Assert.AreEqual("2 ok 5;3 ok 5;", bench.Ask(bench.Alice, Keeper.Release, 0));

        // Nobody waits for the answer any more in the life after that.
        bench.Return(image);
        Assert.AreEqual("3 ok 5;", bench.Ask(bench.Alice, Keeper.Release, 0));
    }

    [TestMethod]
    public void ARequestThatTheImageDoesNotKnowIsAskedAgain()
    {
        ServingBench bench = ServingBench.Served();
        byte[] image = bench.Checkpoint();
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Later, 5));
        bench.Return(image);
        Assert.AreEqual("", bench.Alice.TakeAnswers());
        Assert.AreEqual("2 ok 5;3 ok 5;", bench.Ask(bench.Alice, Keeper.Release, 0));
    }

    [TestMethod]
    public void RequestsThatAFaultEndsWaitForWhatBecomesOfTheServer()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Add, 1);
        Assert.AreEqual("", bench.Ask(bench.Alice, Keeper.Later, 5));
        bench.Do(bench.Alice, env =>
        {
            ServingBench.Send(env, bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Add, 10, 0);
            ServingBench.Send(env, bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Fault, 0, 0);
        });

        // What it did not answer waits for what becomes of it, the request that made it fault too.
        Assert.AreEqual("1 ok 16;", bench.Alice.TakeAnswers());
        bench.Rtcr.Stop((int)TargetEnd.Stops);
        Assert.AreEqual("2 server gone 0;12 server gone 0;", bench.Alice.TakeAnswers());
    }

    [TestMethod]
    public void AnRpcObjectStaysWithItsClient()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Make, 0);
        int made = bench.Alice.Got(Keeper.Make);
        Assert.AreEqual("1 ok 3;", bench.Ask(bench.Alice, made, Keeper.Add, 3, 0));
        byte[] image = bench.Checkpoint();
        bench.Ask(bench.Alice, Keeper.Make, 0);
        int later = bench.Alice.Got(Keeper.Make);
        bench.Ask(bench.Alice, later, Keeper.Add, 100, 0);
        bench.Return(image);
        Assert.AreEqual("1 ok 4;", bench.Ask(bench.Alice, made, Keeper.Add, 1, 0));

        // What the image did not know has ended.
        Assert.AreEqual("", bench.Ask(bench.Alice, later, Keeper.Add, 1, 0));
        Assert.IsTrue(bench.Board.Logged("refused: invalid capability"));

        // An object that its server ends has ended for its client.
        Assert.AreEqual("5 ok 0;", bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Drop, 0, made));
        bench.Ask(bench.Alice, made, Keeper.Add, 1, 0);
        Assert.AreEqual(2, bench.Board.CountLogged("refused: invalid capability"));
    }

    [TestMethod]
    public void ASessionThatTheImageDoesNotKnowIsOpenedAgain()
    {
        var bench = new ServingBench();
        bench.Start();
        byte[] image = bench.Checkpoint();
        bench.Open(bench.Alice, "x", 7);
        bench.Alice.TakeAnswers();
        bench.Ask(bench.Alice, Keeper.Add, 5);
        bench.Return(image);
        Assert.AreEqual(2, bench.Board.CountLogged("opened alice -> x with 7"));
        Assert.AreEqual("1 ok 1;", bench.Ask(bench.Alice, Keeper.Add, 1));
    }

    [TestMethod]
    public void AClosedSessionIsClosedAtItsServer()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Add, 5);
        byte[] image = bench.Checkpoint();
        bench.Do(bench.Alice, env => Expect.Ok(env.Close(bench.Alice.Got(ServingBench.Opened))));
        Assert.AreEqual(1, bench.Board.CountLogged("closed with 5"));

        // The image still has it: nobody does here.
        bench.Return(image);
        Assert.AreEqual(2, bench.Board.CountLogged("closed with 5"));
        bench.Open(bench.Alice, "", 0);
        bench.Alice.TakeAnswers();
        Assert.AreEqual("1 ok 1;", bench.Ask(bench.Alice, Keeper.Add, 1));
    }

    [TestMethod]
    public void ASessionThatIsClosedWhileItsServerIsAwayIsClosedWhenItIsBack()
    {
        ServingBench bench = ServingBench.Served();
        bench.Ask(bench.Alice, Keeper.Add, 5);
        byte[] image = bench.Checkpoint();
        bench.Rtcr.Stop((int)TargetEnd.Returns);
        bench.Do(bench.Alice, env => Expect.Ok(env.Close(bench.Alice.Got(ServingBench.Opened))));
        Assert.AreEqual(0, bench.Board.CountLogged("closed"));
        Expect.Ok(bench.Rtcr.Restore(image));
        Assert.AreEqual(1, bench.Board.CountLogged("closed with 5"));
    }

    [TestMethod]
    public void WhatAClientGaveComesBackWhileItLives()
    {
        ServingBench bench = ServingBench.Served();
        int session = bench.Alice.Got(ServingBench.Opened);
        Assert.AreEqual("6 ok 1;", bench.Ask(bench.Alice, session, Keeper.Give, 0, bench.Alice.Signal));
        Assert.AreEqual("7 ok 0;", bench.Ask(bench.Alice, Keeper.Notify, 0));
        Assert.AreEqual(1, bench.Alice.Signals);
        byte[] image = bench.Checkpoint();
        bench.Return(image);
        Assert.AreEqual("7 ok 0;", bench.Ask(bench.Alice, Keeper.Notify, 0));
        Assert.AreEqual(2, bench.Alice.Signals);
        Assert.AreEqual("10 ok 0;", bench.Ask(bench.Alice, Keeper.GiveBack, 0));

        // When it ends, the server has a selector that names nothing, also after a restore.
        bench.Do(bench.Alice, env => new PdSession(env, Selectors.Pd).FreeSignal(bench.Alice.Signal));
        Assert.AreEqual("7 ok 1;", bench.Ask(bench.Alice, Keeper.Notify, 0));
        bench.Return(image);
        Assert.AreEqual("7 ok 1;", bench.Ask(bench.Alice, Keeper.Notify, 0));
        Assert.AreEqual(2, bench.Alice.Signals);
    }

    [TestMethod]
    public void WhatTheServerGivesUpRtcrGivesUp()
    {
        ServingBench bench = ServingBench.Served();
        int session = bench.Alice.Got(ServingBench.Opened);
        int before = bench.Rtcr.Quota().CapUsed;
        for (int i = 0; i < 100; i++)
        {
            bench.Ask(bench.Alice, session, Keeper.Give, 0, bench.Alice.Signal);
            Assert.AreEqual(before + 1, bench.Rtcr.Quota().CapUsed);
            bench.Ask(bench.Alice, Keeper.Forget, 0);
            bench.Checkpoint();
            Assert.AreEqual(before, bench.Rtcr.Quota().CapUsed);
        }
    }

    [TestMethod]
    public void TheEndOfAServerReturnsAllButItsRoot()
    {
        ServingBench bench = ServingBench.Served();
        bench.Rtcr.Stop();
        Quota before = bench.Rtcr.Quota();
        for (int i = 0; i < 3; i++)
        {
            bench.Start();
            bench.Open(bench.Alice, "", 0);
            bench.Ask(bench.Alice, bench.Alice.Got(ServingBench.Opened), Keeper.Give, 0, bench.Alice.Gate);
            bench.Ask(bench.Alice, Keeper.Make, 0);
            bench.Ask(bench.Alice, Keeper.Later, 0);
            byte[] image = bench.Checkpoint();
            bench.Return(image);
            bench.Alice.TakeAnswers();
            bench.Rtcr.Stop();
            Assert.AreEqual("2 server gone 0;", bench.Alice.TakeAnswers());
            Quota after = bench.Rtcr.Quota();
            Assert.AreEqual(before.CapUsed, after.CapUsed);
            Assert.AreEqual(before.CapQuota, after.CapQuota);
            Assert.AreEqual(before.RamUsed, after.RamUsed);
            Assert.AreEqual(before.RamQuota, after.RamQuota);

            // Nobody serves now.
            bench.Open(bench.Bob, "", 0);
            Assert.AreEqual(ServingBench.Opened + " service denied 0;", bench.Bob.TakeAnswers());
        }
    }
}
