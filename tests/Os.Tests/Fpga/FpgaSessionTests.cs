// Who may have a session and how much; what is left of it when it ends: nothing.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class FpgaSessionTests
{
    private const int Page = 4096;

    [TestMethod]
    public void APolicyDecidesWhoGetsHowMuch()
    {
        var bench = new EngineBench();
        bench.A.Wanted = 5000;
        bench.B.Wanted = 64 * 1024 + 1;
        bench.Boot();
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(8192, bench.A.Words[2]);
        Assert.AreEqual(0, bench.B.Session);
        Assert.AreEqual((int)Error.NotPermitted, (int)bench.B.Outcome);
    }

    [TestMethod]
    public void WithoutAPolicyThereIsNoSession()
    {
        var bench = new EngineBench();
        bench.Boot("<config><policy label_prefix=\"b\" memory=\"4K\"/></config>");
        Assert.AreEqual((int)Error.NotPermitted, (int)bench.A.Outcome);
        bench.Ok(bench.B, session => session.Info());
        Assert.AreEqual(4096, bench.B.Words[2]);
    }

    [TestMethod]
    public void WhenTheMemoryIsGivenOutSessionsAreRefused()
    {
        var bench = new EngineBench();
        bench.Boot("<config memory=\"128K\">" + EngineBench.Policies + "</config>");
        Assert.AreEqual(0, bench.B.Session);
        Assert.AreEqual((int)Error.Full, (int)bench.B.Outcome);
        bench.Do(bench.A, env => env.Close(bench.A.Session));
        bench.Do(bench.B, bench.B.Open);
        Assert.AreNotEqual(0, bench.B.Session, bench.Board.Log());
    }

    [TestMethod]
    public void ThereAreNoMoreSessionsThanDeclared()
    {
        var bench = new EngineBench();
        bench.A.Wanted = Page;
        bench.Boot();
        for (int i = 2; i < CopyEngineServer.MaxSessions; i++)
        {
            bench.Do(bench.A, bench.A.Open);
            Tern.Tests.Expect.Ok(bench.A.Outcome);
        }

        bench.Do(bench.A, bench.A.Open);
        Assert.AreEqual((int)Error.TableFull, (int)bench.A.Outcome);
    }

    [TestMethod]
    public void WhatASessionLeavesNobodySees()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Write(bench.A, 1);
        bench.Ok(bench.A, session => session.Write(0, 0, 32768));
        bench.Ok(bench.A, session => session.Bank(65536, Page));
        int bank = bench.A.Capability;
        int at = 0;
        bench.Do(bench.A, env =>
        {
            at = env.Attach(bank);
            env.Memory.WriteInt32(at, 99);
        });
        bench.Do(bench.A, env => env.Close(bench.A.Session));
        bool faults = false;
        bench.Do(bench.A, env => faults = PagingClient.Faults(env, at, false));
        Assert.IsTrue(faults, "the bank outlives its session");

        bench.Do(bench.A, bench.A.Open);
        bench.Prepare(bench.A);
        for (int i = 0; i < 128 * 1024; i++)
        {
            Assert.AreEqual((byte)0, bench.Fpga.Memory[i]);
        }

        // Nor do its regions go on.
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(4, bench.A.Words[4]);
    }

    [TestMethod]
    public void JobsOfASessionThatHasEndedHarmNobody()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Write(bench.A, 1);
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Write(0, 0, 32768));
        bench.Ok(bench.A, session => session.Copy(0, 65536, 32768));
        bench.Do(bench.A, env => env.Close(bench.A.Session));
        bench.Fpga.Holds = false;
        bench.Fpga.Release(16);
        bench.Board.Run(20);
        Assert.AreEqual("FFW", bench.Fpga.Done);
        bench.Do(bench.A, bench.A.Open);
        bench.Prepare(bench.A);
        for (int i = 0; i < 128 * 1024; i++)
        {
            Assert.AreEqual((byte)0, bench.Fpga.Memory[i]);
        }

        for (int i = 0; i < 40; i++)
        {
            bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
            Assert.AreEqual((i + 1).ToString() + ":ok ", bench.Collect(bench.A));
        }
    }

    [TestMethod]
    public void ASessionsEndGivesItsRegionsBack()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Write(bench.B, 1);
        for (int i = 0; i < 3; i++)
        {
            int region = i;
            bench.Ok(bench.A, session => session.Intercept(region, 8 * Page * region, (8 * Page * region) + (4 * Page), Page, 8));
        }

        bench.Ok(bench.B, session => session.Intercept(0, 0, Page, Page, 8));
        bench.Ok(bench.B, session => session.Info());
        Assert.AreEqual(0, bench.B.Words[4]);
        Assert.AreEqual((int)Error.Full, (int)bench.Ask(bench.B, session => session.Intercept(1, 4 * Page, 5 * Page, Page, 8)));
        bench.Do(bench.A, env => env.Close(bench.A.Session));
        bench.Ok(bench.B, session => session.Info());
        Assert.AreEqual(3, bench.B.Words[4]);
        bench.Ok(bench.B, session => session.Intercept(1, 4 * Page, 5 * Page, Page, 8));
    }

    [TestMethod]
    public void RegionsAreCheckedAsTheyAreSaid()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Intercept(0, 0, 16 * Page, 4 * Page, 12));
        Bad(bench, 4, 8 * Page, 12 * Page, Page, 8);
        Bad(bench, -1, 8 * Page, 12 * Page, Page, 8);
        Bad(bench, 1, 8 * Page, 12 * Page, Page, 7);
        Bad(bench, 1, 8 * Page, 12 * Page, Page, 17);
        Bad(bench, 1, 8 * Page, 12 * Page, Page, 13);
        Bad(bench, 1, 9 * Page, 12 * Page, 2 * Page, 13);
        Bad(bench, 1, (8 * Page) + 1, 12 * Page, Page, 8);
        Bad(bench, 1, 8 * Page, (12 * Page) + 256, Page, 8);
        Bad(bench, 1, 8 * Page, 12 * Page, Page + 256, 8);
        Bad(bench, 1, 8 * Page, 31 * Page, 2 * Page, 8);
        Bad(bench, 1, 32 * Page, 8 * Page, Page, 8);
        Bad(bench, 1, 8 * Page, 8 * Page, Page, 8);
        Bad(bench, 1, 3 * Page, 8 * Page, Page, 8);
        Bad(bench, 1, 8 * Page, 19 * Page, Page, 8);
        Bad(bench, 1, 19 * Page, 8 * Page, Page, 8);
        bench.Ok(bench.A, session => session.Intercept(1, 8 * Page, 12 * Page, Page, 8));
        bench.Ok(bench.A, session => session.Intercept(1, 9 * Page, 12 * Page, Page, 8));
        Tern.Tests.Expect.Ok(bench.Ask(bench.A, session => session.EndIntercept(1)));
        Tern.Tests.Expect.Ok(bench.Ask(bench.A, session => session.EndIntercept(1)));
    }

    [TestMethod]
    public void ABankShowsNoRedundantPart()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Intercept(0, 0, 4 * Page, Page, 8));
        Assert.AreEqual((int)Error.Exists, (int)bench.Ask(bench.A, session => session.Bank(3 * Page, 2 * Page)));
        bench.Ok(bench.A, session => session.Bank(0, 2 * Page));
        Assert.AreEqual((int)Error.Exists, (int)bench.Ask(bench.A, session => session.Intercept(1, 8 * Page, Page, Page, 8)));
    }

    [TestMethod]
    public void WhatIsNoBankCannotBeFreed()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.B, session => session.Bank(0, Page));
        int bank = bench.B.Capability;
        Assert.AreEqual((int)Error.InvalidCapability, (int)bench.Ask(bench.B, session => session.FreeBank(bench.B.BufferDataspace)));
        Tern.Tests.Expect.Ok(bench.Ask(bench.B, session => session.FreeBank(bank)));
    }

    [TestMethod]
    public void ThereAreNoMoreBanksThanDeclared()
    {
        EngineBench bench = new EngineBench().Ready();
        for (int i = 0; i < Banks.MostOfSession; i++)
        {
            int address = i * Page;
            bench.Ok(bench.A, session => session.Bank(address, Page));
        }

        Assert.AreEqual((int)Error.TableFull, (int)bench.Ask(bench.A, session => session.Bank(30 * Page, Page)));
        bench.Ok(bench.B, session => session.Bank(0, Page));
        bench.Do(bench.A, env => env.Close(bench.A.Session));
        for (int i = 1; i < 16; i++)
        {
            int address = i * Page;
            bench.Ok(bench.B, session => session.Bank(address, Page));
        }
    }

    private static void Bad(EngineBench bench, int region, int primary, int redundant, int size, int granularity)
        => Assert.AreEqual((int)Error.BadArgument, (int)bench.Ask(bench.A, session => session.Intercept(region, primary, redundant, size, granularity)));
}
