// Targets that wait for timers.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Sleeps in one one-shot timer, for three checks and a half.</summary>
public sealed class Sleeper : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(1));
        timer.TriggerOnce(350_000);
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        env.Log(label == 1 && count == 1 && notes.Checks == 3 ? "woke" : "broken: woke after check " + notes.Checks);
        notes.Write(0, 1);
    }

    protected override string Check(Env env, Notes notes, int number) => notes.Read(0) == (number > 3 ? 1 : 0) ? "" : "slept wrongly";
}

/// <summary>Counts a periodic timer whose period goes into that of the checks with a rest.</summary>
public sealed class Ticker : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(1));
        timer.TriggerPeriodic(37_000);
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => notes.Write(0, notes.Read(0) + count);

    protected override string Check(Env env, Notes notes, int number)
        => notes.Read(0) == number * 100 / 37 ? "" : notes.Read(0) + " ticks";
}

/// <summary>Several timers: two periodic ones, a one-shot one, one that was disarmed and one without a signal context.</summary>
public sealed class ManyTimers : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        for (int i = 0; i < 5; i++)
        {
            var timer = new TimerSession(env, env.Connect("Timer", "number " + i, 0, 0, 0));
            Must(env, i == 4 ? Error.None : timer.Sigh(env.Signal(i)), "sigh");
            switch (i)
            {
                case 0:
                    timer.TriggerPeriodic(37_000);
                    break;
                case 1:
                    timer.TriggerPeriodic(53_000);
                    break;
                case 2:
                    timer.TriggerOnce(430_000);
                    break;
                case 3:
                    timer.TriggerPeriodic(10_000);
                    timer.TriggerOnce(0);
                    break;
                default:
                    timer.TriggerPeriodic(19_000);
                    break;
            }
        }
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => notes.Write(label, notes.Read(label) + count);

    protected override string Check(Env env, Notes notes, int number)
    {
        bool right = notes.Read(0) == number * 100 / 37 && notes.Read(1) == number * 100 / 53
            && notes.Read(2) == (number > 4 ? 1 : 0) && notes.Read(3) == 0;
        return right ? "" : notes.Read(0) + ", " + notes.Read(1) + ", " + notes.Read(2) + ", " + notes.Read(3) + " ticks";
    }
}
