// The bench of interrupts: two sensors' drivers change boards whose lines have other numbers, and no pulse that a board saw
// for its component is lost or counted twice; with every seed, and with pulses faster than their handlers.
using Tern.Components;
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class WheelBenchTests
{
    private const string Name = "wheel-speed";

    [TestMethod]
    public void EverySeedEndsWell() => AllEndWell(new BenchCatalog().Read(Name), 60);

    [TestMethod]
    [DataRow("9000", "9000")]
    [DataRow("1500", "4000")]
    [DataRow("150", "50")]
    public void FastPulsesAreCountedWithEverySeed(string period, string jitter) => AllEndWell(Turning(period, jitter), 20);

    [TestMethod]
    public void PulsesThatWaitAtTheLineMoveAlongWithEverySeed()
    {
        int waited = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using var run = new BenchRun(Turning("1500", "4000"), With(new LateDriver(), seed));
            run.Reports.Added += report =>
            {
                if (report.Word == ReportWords.Captured && report.Target is "front_left")
                {
                    var lines = (InterruptLines)run.Board(report.Board).Interrupts!;
                    waited += lines.Pending(lines.LineOf("front-left", 0)) > 0 ? 1 : 0;
                }
            };
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: {string.Join('\n', result.Failures)}");
        }

        Assert.IsGreaterThan(20, waited, "checkpoints were taken while pulses waited");
    }

    [TestMethod]
    public void ADriverThatLosesAPulseIsFoundOut() => IsFoundOut(new Forgetful(), "had seen");

    [TestMethod]
    public void ADriverThatCountsAPulseTwiceIsFoundOut() => IsFoundOut(new Eager(), "had seen");

    [TestMethod]
    public void ABoardThatIsOffSeesNoPulse()
    {
        Bench bench = BenchReader.Read(
            """
            <bench>
              <board name="a" start-ms="5"><interrupt name="wheel" line="1"/><config/></board>
              <pulses interrupt="wheel" period-us="1000"/>
            </bench>
            """,
            "off.xml");
        using var run = new BenchRun(bench, new BenchOptions { MachineOf = _ => new IdleMachine() });
        var lines = (InterruptLines)run.Board("a").Interrupts!;
        run.World.Run(4_500_000);
        Assert.AreEqual(0, lines.Seen(1));
        run.World.Run(9_500_000);
        Assert.AreEqual(4, lines.Pending(1), "from 6 to 9 ms");
        Assert.AreEqual(0, lines.Pending(0));
    }

    private static void AllEndWell(Bench bench, ulong seeds)
    {
        for (ulong seed = 1; seed <= seeds; seed++)
        {
            using var run = new BenchRun(bench, new BenchOptions { Seed = seed });
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: {string.Join('\n', result.Failures)}");
            Assert.HasCount(2, result.Moves);
        }
    }

    private static void IsFoundOut(Program driver, string word)
    {
        using var run = new BenchRun(Turning("1500", "4000"), With(driver, 1));
        BenchResult result = run.Run();
        Assert.IsFalse(result.IsSuccess);
        Assert.IsTrue(result.Failures.Any(failure => failure.Contains(word, StringComparison.Ordinal)), string.Join('\n', result.Failures));
    }

    private static BenchOptions With(Program driver, ulong seed) =>
        new() { Seed = seed, Programs = name => name == "wheel_speed" ? driver : HostEmulator.Programs.Make(name) };

    private static Bench Turning(string period, string jitter)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Benches", Name + ".xml");
        string text = File.ReadAllText(file)
            .Replace("period-us=\"40000\" jitter-us=\"4000\"", $"period-us=\"{period}\" jitter-us=\"{jitter}\"", StringComparison.Ordinal)
            .Replace("period-us=\"36000\" jitter-us=\"9000\"", $"period-us=\"{period}\" jitter-us=\"{jitter}\"", StringComparison.Ordinal);
        Assert.Contains($"period-us=\"{period}\"", text);
        return BenchReader.Read(text, file);
    }

    /// <summary>Acknowledges only every 20 ms, so that pulses nearly always wait at the line.</summary>
    private sealed class LateDriver : Program
    {
        private const int Pulse = 1;
        private const int Tick = 2;

        public override void Construct(Env env)
        {
            env.Root = env.Allocate(16);
            string config = new RomSession(env, env.Connect("ROM", "config", 0, 0, 0)).ReadText(1024, out Error _);
            int irq = IrqSession.Open(env, config.Contains("front-left", StringComparison.Ordinal) ? "front-left" : "front-right");
            env.Memory.WriteInt32(env.Root, irq);
            env.Memory.WriteInt32(env.Root + 4, env.Connect("Report"));
            new IrqSession(env, irq).Sigh(env.Signal(Pulse));
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(Tick));
            timer.TriggerPeriodic(20_000);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            if (label == Tick)
            {
                new IrqSession(env, env.Memory.ReadInt32(env.Root)).Acknowledge();
                return;
            }

            int pulses = env.Memory.ReadInt32(env.Root + 8) + count;
            env.Memory.WriteInt32(env.Root + 8, pulses);
            new ReportSession(env, env.Memory.ReadInt32(env.Root + 4)).Submit("verified count=" + pulses);
        }
    }

    /// <summary>Counts signals, and so loses the pulses that came together.</summary>
    private sealed class Forgetful : Program
    {
        private readonly WheelSpeed _driver = new();

        public override void Construct(Env env) => _driver.Construct(env);

        public override void OnSignal(Env env, int label, int count) => _driver.OnSignal(env, label, 1);
    }

    /// <summary>Counts one pulse twice, its two hundredth signal's.</summary>
    private sealed class Eager : Program
    {
        private readonly WheelSpeed _driver = new();
        private int _signals;

        public override void Construct(Env env) => _driver.Construct(env);

        public override void OnSignal(Env env, int label, int count) =>
            _driver.OnSignal(env, label, ++_signals >= 200 && label == 1 ? count + 1 : count);
    }
}
