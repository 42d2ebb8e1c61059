// Signals: submitted by a component, coalesced, and from a timer.
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Signals : Benchmark
{
    private const int Mine = 1;
    private const int PeriodMicroseconds = 10;

    internal override string Title => "Signals";

    internal override IReadOnlyList<Case> Prepare(Size size) =>
    [
        Delivered(new Machine(false), "modelled clock"),
        Delivered(new Machine(true), "measuring clock"),
        Coalesced(),
        FromTimer(),
    ];

    private static Case Delivered(Machine machine, string name)
    {
        Hand client = machine.Add("client");
        int signal = 0;
        int left = 0;
        client.Started = env => signal = env.Signal(Mine);
        client.Signalled = (env, _, _) =>
        {
            if (--left > 0)
            {
                env.Submit(signal);
            }
        };
        machine.Boot();
        return new Case("submit and delivery in a dispatch, " + name, machine.In(client, (env, count) =>
        {
            left = count;
            Expect.Ok(env.Submit(signal));
        }))
        {
            AllocatesNothing = true,
        };
    }

    private static Case Coalesced()
    {
        var machine = new Machine();
        Hand client = machine.Add("client");
        int signal = 0;
        client.Started = env => signal = env.Signal(Mine);
        machine.Boot();
        return new Case("submit of what is pending already", machine.In(client, (env, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                env.Submit(signal);
            }
        }))
        {
            AllocatesNothing = true,
        };
    }

    private static Case FromTimer()
    {
        var machine = new Machine();
        Hand client = machine.Add("client");
        client.Started = env =>
        {
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(Mine));
            timer.TriggerPeriodic(PeriodMicroseconds);
        };
        machine.Boot();
        return new Case("a timer fires and is delivered", Case.Timed(count =>
        {
            for (int i = 0; i < count; i++)
            {
                machine.Board.Clock.Spend(Work.Dispatch, PeriodMicroseconds * 2);
                machine.Kernel.Poll();
                Expect.That(machine.Kernel.Dispatch(), "the timer did not fire");
            }
        }))
        {
            AllocatesNothing = true,
        };
    }
}
