// The co-processor absent, pulled, reset, silent or talking nonsense: errors are named, nothing hangs, and it is found again.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class FpgaLossTests
{
    private const int Page = 4096;

    [TestMethod]
    public void WithoutACoProcessorSessionsOpenAndSayThatItIsAbsent()
    {
        var bench = new EngineBench();
        bench.Fpga.IsUnplugged = true;
        bench.Boot();
        bench.Prepare(bench.A);
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Absent, bench.A.Words[0]);
        Assert.AreEqual(0, bench.A.Words[1]);
        Assert.AreEqual(128 * 1024, bench.A.Words[2]);
        Assert.AreEqual((int)Error.Unreachable, (int)bench.Ask(bench.A, session => session.Copy(0, 4096, 100)));
        Assert.AreEqual((int)Error.Unreachable, (int)bench.Ask(bench.A, session => session.Bank(0, Page)));
        bench.Board.ExpectLine("[init -> fpga_drv] Warning: no co-processor; looking for it");
    }

    [TestMethod]
    public void ItIsLookedForWithAPauseThatGrowsToASecond()
    {
        var bench = new EngineBench();
        bench.Fpga.IsUnplugged = true;
        bench.Boot();
        bench.Board.Run(2500);
        int before = bench.Fpga.Selections;
        bench.Board.Run(4000);
        int looks = (bench.Fpga.Selections - before) / SpiLink.MostPolls;
        Assert.AreEqual(4, looks);
        Assert.AreEqual(1, bench.Board.CountLogged("no co-processor"));
    }

    [TestMethod]
    public void WhenItComesSessionsBecomeReadyAndAreEmpty()
    {
        var bench = new EngineBench();
        bench.Fpga.IsUnplugged = true;
        bench.Boot();
        bench.Prepare(bench.A);
        for (int i = 0; i < FakeFpga.Size; i++)
        {
            bench.Fpga.Memory[i] = 0x5a;
        }

        bench.Fpga.IsUnplugged = false;
        bench.Board.Run(1100);
        Assert.AreEqual(1, bench.A.News);
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Ready, bench.A.Words[0]);
        Assert.AreEqual(1, bench.A.Words[1]);
        Assert.AreEqual((byte)0, bench.Fpga.Memory[128 * 1024 - 1]);
    }

    [TestMethod]
    public void AReplyThatIsHeldIsNoSilence()
    {
        // The co-processor holds a page until the next command: whoever polls has to take the whole of it.
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Bank(0, Page));
        int bank = bench.A.Capability;
        bench.Fpga.LostInterrupts = 1;
        bench.Do(bench.A, env => env.Memory.ReadInt32(env.Attach(bank)));
        bench.Board.Run(5000);
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Ready, bench.A.Words[0]);
        Assert.AreEqual(1, bench.A.Words[1]);
    }

    [TestMethod]
    public void PulledInTheMiddleJobsEndAsGone()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Ok(bench.A, session => session.Write(0, 0, 12288));
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Fpga.IsUnplugged = true;
        bench.Board.Run(20);
        Assert.AreEqual("1:server gone 2:server gone 3:server gone ", bench.Collect(bench.A));
        Assert.AreEqual((int)Error.Unreachable, (int)bench.Ask(bench.A, session => session.Copy(0, 4096, 100)));
        Assert.AreEqual((int)Error.Unreachable, (int)bench.Ask(bench.A, session => session.Intercept(0, 0, Page, Page, 8)));
        bench.Ok(bench.B, session => session.Info());
        Assert.AreEqual(CopyEngineState.Absent, bench.B.Words[0]);
    }

    [TestMethod]
    public void ALossIsNoticedThoughNobodyAsks()
    {
        EngineBench bench = new EngineBench().Ready();
        int news = bench.A.News;
        bench.Fpga.IsUnplugged = true;
        bench.Board.Run(1100);
        Assert.AreEqual(news + 1, bench.A.News);
    }

    [TestMethod]
    public void AResetIsALossOfWhatItHeld()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Fpga.Reset();
        bench.Fpga.Holds = false;
        bench.Board.Run(200);
        Assert.AreEqual("1:server gone ", bench.Collect(bench.A));
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Ready, bench.A.Words[0]);
        Assert.AreEqual(2, bench.A.Words[1]);
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("2:ok ", bench.Collect(bench.A));
    }

    [TestMethod]
    public void JobsThatWereNotCollectedSurviveALossAndAReturn()
    {
        EngineBench bench = new EngineBench().Ready();
        for (int i = 0; i < 16; i++)
        {
            bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        }

        bench.Fpga.Reset();
        bench.Board.Run(2000);
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Ready, bench.A.Words[0]);
        Assert.AreEqual(2, bench.A.Words[1]);
        string collected = bench.Collect(bench.A);
        Assert.IsTrue(collected.Length == (9 * 5) + (7 * 6), collected);
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("17:ok ", bench.Collect(bench.A));
    }

    [TestMethod]
    public void BanksBreakAndNewOnesCanBeMade()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Bank(0, Page));
        int bank = bench.A.Capability;
        int at = 0;
        bench.Do(bench.A, env =>
        {
            at = env.Attach(bank);
            env.Memory.WriteInt32(at, 5);
        });
        bench.Fpga.Reset();
        bench.Board.Run(2000);
        bool faults = false;
        bench.Do(bench.A, env => faults = PagingClient.Faults(env, at, false));
        Assert.IsTrue(faults, "a broken bank shows something");
        Tern.Tests.Expect.Ok(bench.Ask(bench.A, session => session.FreeBank(bank)));
        bench.Ok(bench.A, session => session.Bank(0, Page));
        bank = bench.A.Capability;
        int seen = -1;
        bench.Do(bench.A, env => seen = env.Memory.ReadInt32(env.Attach(bank)));
        Assert.AreEqual(0, seen);
    }

    [TestMethod]
    public void AJobThatNeverEndsIsALoss()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Board.Run(900);
        Assert.AreEqual("", bench.Collect(bench.A));
        bench.Board.Run(200);
        Assert.AreEqual("1:server gone ", bench.Collect(bench.A));
    }

    [TestMethod]
    public void APageThatNeverComesIsALossAndNoHang()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Bank(0, Page));
        int bank = bench.A.Capability;
        bench.Fpga.Holds = true;
        bool faults = false;
        bench.Do(bench.A, env => faults = PagingClient.Faults(env, env.Attach(bank), false));
        Assert.IsTrue(faults);
        bench.Fpga.Holds = false;
        bench.Board.Run(100);
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(2, bench.A.Words[1]);
    }

    [TestMethod]
    public void NonsenseIsALossAndNothingElse()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Nonsense = 1234567;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("1:server gone ", bench.Collect(bench.A));
        bench.Board.Run(3000);
        bench.Fpga.Nonsense = 0;
        bench.Board.Run(1100);
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("2:ok ", bench.Collect(bench.A));
    }

    [TestMethod]
    public void CutFramesAndFlippedRepliesCostNoJob()
    {
        EngineBench bench = new EngineBench().Ready();
        for (int i = 1; i <= 12; i++)
        {
            bench.Fpga.CutFrames = i % 4;
            bench.Fpga.FlippedReplies = i;
            bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
            Assert.AreEqual(i.ToString() + ":ok ", bench.Collect(bench.A));
        }

        Assert.AreEqual("FFCCCCCCCCCCCC", bench.Fpga.Done);
    }

    [TestMethod]
    public void ALongReplyThatIsAskedForAgainIsNoLoss()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Read(0, 0, 3000));
        Assert.AreEqual("1:ok ", bench.Collect(bench.A));
        bench.Board.Run(2500);
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Ready, bench.A.Words[0]);
        Assert.AreEqual(1, bench.A.Words[1]);
    }

    [TestMethod]
    public void ALostInterruptIsMadeUpFor()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Fpga.LostInterrupts = 1;
        bench.Fpga.Release(1);
        int news = bench.A.News;
        bench.Board.Settle();
        Assert.AreEqual(news, bench.A.News);
        bench.Board.Run(11);
        Assert.AreEqual(news + 1, bench.A.News);

        // And the next one comes by its interrupt again.
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Fpga.Release(1);
        bench.Board.Settle();
        Assert.AreEqual(news + 2, bench.A.News);
    }

    [TestMethod]
    public void WithoutAnInterruptTheTimerDoes()
    {
        var bench = new EngineBench();
        bench.Boot("<config interrupt=\"\">" + EngineBench.Policies + "</config>");
        bench.Prepare(bench.A);
        bench.Fpga.Holds = true;
        int news = bench.A.News;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Fpga.Release(1);
        bench.Board.Run(2);
        Assert.AreEqual(news + 1, bench.A.News);
    }

    [TestMethod]
    public void AFailureThatIsAcknowledgedIsStillFoundOut()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        for (int i = 0; i < 6; i++)
        {
            bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        }

        bench.Fpga.Release(2);
        bench.Fpga.NextStatus = FpgaStatus.ReadError;
        bench.Fpga.Release(2);
        bench.Board.Settle();
        bench.Fpga.Release(1);
        bench.Fpga.NextStatus = FpgaStatus.WriteError;
        bench.Fpga.Release(1);
        bench.Board.Settle();
        Assert.AreEqual("1:ok 2:ok 3:device failed 4:ok 5:ok 6:device failed ", bench.Collect(bench.A));
    }

    [TestMethod]
    public void AFailureInTheMomentOfAnAcknowledgementIsFoundOut()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        for (int i = 0; i < 3; i++)
        {
            bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        }

        bench.Fpga.LateFailures = 1;
        bench.Fpga.NextStatus = FpgaStatus.ReadError;
        bench.Fpga.Release(1);
        bench.Board.Settle();
        bench.Fpga.Release(1);
        bench.Board.Settle();
        Assert.AreEqual("1:device failed 2:device failed 3:ok ", bench.Collect(bench.A));
    }
}
