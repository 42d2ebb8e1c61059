// Children of the nests: probes themselves, so that they check their own state and budgets as their parents do.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A child that gives its parent a gate and a signal context, and counts what comes.</summary>
public class Kid : Probe
{
    public const string Name = "kid";

    /// <summary>Asked through its gate: answers at once, or with the next check.</summary>
    public const int Now = 1;
    public const int Later = 2;

    private const int GateLabel = 31;
    private const int SignalLabel = 32;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Gate(GateLabel));
        notes.Write(1, env.Signal(SignalLabel));
        Message message = env.Compose(Nest.Give).AddCapability(notes.Read(0)).AddCapability(notes.Read(1));
        Must(env, env.Call(Selectors.Parent, message), "give");
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        notes.Write(2, notes.Read(2) + count);
        env.Log("signal " + label + " times " + count + ", " + notes.Read(2) + " altogether");
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        env.Log("asked " + request.Opcode + " for " + request.Word(0) + request.Text);
        if (request.Opcode == Later)
        {
            notes.Write(3, env.Defer());
            notes.Write(4, request.Word(0));
            return Error.Deferred;
        }

        request.Add(-request.Word(0)).AddCapability(notes.Read(1));
        return Error.None;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (notes.Read(3) != 0)
        {
            Must(env, env.Reply(notes.Read(3), Error.None, env.Compose(0).Add(-notes.Read(4))), "reply");
            notes.Write(3, 0);
        }

        return "";
    }
}

/// <summary>A child that asks its parent at every check, with a word, a text and a capability.</summary>
public sealed class Asker : Kid
{
    public const string Binary = "asker";

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
        => env.Log(label + " doubled is " + answer.Word(0) + ", " + Errors.Name(outcome));

    protected override string Check(Env env, Notes notes, int number)
    {
        Message message = env.Compose(Nest.Twice).Add(number).AddText("please").AddCapability(notes.Read(1));
        Error error = env.Send(Selectors.Parent, message, number);
        if (error != Error.None)
        {
            env.Log("nobody to ask: " + Errors.Name(error));
        }

        return base.Check(env, notes, number);
    }
}

/// <summary>A child whose budgets are changed by its parent.</summary>
public sealed class Ward : Kid
{
    public const string Binary = "ward";

    protected override bool OwnsBudgets => false;
}

/// <summary>A child with a child.</summary>
public sealed class NestedKid : Nest
{
    public const string Binary = "nested kid";

    protected override void Enter(Env env, Notes notes)
    {
        int gate = env.Gate(31);
        int signal = env.Signal(32);
        Message message = env.Compose(Give).AddCapability(gate).AddCapability(signal);
        Must(env, env.Call(Selectors.Parent, message), "give");
        Hatch(env, notes, 0, "grandkid", Asker.Binary, 24 * 1024, 40);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        Must(env, env.Submit(nestling.Signal, number), "submit");
        return "";
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
    }
}

/// <summary>A child that touches what is not there, at its third check.</summary>
public sealed class FaultyKid : Kid
{
    public const string Binary = "faulty kid";

    protected override string Check(Env env, Notes notes, int number)
        => number < 3 ? "" : env.Memory.ReadInt32(0x700000).ToString();
}

/// <summary>A child that reads what its parent shows it at a fixed address, and cannot write there.</summary>
public sealed class Reader : Kid
{
    public const string Binary = "reader";
    public const int Window = 0x100000;
    public const int Page = 4096;

    protected override string Check(Env env, Notes notes, int number)
    {
        string seen = "";
        for (int page = 0; page < 4; page++)
        {
            seen += " " + env.Memory.ReadInt32(Window + (page * Page));
        }

        env.Log("sees" + seen);
        return "";
    }
}

/// <summary>A child with two further entrypoints, one more urgent and one less than its first, each with signals of its own.</summary>
public sealed class ManyHanded : Kid
{
    public const string Binary = "many-handed";

    protected override void Enter(Env env, Notes notes)
    {
        base.Enter(env, notes);
        Must(env, new CpuSession(env, Selectors.Cpu).SetPriority(Selectors.Thread, Priorities.Default - 2), "priority");
        notes.Write(5, env.Entrypoint(1, "urgent", Priorities.Default));
        notes.Write(6, env.Entrypoint(2, "patient", Priorities.Default - 4));
        notes.Write(7, env.Signal(41, notes.Read(5)));
        notes.Write(8, env.Signal(42, notes.Read(6)));
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
        => env.Log("signal " + label + " times " + count + " at entrypoint " + env.CurrentEntrypoint);

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Submit(notes.Read(8), 2), "submit");
        Must(env, env.Submit(notes.Read(7), 1), "submit");
        Must(env, env.Submit(notes.Read(1), 3), "submit");
        return base.Check(env, notes, number);
    }
}

/// <summary>A child that opens a session of its grandparent's sibling, and uses it.</summary>
public sealed class FarUser : Kid
{
    public const string Binary = "far user";

    protected override void Enter(Env env, Notes notes)
    {
        base.Enter(env, notes);
        Must(env, env.Open("Slow", "far", 1), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        Must(env, outcome, "answer " + label);
        if (label == 1)
        {
            notes.Write(6, answer.Capability(0));
            return;
        }

        env.Log("echo " + answer.Word(0) + answer.Text);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Send(notes.Read(6), env.Compose(SlowServer.Echo).Add(number).AddText(" far"), 2), "send");
        return "";
    }
}
