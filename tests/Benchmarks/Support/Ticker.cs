// The least that a component can do: count a timer's signals in its memory.
using Tern.Kernel;

namespace Tern.Benchmarks;

/// <summary>Ticks for ever.</summary>
internal sealed class Ticker(int periodMicroseconds) : PinnedProgram
{
    private const int Tick = 1;

    public override void Construct(Env env)
    {
        env.Root = env.Allocate(8);
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(periodMicroseconds);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        int at = env.Root;
        env.Memory.WriteInt32(at, env.Memory.ReadInt32(at) + count);
    }
}
