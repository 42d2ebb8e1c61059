// The bench of a server under its clients: it moves, or faults and is restored, and each request is answered.
using Tern.Components;
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SheepServiceTests
{
    private const string Name = "sheep-service";
    private const int Ask = 1;

    [TestMethod]
    public void EverySeedEndsWell()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using var run = new BenchRun(new BenchCatalog().Read(Name), new BenchOptions { Seed = seed });
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: {string.Join('\n', result.Failures)}");
            Assert.HasCount(1, result.Moves);
        }
    }

    [TestMethod]
    public void AServerThatFaultsIsRestoredUnderItsClients()
    {
        Bench bench = Unmoved();
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using var run = new BenchRun(bench, Faulting(seed, 2));
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: {string.Join('\n', result.Failures)}");
        }
    }

    [TestMethod]
    public void AServerThatFaultsAgainAndAgainIsGivenUpAndItsClientsAreTold()
    {
        using var run = new BenchRun(Unmoved(), Faulting(1, int.MaxValue));
        int told = 0;
        run.Reports.Added += report => told += report.Word == "told" ? 1 : 0;
        Assert.IsFalse(run.Run().IsSuccess);
        Assert.AreEqual(2, told);
    }

    /// <summary>The bench with nobody called for migration.</summary>
    private static Bench Unmoved()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Benches", Name + ".xml");
        string text = File.ReadAllText(file)
            .Replace("<migrate target=\"flock\" after_ms=\"2500\"/>", "<migrate after_ms=\"0\"/>", StringComparison.Ordinal)
            .Replace("<report word=\"stopped\" target=\"flock\" at-least=\"1\"/>", "", StringComparison.Ordinal)
            .Replace("<report word=\"restored\" target=\"flock\" at-least=\"1\"/>", "", StringComparison.Ordinal)
            .Replace("<expect ", "<expect log-errors=\"ignore\" ", StringComparison.Ordinal);
        Assert.Contains("after_ms=\"0\"", text);
        return BenchReader.Read(text, file);
    }

    private static BenchOptions Faulting(ulong seed, int falls)
    {
        // One text for all lives of the server: it must not fall again when it is restored.
        var server = new Stumbler(falls);
        return new BenchOptions { Seed = seed, Programs = name => Make(name, server) };
    }

    private static Program? Make(string name, Program server) => name switch
    {
        "sheep_server" => server,
        "sheep_client" => new Patient(),
        _ => HostEmulator.Programs.Make(name),
    };

    /// <summary>Answers each request with its number; faults at every 150th, a few times in all its lives.</summary>
    private sealed class Stumbler(int falls) : Program
    {
        private int _falls = falls;
        private int _requests;

        public override void Construct(Env env) => env.Announce("Sheep", 8);

        public override Error OnRequest(Env env, int label, Message request)
        {
            if (++_requests % 150 == 0 && _falls-- > 0)
            {
                env.Memory.WriteInt32(0, 1);
            }

            request.Add(request.Word(0));
            return Error.None;
        }
    }

    /// <summary>Asks for one number after the other, the next when it has the answer.</summary>
    private sealed class Patient : Program
    {
        public override void Construct(Env env)
        {
            env.Root = env.Allocate(16);
            env.Memory.WriteInt32(env.Root + 4, env.Connect("Report"));
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(Ask));
            timer.TriggerPeriodic(10_000);
            env.Open("Sheep", "", 0);
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            int at = env.Root;
            bool isRight = label == 0 ? error == Error.None : answer.Word(0) == label;
            if (label == 0)
            {
                env.Memory.WriteInt32(at, answer.Capability(0));
            }

            string text = error != Error.None ? "told error=" + (int)error : isRight ? "verified count=" + label : "broken count=" + label;
            new ReportSession(env, env.Memory.ReadInt32(at + 4)).Submit(text);
            env.Memory.WriteInt32(at + 8, error == Error.None ? label + 1 : 0);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            int next = env.Memory.ReadInt32(env.Root + 8);
            if (next > 0)
            {
                env.Memory.WriteInt32(env.Root + 8, 0);
                env.Send(env.Memory.ReadInt32(env.Root), env.Compose(SheepOperation.Add).Add(next), next);
            }
        }
    }
}
