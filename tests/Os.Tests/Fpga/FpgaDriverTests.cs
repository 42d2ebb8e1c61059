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
}
