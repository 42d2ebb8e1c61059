// The ceiling of a target's priorities holds on every board: for what it makes after a restore, and for what an image says of its
// threads, which is refused by name.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class RestoredCeilingTests
{
    // In a thread's record: entry (16 bits), flags, pauses, priority.
    private const int PriorityInRecord = 4;

    [TestMethod]
    public void ARestoredTargetMakesNothingMoreUrgentThanItWas()
    {
        RtcrBench bench = StateBench.Started(new Climber(), false, 150);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Assert.AreEqual(1, bench.Board.CountLogged("climbed nowhere"));

        Expect.Ok(bench.Restore(image));
        bench.Run(100);
        Assert.AreEqual(2, bench.Board.CountLogged("climbed nowhere"));
        Assert.IsFalse(bench.Board.Logged("climbed to"));
    }

    [TestMethod]
    [DataRow(Priorities.Default + 1)]
    [DataRow(Priorities.Count - 1)]
    public void ARestoredThreadAboveItsCeilingIsRefusedByName(int priority)
    {
        RtcrBench bench = StateBench.Started(new Climber(), false, 150);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Quota before = bench.Quota();

        image[SectionAt(image, Section.Threads) + PriorityInRecord] = (byte)priority;
        Expect.Error(Error.NotPermitted, bench.Restore(bench.Seal(image)));
        Assert.IsTrue(bench.Board.Logged("Error: target \"probe\": thread \"probe\" with priority " + priority + " is above what its CPU session allows"));
        Assert.AreEqual(before.CapUsed, bench.Quota().CapUsed);
        Assert.IsTrue(bench.Rtcr.IsFree(0));
    }

    [TestMethod]
    [DataRow(12)]
    [DataRow(13)]
    public void ATargetIsNotMoreUrgentThanItsRtcr(int priority)
    {
        // Under init this RTCR has priority 12.
        RtcrBench bench = StateBench.Boot(new Climber(), true);
        Error error = Error.Deferred;
        bench.Do(env => error = bench.Rtcr.Start(0, StateBench.Target, StateBench.Target, 256 * 1024, 100, priority, []));
        Expect.Error(priority > 12 ? Error.NotPermitted : Error.None, error);
        Assert.AreEqual(priority > 12, bench.Board.Logged("Error: target \"probe\" has priority 13, and this RTCR's own is at most 12: give its start node as much"));
    }

    private static int SectionAt(byte[] image, Section section)
        => System.BitConverter.ToInt32(image, ImageFormat.SectionsAt + (8 * (int)section));

    /// <summary>Every 100 milliseconds it tries to get above its ceiling in each way that there is.</summary>
    private sealed class Climber : Program
    {
        private const int Less = 3;

        public override void Construct(Env env)
        {
            // A session of its own, with less than it has itself.
            env.Root = env.Allocate(8);
            env.Memory.WriteInt32(env.Root, env.ConnectCpu("less", 0, 0, 0, Less));
            new CpuSession(env, env.Memory.ReadInt32(env.Root)).CreateThread(Selectors.Pd, "low", Less - 1, 1, out Error _);
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerPeriodic(100_000);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            var own = new CpuSession(env, Selectors.Cpu);
            var less = new CpuSession(env, env.Memory.ReadInt32(env.Root));
            int refused = own.SetPriority(Selectors.Thread, Priorities.Default + 1) == Error.NotPermitted ? 1 : 0;
            refused += env.Entrypoint(2, "urgent", Priorities.Default + 1) == 0 && env.LastError == Error.NotPermitted ? 1 : 0;
            refused += env.ConnectCpu("more", 0, 0, 0, Priorities.Default + 2) == 0 && env.LastError == Error.NotPermitted ? 1 : 0;
            less.CreateThread(Selectors.Pd, "high", Less, 3, out Error error);
            refused += error == Error.NotPermitted ? 1 : 0;
            env.Log(refused == 4 && own.SetPriority(Selectors.Thread, Priorities.Default) == Error.None
                ? "climbed nowhere" : "climbed to where it should not, " + refused);
        }
    }
}
