// Targets with sessions of core's services.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Sessions opened and closed again, so that their places are used again, by others and by the same.</summary>
public sealed class Reopener : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        for (int i = 0; i < 6; i++)
        {
            notes.Write(i, env.Connect(i % 2 == 0 ? "Timer" : "RM", "round " + i, 0, 0, 0));
        }

        int map = new RmSession(env, notes.Read(1)).Create(4096, out Error error);
        Must(env, error, "create");
        Must(env, new RmSession(env, notes.Read(1)).Destroy(map), "destroy");
        for (int i = 0; i < 5; i++)
        {
            Must(env, env.Close(notes.Read(i)), "close " + i);
        }

        notes.Write(0, env.Connect("Timer", "again", 0, 0, 0));
        notes.Write(1, env.Signal(1));
        new TimerSession(env, notes.Read(0)).Sigh(notes.Read(1));
        new TimerSession(env, notes.Read(0)).TriggerPeriodic(61_000);
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => notes.Write(10, notes.Read(10) + count);

    protected override string Check(Env env, Notes notes, int number)
    {
        int session = env.Connect("Timer");
        env.Log("opened at " + session);
        bool works = new TimerSession(env, session).ElapsedNanoseconds() >= 0;
        Must(env, env.Close(session), "close");
        return works && notes.Read(10) == number * 100 / 61 ? "" : notes.Read(10) + " ticks";
    }
}

/// <summary>More LOG and Report sessions than it was born with, under labels of their own.</summary>
public sealed class Speaker : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Connect("LOG", "loud", 0, 0, 0));
        notes.Write(1, env.Connect("LOG", "", 0, 0, 0));
        notes.Write(2, env.Connect("Report", "state", 0, 0, 0));
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Call(notes.Read(0), env.Compose(LogOperation.Write).AddText("loud " + number)), "log");
        Must(env, env.Call(notes.Read(1), env.Compose(LogOperation.Write).AddText("plain " + number)), "log");
        Must(env, new ReportSession(env, notes.Read(2)).Submit("at number=" + number), "report");
        return "";
    }
}

/// <summary>A managed dataspace whose RM session was closed: it ends with the session.</summary>
public sealed class ClosedManager : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int session = env.Connect("RM");
        notes.Write(0, new RmSession(env, session).Create(4096, out Error error));
        Must(env, error, "create");
        Must(env, env.Close(session), "close");
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        env.Log("it is of type " + (int)env.TypeOf(notes.Read(0)));
        return "";
    }
}

/// <summary>An interrupt that is acknowledged late: the one that comes meanwhile waits in its line.</summary>
public sealed class LateAcknowledger : Probe
{
    public const int Line = 5;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Connect("IRQ", "", 0, 0, Line));
        Must(env, new IrqSession(env, notes.Read(0)).Sigh(env.Signal(1)), "sigh");
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        env.Log("interrupt times " + count + " after check " + notes.Checks);
        notes.Write(1, notes.Read(1) + count);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var irq = new IrqSession(env, notes.Read(0));
        int line = irq.Info(out bool unacknowledged);
        env.Log("line " + line + (unacknowledged ? " waits" : " is open"));
        if (number == 5 || number == 8)
        {
            irq.Acknowledge();
        }

        return "";
    }
}

/// <summary>Gives back whatever it can: sessions, memory, capabilities. What is left is a timer.</summary>
public sealed class Ascetic : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int context = env.Signal(1);
        var pd = new PdSession(env, Selectors.Pd);
        int memory = pd.AllocateDataspace(10000, out Error error);
        Must(env, error, "allocate");
        int at = env.Attach(memory);
        env.Memory.WriteInt32(at, 1);
        Must(env, pd.FreeDataspace(memory), "free");
        Must(env, pd.FreeSignal(context), "free");
        Must(env, env.Close(notes.Report), "close");
        notes.Report = Selectors.Invalid;
        env.Release(Selectors.Thread);
        env.Release(Selectors.Task);
        env.Release(Selectors.Cpu);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Badge(Selectors.Task) == 0 ? Error.None : Error.Exists, "task");
        return "";
    }
}

/// <summary>A target that ends itself at its fifth check.</summary>
public sealed class Leaver : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 5)
        {
            env.Exit(7);
        }

        return number <= 5 ? "" : "lives on";
    }
}

/// <summary>Asks for more than its budgets and tables hold, and lives with the refusals.</summary>
public sealed class Glutton : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var pd = new PdSession(env, Selectors.Pd);
        int none = pd.AllocateDataspace(64 * 1024 * 1024, out Error tooMuch);
        int contexts = 0;
        int context = env.Signal(1);
        Error full = Error.None;
        while (context != Selectors.Invalid)
        {
            contexts++;
            context = env.Signal(1);
            full = env.LastError;
        }

        pd.AllocateDataspace(4096, out Error alsoFull);
        env.Log("no " + Errors.Name(tooMuch) + ", " + contexts + " more contexts, then " + Errors.Name(full) + ", " + Errors.Name(alsoFull));
        for (int selector = env.TypeOf(200) == ObjectType.None ? 199 : 0; selector >= Selectors.FirstFree; selector--)
        {
            if (env.TypeOf(selector) == ObjectType.Irq && contexts > 0 && selector > 20)
            {
                pd.FreeSignal(selector);
                contexts--;
            }
        }

        return none == 0 && tooMuch == Error.OutOfRam ? "" : "got what is not there";
    }
}

/// <summary>Pauses its own thread at a check; only its parent could let it go on, and does not.</summary>
public sealed class SelfPauser : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 2)
        {
            Must(env, new CpuSession(env, Selectors.Cpu).Pause(Selectors.Thread), "pause");
        }

        return number <= 2 ? "" : "goes on";
    }
}

/// <summary>A second thread with a signal context and a gate of its own.</summary>
public sealed class TwoThreads : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        var cpu = new CpuSession(env, Selectors.Cpu);
        int thread = cpu.CreateThread(Selectors.Pd, "second", Priorities.Default, out Error error);
        Must(env, error, "create");
        Must(env, cpu.Start(thread, false), "start");
        notes.Write(0, env.Signal(1, thread));
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => notes.Write(1, notes.Read(1) + count);

    protected override string Check(Env env, Notes notes, int number)
    {
        string wrong = notes.Read(1) == 2 * (number - 1) ? "" : notes.Read(1) + " signals";
        Must(env, env.Submit(notes.Read(0), 2), "submit");
        return wrong;
    }
}
