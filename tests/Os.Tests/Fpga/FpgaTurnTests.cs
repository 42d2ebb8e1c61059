// Two clients with full queues: each gets its turns, none waits for the other's end, and what a fault needs comes first.

namespace Tern.Os.Tests;

[TestClass]
public class FpgaTurnTests
{
    private const int Page = 4096;

    [TestMethod]
    public void TwoClientsWithFullQueuesTakeTurns()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        Submit(bench, bench.A, true, 8);
        Submit(bench, bench.B, false, 16);
        bench.Fpga.Holds = false;
        bench.Fpga.Release(1);
        bench.Board.Run(20);

        // Frames of data and copies, one by one, once the first frame has gone. Two frames make a job.
        string turns = bench.Fpga.Done.Substring(3);
        int data = 0;
        int copies = 0;
        for (int i = 0; i < turns.Length && data < 15 && copies < 16; i++)
        {
            data += turns[i] == 'W' ? 1 : 0;
            copies += turns[i] == 'C' ? 1 : 0;
            Assert.IsTrue(data - copies is >= -1 and <= 1, turns);
        }

        Assert.AreEqual(15, data);
        bench.Collect(bench.A);
        bench.Collect(bench.B);
    }

    [TestMethod]
    public void ManyFramesAreNotGivenInOneHandler()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.B, session => session.Info());
        int before = bench.Fpga.Selections;
        bench.Do(bench.A, env =>
        {
            var session = new CopyEngineSession(env, bench.A.Session);
            bench.A.Ask(env, session.Read(0, 0, EngineClient.BufferSize));
            bench.A.Ask(env, session.Read(0, 0, EngineClient.BufferSize));
        });
        Assert.AreEqual("1:ok 2:ok ", bench.Collect(bench.A));
        Assert.AreEqual("FFRRRRRRRRRRRRRRRR", bench.Fpga.Done);
        Assert.IsTrue(bench.Fpga.Selections - before >= 32);
    }

    [TestMethod]
    public void APageFaultSeesAllThatItsSessionHasSubmitted()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Ok(bench.A, session => session.Bank(64 * 1024, Page));
        int bank = bench.A.Capability;
        bench.Write(bench.A, 5);

        // More data than is given at once: the last frame is the page that is looked at while most of it still waits.
        int seen = 0;
        bench.Do(bench.A, env =>
        {
            var session = new CopyEngineSession(env, bench.A.Session);
            for (int i = 0; i < 4; i++)
            {
                bench.A.Ask(env, session.Write(0, 0, EngineClient.BufferSize));
            }

            bench.A.Ask(env, session.Copy(4096, 64 * 1024, Page));
        });
        bench.Do(bench.A, env => seen = env.Memory.ReadInt32(env.Attach(bank)));
        Assert.AreEqual(EngineBench.Pattern(5, 4096), seen);
    }

    [TestMethod]
    public void AClientThatAlwaysHasMoreDoesNotDelayAnother()
    {
        EngineBench bench = new EngineBench().Ready();
        bench.Fpga.Holds = true;
        Submit(bench, bench.A, true, 16);
        bench.Ok(bench.B, session => session.Read(0, 0, 100));
        bench.Fpga.Holds = false;
        bench.Fpga.Release(1);
        bench.Board.Run(40);
        Assert.AreEqual("1:ok ", bench.Collect(bench.B));
        Assert.IsTrue(bench.Fpga.Done.IndexOf('R') <= 4, bench.Fpga.Done);
        Assert.AreEqual(2 + 32 + 1, bench.Fpga.Done.Length);
    }

    private static void Submit(EngineBench bench, EngineClient client, bool writes, int count)
    {
        for (int i = 0; i < count; i++)
        {
            bench.Ok(client, session => writes ? session.Write(0, 0, 2 * Page) : session.Copy(0, Page, 100));
        }
    }
}
