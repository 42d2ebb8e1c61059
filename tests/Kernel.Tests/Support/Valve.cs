// The program of docs/writing-components.md, "Several entrypoints".
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Closes at once when told to, whatever else is to be done.</summary>
public sealed class Valve : Program
{
    private const int Urgent = 1;
    private const int Close = 1;
    private const int Tick = 2;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        var cpu = new CpuSession(env, Selectors.Cpu);
        int urgent = env.Entrypoint(Urgent, "urgent", cpu.Priorities() - 1);
        cpu.SetPriority(Selectors.Thread, Priorities.Default);   // the first one steps back
        var line = new IrqSession(env, env.Connect("IRQ", "", 0, 0, 4));
        line.Sigh(env.Signal(Close, urgent));                    // leads to the urgent entrypoint
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Tick));                            // leads to the first one
        timer.TriggerPeriodic(1000);
        env.Announce("Statistics", 8);                           // its clients too
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
        => env.Log(label == Close ? "closed in entrypoint " + env.CurrentEntrypoint : "measured");
}
