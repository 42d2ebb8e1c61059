// The driver's sessions and jobs, on a co-processor that does what a test wants.
using System;
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class FpgaDriverTests
{
    private const int Page = 4096;

    [TestMethod]
    public void ASessionIsReadyAndEmptyWhenItIsAnswered()
    {
        var bench = new EngineBench();
        for (int i = 0; i < FakeFpga.Size; i++)
        {
            bench.Fpga.Memory[i] = 0x5a;
        }

        bench.Boot();
        bench.Ok(bench.A, session => session.Info());
        Assert.AreEqual(CopyEngineState.Ready, bench.A.Words[0], bench.Board.Log());
        Assert.AreEqual(1, bench.A.Words[1]);
        Assert.AreEqual(128 * 1024, bench.A.Words[2]);
        Assert.AreEqual(16, bench.A.Words[3]);
        Assert.AreEqual(4, bench.A.Words[4]);
        Assert.AreEqual(8192, bench.A.Words[5]);
        for (int i = 0; i < 192 * 1024; i++)
        {
            Assert.AreEqual((byte)0, bench.Fpga.Memory[i]);
        }

        Assert.AreEqual((byte)0x5a, bench.Fpga.Memory[192 * 1024]);
    }

    [TestMethod]
    public void DataGoInAndComeOutAgain()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Write(bench.A, 3);
        Assert.AreEqual(1, bench.Ok(bench.A, session => session.Write(100, 0, 10000)));
        Assert.AreEqual(2, bench.Ok(bench.A, session => session.Copy(100, 50001, 10000)));
        Assert.AreEqual(3, bench.Ok(bench.A, session => session.Read(50001, 16384, 10000)));
        Assert.AreEqual("1:ok 2:ok 3:ok ", bench.Collect(bench.A));
        Assert.AreEqual("FFWWWCRRR", bench.Fpga.Done);
        for (int i = 0; i < 10000; i += 400)
        {
            Assert.AreEqual(EngineBench.Pattern(3, i), bench.Read(bench.A, 16384 + i));
        }
    }

    [TestMethod]
    public void ABankAndJobsSeeEachOthersBytes()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Bank(8192, 3 * Page));
        int bank = bench.A.Capability;
        int at = 0;
        bench.Do(bench.A, env =>
        {
            at = env.Attach(bank);
            env.Memory.WriteInt32(at, 1111);
            env.Memory.WriteInt32(at + Page, 2222);
        });

        // The copy has what was written before it was submitted, and not what was written afterwards.
        bench.Ok(bench.A, session => session.Copy(8192, 65536, 2 * Page));
        bench.Do(bench.A, env => env.Memory.WriteInt32(at, 3333));
        Assert.AreEqual(1111, BitConverter.ToInt32(bench.Fpga.Memory, 65536));
        Assert.AreEqual(2222, BitConverter.ToInt32(bench.Fpga.Memory, 65536 + Page));

        bench.Ok(bench.A, session => session.Fill(0x01020304, 8192 + Page, Page));
        int seen = 0;
        bench.Do(bench.A, env => seen = env.Memory.ReadInt32(at + Page));
        Assert.AreEqual(0x01020304, seen);
        Tern.Tests.Expect.Ok(bench.Ask(bench.A, session => session.FreeBank(bank)));
        Assert.AreEqual(3333, BitConverter.ToInt32(bench.Fpga.Memory, 8192));
        Assert.AreEqual((int)Error.InvalidCapability, (int)bench.Ask(bench.A, session => session.FreeBank(bank)));
    }

    [TestMethod]
    public void EveryOperationDoesWhatItSays()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Fill(0x44332211, 5, 1001));
        bench.Ok(bench.A, session => session.Copy(5, 2048, 1001));
        bench.Ok(bench.A, session => session.Compare(5, 2048, 1001));
        bench.Collect(bench.A);
        Assert.AreEqual(-1, bench.A.Value);

        bench.Ok(bench.A, session => session.Fill(0, 2048 + 500, 1));
        bench.Ok(bench.A, session => session.Compare(5, 2048, 1001));
        Assert.AreEqual("4:ok 5:ok ", bench.Collect(bench.A));
        Assert.AreEqual(2048 + 500, bench.A.Value);

        bench.Ok(bench.A, session => session.Crc(5, 1001));
        bench.Collect(bench.A);
        Assert.AreEqual(new Tern.Tests.TestCrypto().Crc32(0, bench.Fpga.Memory, 5, 1001), bench.A.Value);

        bench.Do(bench.A, env => Entry(env, bench.A.Buffer + 64, 5, 16384, 100));
        bench.Do(bench.A, env => Entry(env, bench.A.Buffer + 80, 16384, 32768, 100));
        bench.Ok(bench.A, session => session.CopyList(64, 2));
        Assert.AreEqual("7:ok ", bench.Collect(bench.A));
        Assert.AreEqual((byte)0x22, bench.Fpga.Memory[32769]);
        Assert.AreEqual((byte)0, bench.Fpga.Memory[32868]);
    }

    [TestMethod]
    public void AClientOfTheSecondPartHasItsOwnAddresses()
    {
        EngineBench bench = new EngineBench().Ready();
        int part = 128 * 1024;
        bench.Write(bench.B, 9);
        bench.Ok(bench.B, session => session.Write(0, 0, 64));
        bench.Ok(bench.B, session => session.Copy(0, 1000, 64));
        bench.Ok(bench.B, session => session.Fill(0, 1010, 1));
        bench.Ok(bench.B, session => session.Compare(0, 1000, 64));
        bench.Collect(bench.B);
        Assert.AreEqual(1010, bench.B.Value);
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer + 128, 0, 2000, 4));
        bench.Ok(bench.B, session => session.CopyList(128, 1));
        bench.Ok(bench.B, session => session.Intercept(3, 4096, 8192, 4096, 8));
        bench.Ok(bench.B, session => session.Write(4096, 0, 4));
        bench.Ok(bench.B, session => session.Bank(12288, Page));
        int bank = bench.B.Capability;
        bench.Do(bench.B, env => env.Memory.WriteInt32(env.Attach(bank), 77));
        Tern.Tests.Expect.Ok(bench.Ask(bench.B, session => session.FreeBank(bank)));

        Assert.AreEqual(EngineBench.Pattern(9, 0), BitConverter.ToInt32(bench.Fpga.Memory, part));
        Assert.AreEqual(EngineBench.Pattern(9, 0), BitConverter.ToInt32(bench.Fpga.Memory, part + 2000));
        Assert.AreEqual(EngineBench.Pattern(9, 0), BitConverter.ToInt32(bench.Fpga.Memory, part + 8192));
        Assert.AreEqual(77, BitConverter.ToInt32(bench.Fpga.Memory, part + 12288));
        for (int i = 0; i < part; i++)
        {
            Assert.AreEqual((byte)0, bench.Fpga.Memory[i], "at " + i);
        }
    }

    [TestMethod]
    public void WhatIsOutOfRangeIsABadArgument()
    {
        EngineBench bench = new EngineBench().Ready();
        int size = 64 * 1024;
        int most = int.MaxValue;
        int buffer = EngineClient.BufferSize;
        Bad(bench, session => session.Write(0, 0, 0));
        Bad(bench, session => session.Write(-1, 0, 4));
        Bad(bench, session => session.Write(0, -4, 4));
        Bad(bench, session => session.Write(size - 3, 0, 4));
        Bad(bench, session => session.Write(0, buffer - 3, 4));
        Bad(bench, session => session.Write(0, 0, most));
        Bad(bench, session => session.Read(most, 0, most));
        Bad(bench, session => session.Fill(1, size, 1));
        Bad(bench, session => session.Fill(1, 0, int.MinValue));
        Bad(bench, session => session.Copy(0, size - 3, 4));
        Bad(bench, session => session.Copy(size - 3, 0, 4));
        Bad(bench, session => session.Copy(0, 1, 4));
        Bad(bench, session => session.Copy(0, 100, -4));
        Bad(bench, session => session.Compare(0, size - 3, 4));
        Bad(bench, session => session.Compare(0, -1, 4));
        Bad(bench, session => session.Crc(size, 1));
        Bad(bench, session => session.Crc(1, size));
        Bad(bench, session => session.CopyList(0, 0));
        Bad(bench, session => session.CopyList(0, 257));
        Bad(bench, session => session.CopyList(buffer - 15, 1));
        Bad(bench, session => session.DirtyRead(0, 0, false, 8, 0));
        Bad(bench, session => session.DirtyClear(0, 0, 8));
        Bad(bench, session => session.Buffer(bench.B.Signal));
        Bad(bench, session => session.Sigh(bench.B.BufferDataspace));
        Bad(bench, session => session.Bank(0, 100));
        Bad(bench, session => session.Bank(size, Page));
        Bad(bench, session => session.Bank(100, Page));
        bench.Do(bench.B, env => bench.B.Ask(env, env.Compose(99)));
        Assert.AreEqual((int)Error.UnknownOpcode, (int)bench.B.Outcome);
    }

    [TestMethod]
    public void AListWithOneBadEntryDoesNothing()
    {
        EngineBench bench = new EngineBench().Ready();
        int size = 64 * 1024;
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer, 0, 4096, 16));
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer + 16, 0, size - 15, 16));
        Bad(bench, session => session.CopyList(0, 2));
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer + 16, -16, 0, 16));
        Bad(bench, session => session.CopyList(0, 2));
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer + 16, 0, 8, 16));
        Bad(bench, session => session.CopyList(0, 2));
        bench.Do(bench.B, env => env.Memory.WriteInt32(bench.B.Buffer + 12, 1));
        Bad(bench, session => session.CopyList(0, 1));
        Assert.AreEqual("FF", bench.Fpga.Done);
    }

    [TestMethod]
    public void AListThatIsSpoiledAfterItWasSubmittedEndsAsBad()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer, 0, 4096, 16));
        bench.Ok(bench.B, session => session.Write(0, 0, 16));
        bench.Ok(bench.B, session => session.CopyList(0, 1));
        bench.Do(bench.B, env => Entry(env, bench.B.Buffer, -128 * 1024, 4096, 16));
        bench.Fpga.Release(1);
        bench.Board.Run(2);
        Assert.AreEqual("1:ok 2:bad argument ", bench.Collect(bench.B));
        Assert.AreEqual(0, bench.Fpga.Waiting);
    }

    [TestMethod]
    public void ABusErrorEndsTheJobAndNoOther()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.NextStatus = Tern.Fpga.FpgaStatus.WriteError;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Fpga.NextStatus = Tern.Fpga.FpgaStatus.ReadError;
        bench.Ok(bench.A, session => session.Read(0, 0, 100));
        bench.Ok(bench.A, session => session.Read(0, 0, 100));
        Assert.AreEqual("1:device failed 2:ok 3:device failed 4:ok ", bench.Collect(bench.A));
    }

    [TestMethod]
    public void AWriteThatFailsInTheMiddleGivesNothingMore()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Write(0, 0, 12288));
        bench.Fpga.NextStatus = Tern.Fpga.FpgaStatus.WriteError;
        bench.Fpga.Release(1);
        bench.Board.Run(2);
        bench.Fpga.Holds = false;
        Assert.AreEqual("1:device failed ", bench.Collect(bench.A));
        Assert.AreEqual("FFW", bench.Fpga.Done);
    }

    [TestMethod]
    public void AJobIsOutstandingUntilItIsCollected()
    {
        EngineBench bench = new EngineBench().Ready();
        for (int i = 0; i < 16; i++)
        {
            bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        }

        Assert.AreEqual((int)Error.Busy, (int)bench.Ask(bench.A, session => session.Copy(0, 4096, 100)));
        bench.Ok(bench.B, session => session.Copy(0, 4096, 100));
        Assert.AreEqual(1, bench.Ok(bench.A, session => session.Collect()));
        Assert.AreEqual(17, bench.Ok(bench.A, session => session.Copy(0, 4096, 100)));
        bench.Collect(bench.A);
        Assert.AreEqual(0, bench.Ok(bench.A, session => session.Collect()));
    }

    [TestMethod]
    public void ABufferInUseIsNotChanged()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Write(0, 0, 100));
        Assert.AreEqual((int)Error.Busy, (int)bench.Ask(bench.A, session => session.Buffer(bench.A.BufferDataspace)));
        bench.Fpga.Release(1);
        bench.Board.Run(2);
        bench.Ok(bench.A, session => session.Buffer(bench.A.BufferDataspace));
    }

    [TestMethod]
    public void ABufferThatItsClientFreesCostsItsJobsOnly()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Write(0, 0, 8192));
        bench.Do(bench.A, env => new PdSession(env, Selectors.Pd).FreeDataspace(bench.A.BufferDataspace));
        bench.Fpga.Release(1);
        bench.Fpga.Holds = false;
        bench.Board.Run(2);
        Assert.AreEqual("1:invalid capability ", bench.Collect(bench.A));
        bench.Ok(bench.B, session => session.Write(0, 0, 8192));
        Assert.AreEqual("1:ok ", bench.Collect(bench.B));
    }

    [TestMethod]
    public void CancelledJobsEndAsGoneInTheirOrder()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        bench.Ok(bench.A, session => session.Write(0, 0, 8192));
        bench.Ok(bench.A, session => session.Write(0, 0, 100));
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Tern.Tests.Expect.Ok(bench.Ask(bench.A, session => session.Cancel()));
        Assert.AreEqual("", bench.Collect(bench.A));
        bench.Fpga.Release(1);
        bench.Board.Run(2);
        Assert.AreEqual("1:server gone 2:server gone 3:server gone ", bench.Collect(bench.A));
        bench.Fpga.Holds = false;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual("4:ok ", bench.Collect(bench.A));
        Assert.AreEqual("FFWC", bench.Fpga.Done);
    }

    [TestMethod]
    public void TheClientIsSignalledWhenAJobHasEnded()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        int news = bench.A.News;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        bench.Board.Run(50);
        Assert.AreEqual(news, bench.A.News);
        bench.Fpga.Release(1);
        bench.Board.Settle();
        Assert.AreEqual(news + 1, bench.A.News);
    }

    [TestMethod]
    public void ABankIsNoBuffer()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.B, session => session.Bank(0, Page));
        int bank = bench.B.Capability;
        Bad(bench, session => session.Buffer(bank));
    }

    [TestMethod]
    public void ACopyCostsFourSelections()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Collect(bench.A);
        int before = bench.Fpga.Selections;
        bench.Ok(bench.A, session => session.Copy(0, 4096, 100));
        Assert.AreEqual(4, bench.Fpga.Selections - before);
    }

    private static void Bad(EngineBench bench, Composer composer)
        => Assert.AreEqual((int)Error.BadArgument, (int)bench.Ask(bench.B, composer));

    private static void Entry(Env env, int at, int source, int destination, int length)
    {
        env.Memory.WriteInt32(at, source);
        env.Memory.WriteInt32(at + 4, destination);
        env.Memory.WriteInt32(at + 8, length);
        env.Memory.WriteInt32(at + 12, 0);
    }
}
