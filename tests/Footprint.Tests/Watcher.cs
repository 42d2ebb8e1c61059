// The smallest RTCR that can be weighed: in init's place, with targets that run, and components that are not its targets.
using Tern.Kernel;
using Tern.Os;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>RTCR's machinery and what runs below it, without a network side.</summary>
/// <param name="limits">The sizes of RTCR's tables: as many targets as places are started.</param>
/// <param name="others">How many components run that are not targets.</param>
internal sealed class Watcher(RtcrLimits limits, int others) : PinnedProgram
{
    private const int FirstLabel = 100;
    private const int Watch = 1;
    private const int ComponentRam = 1536;
    private const int ComponentCaps = 20;

    /// <summary>RTCR's machinery; what is weighed.</summary>
    public Supervisor? Supervisor { get; private set; }

    /// <summary>The first error of starting something.</summary>
    public Error Failure { get; private set; }

    public override void Construct(Env env)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        var crypto = new CryptoSession(env, env.Connect("Crypto"));
        Supervisor = new Supervisor(env, timer, crypto, limits, FirstLabel, env.Signal(Watch));
        for (int slot = 0; slot < limits.Targets && Failure == Error.None; slot++)
        {
            Failure = Supervisor.Start(slot, "target " + slot, "sheep_counter", ComponentRam, ComponentCaps, Priorities.Default, []);
        }

        for (int number = 1; number <= others && Failure == Error.None; number++)
        {
            Failure = StartOther(env, number);
        }
    }

    public override Error OnRequest(Env env, int label, Message request) => Supervisor!.OnRequest(label, request);

    public override void OnReply(Env env, int label, Error error, Message answer) => Supervisor!.OnReply(label, error, answer, out Error _);

    private static Error StartOther(Env env, int number)
    {
        Error error = Child.Create(env, "other " + number, "idle", ComponentRam, ComponentCaps, Priorities.Default, number, out Child? child);
        error = error == Error.None ? child!.AddInitialMemory(Child.InitialMemoryOn(env), out int _) : error;
        error = error == Error.None ? child!.Furnish(child.Pd, child.Cpu, child.Log) : error;
        return error == Error.None ? new CpuSession(env, child!.Cpu).Start(child.Thread, true) : error;
    }
}

/// <summary>A component that has its environment and nothing else.</summary>
internal sealed class Idle : Program
{
    public override void Construct(Env env) => env.Log("here");
}
