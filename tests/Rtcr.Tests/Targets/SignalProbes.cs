// Targets with signal contexts that were triggered and not delivered.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Triggers contexts of its own at each second check, several times each; they come once each, with their counts.</summary>
public sealed class Submitter : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        for (int label = 1; label <= 4; label++)
        {
            notes.Write(label, env.Signal(label * 11));
        }
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        env.Log("signal " + label + " times " + count);
        notes.Write(20 + (label / 11), notes.Read(20 + (label / 11)) + count);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        int rounds = (number - 1) / 2;
        string wrong = notes.Read(21) == 5 * rounds && notes.Read(22) == rounds && notes.Read(23) == 7 * rounds && notes.Read(24) == 0
            ? ""
            : "signals lost or doubled";
        if (number % 2 == 0)
        {
            // Their order is another one than that in which they were made.
            env.Submit(notes.Read(3), 7);
            env.Submit(notes.Read(1), 3);
            env.Submit(notes.Read(2));
            env.Submit(notes.Read(1), 2);
        }

        return wrong;
    }
}

/// <summary>A fast periodic timer whose ticks coalesce while the target is held; each count is told.</summary>
public sealed class FastTicker : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(1));
        timer.TriggerPeriodic(10_000);
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        notes.Write(0, notes.Read(0) + count);
        if (count > 1)
        {
            env.Log(count + " ticks at once, " + notes.Read(0) + " in all");
        }
    }

    protected override string Check(Env env, Notes notes, int number) => "";
}

/// <summary>A timer whose signal context was freed, and whose place another one took: nobody may ever be signalled.</summary>
public sealed class FreedContext : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int timer = env.Connect("Timer");
        int context = env.Signal(1);
        new TimerSession(env, timer).Sigh(context);
        new TimerSession(env, timer).TriggerPeriodic(20_000);
        new PdSession(env, Selectors.Pd).FreeSignal(context);
        notes.Write(0, timer);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 1)
        {
            notes.Write(1, env.Signal(2));
        }

        return env.TypeOf(notes.Read(1)) == ObjectType.Irq ? "" : "the context is gone";
    }
}

/// <summary>The same, without another context in the place of the freed one.</summary>
public sealed class FreedContextUnreplaced : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int timer = env.Connect("Timer");
        int context = env.Signal(1);
        new TimerSession(env, timer).Sigh(context);
        new TimerSession(env, timer).TriggerPeriodic(20_000);
        new PdSession(env, Selectors.Pd).FreeSignal(context);
    }

    protected override string Check(Env env, Notes notes, int number) => "";
}
