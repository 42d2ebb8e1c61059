// A kernel that is not sound is not checkpointed: what it says of a target may be wrong.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class CheckpointAuditTests
{
    [TestMethod]
    public void ABrokenInvariantRefusesTheCheckpointByName()
    {
        RtcrBench bench = StateBench.Started(new Brooder(), false, 150);
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        int commit = bench.Rtcr.CommitOf(0);
        Task task = Find(bench, "init -> probe -> kid 0");
        Error refused = Error.None;

        // Broken and mended within one handler: the bench audits the kernel after each.
        bench.Do(env =>
        {
            task.RamUsed++;
            refused = bench.TryCheckpointHere(env, CommandedRtcr.Capacity, out byte[]? _);
            task.RamUsed--;
        });

        Expect.Error(Error.AuditFailed, refused);
        Assert.AreEqual(commit, bench.Rtcr.CommitOf(0), "a checkpoint that was not taken counts");
        Assert.AreEqual(1, bench.Board.CountLogged("Error: the kernel's audit failed: "));
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        bench.Run(500);
        Assert.IsTrue(bench.Board.Logged("6 verified"));
        Assert.IsFalse(bench.Board.Logged("broken"), bench.Console(StateBench.Target, 0));
    }

    [TestMethod]
    public void AQueueThatLostAThreadRefusesTheCheckpoint()
    {
        RtcrBench bench = StateBench.Started(new Prodder(), false, 150);
        Task task = Find(bench, "init -> probe -> kid 0");
        Error refused = Error.None;
        bench.Do(env =>
        {
            // A thread that is ready and in no queue would never run again, here nor after a restore.
            task.FirstThread!.IsReady = true;
            refused = bench.TryCheckpointHere(env, CommandedRtcr.Capacity, out byte[]? _);
            task.FirstThread!.IsReady = false;
        });
        Expect.Error(Error.AuditFailed, refused);
    }

    private static Task Find(RtcrBench bench, string label)
    {
        for (int i = 0; i < bench.Kernel.Tasks.Capacity; i++)
        {
            if (bench.Kernel.Tasks[i] != null && bench.Kernel.Tasks[i]!.Label == label)
            {
                return bench.Kernel.Tasks[i]!;
            }
        }

        throw new System.ArgumentException("no component " + label);
    }
}
