// A driver in init's place: gives a co-processor a job every few milliseconds and tells what comes of it.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

/// <summary>Reports <c>sent answer=</c> with each job and <c>ended count=</c> with each interrupt, for a <see cref="ScriptedCore"/>.</summary>
internal sealed class BusProbe : Program
{
    /// <summary>From one job to the next, in microseconds.</summary>
    internal const int Period = 5_000;

    /// <summary>Thousands of clocks that a job takes.</summary>
    internal const int Job = 20;

    private const int Interrupt = 1;
    private const int Tick = 2;

    public override void Construct(Env env)
    {
        env.Root = env.Allocate(24);
        Write(env, 0, SpiSession.Open(env, "fpga"));
        Write(env, 1, IrqSession.Open(env, "fpga"));
        Write(env, 2, new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error _));
        Write(env, 3, env.Attach(Read(env, 2)));
        Write(env, 4, env.Connect("Report"));
        new IrqSession(env, Read(env, 1)).Sigh(env.Signal(Interrupt));
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(Period);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        var report = new ReportSession(env, Read(env, 4));
        if (label == Tick)
        {
            report.Submit("sent answer=" + Send(env, ScriptedCore.Job, Job));
            return;
        }

        Send(env, ScriptedCore.Acknowledge, 0);
        new IrqSession(env, Read(env, 1)).Acknowledge();
        report.Submit("ended count=" + count);
    }

    private static int Send(Env env, byte command, byte argument)
    {
        env.Memory.WriteByte(Read(env, 3), command);
        env.Memory.WriteByte(Read(env, 3) + 1, argument);
        Error error = new SpiSession(env, Read(env, 0)).Transfer(Read(env, 2), 0, 0, 2);
        return error == Error.None ? env.Memory.ReadByte(Read(env, 3)) : -(int)error;
    }

    private static int Read(Env env, int place) => env.Memory.ReadInt32(env.Root + (4 * place));

    private static void Write(Env env, int place, int value) => env.Memory.WriteInt32(env.Root + (4 * place), value);
}
