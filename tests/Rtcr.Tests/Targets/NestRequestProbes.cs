// Targets in the middle of requests and signals between them and their children.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Triggers its child's signal context, several times at once.</summary>
public sealed class Prodder : Brooder
{
    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        Must(env, env.Submit(nestling.Signal, 3), "submit");
        Must(env, env.Submit(nestling.Signal), "submit");
        return "";
    }
}

/// <summary>Answers its child at once.</summary>
public sealed class Answerer : Brooder
{
    protected override string Binary => Asker.Binary;
}

/// <summary>Keeps its child's request until the check after the next.</summary>
public sealed class Ponderer : Brooder
{
    protected override string Binary => Asker.Binary;

    protected override Error Doubled(Env env, ref Nestling nestling, Message request)
    {
        if (nestling.Token != 0)
        {
            return base.Doubled(env, ref nestling, request);
        }

        nestling.Token = env.Defer();
        return Error.Deferred;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        if (number % 2 == 1 && nestling.Token != 0)
        {
            Must(env, env.Reply(nestling.Token, Error.None, env.Compose(0).Add(-1)), "reply");
            nestling.Token = 0;
        }

        return "";
    }
}

/// <summary>Keeps its child's request, and ends the gate that it came through for a while.</summary>
public sealed class Sulker : Brooder
{
    protected override string Binary => Asker.Binary;

    protected override Error Doubled(Env env, ref Nestling nestling, Message request)
    {
        nestling.Token = env.Defer();
        return Error.Deferred;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        if (number == 2)
        {
            Must(env, new PdSession(env, Selectors.Pd).FreeGate(nestling.Parent), "free");
        }

        if (number == 4)
        {
            Must(env, env.Reply(nestling.Token, Error.None, env.Compose(0).Add(-4)), "reply");
        }

        return "";
    }
}

/// <summary>Asks its child at every check, for an answer at once and for one that takes its time.</summary>
public sealed class Inquirer : Brooder
{
    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        Must(env, env.Send(nestling.Gate, env.Compose(Kid.Now).Add(number).AddText(" now"), 1), "send");
        if (number % 2 == 0)
        {
            Must(env, env.Send(nestling.Gate, env.Compose(Kid.Later).Add(number).AddText(" later"), 2), "send");
        }

        return "";
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        env.Log("answer to " + label + " is " + answer.Word(0) + ", " + Errors.Name(outcome));
        if (answer.CapabilityCount > 0)
        {
            env.Release(answer.Capability(0));
        }
    }
}

/// <summary>A child with several entrypoints, and two entrypoints of its own, one of them with a request of the child's.</summary>
public sealed class Choir : Brooder
{
    protected override string Binary => ManyHanded.Binary;

    protected override void Enter(Env env, Notes notes)
    {
        // Nothing of a component is more urgent than it was started: its first entrypoint steps back.
        Must(env, new CpuSession(env, Selectors.Cpu).SetPriority(Selectors.Thread, Priorities.Default - 1), "priority");
        notes.Write(0, env.Entrypoint(1, "tenor", Priorities.Default));
        notes.Write(1, env.Entrypoint(2, "bass", Priorities.Default - 2));
        notes.Write(2, env.Signal(51, notes.Read(0)));
        notes.Write(3, env.Signal(52, notes.Read(1)));
        notes.Write(4, env.Gate(53, notes.Read(1)));
        base.Enter(env, notes);
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
        => env.Log("signal " + label + " times " + count + " at entrypoint " + env.CurrentEntrypoint);

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        env.Log("answer " + label + " is " + answer.Word(0) + " at entrypoint " + env.CurrentEntrypoint);
        if (answer.CapabilityCount > 0)
        {
            env.Release(answer.Capability(0));
        }
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        if (label != 53)
        {
            return base.Requested(env, notes, label, request);
        }

        env.Log("sung " + request.Word(0) + " at entrypoint " + env.CurrentEntrypoint);
        request.Add(request.Word(0) + 1);
        return Error.None;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Send(notes.Read(4), env.Compose(1).Add(number), 7, notes.Read(0)), "send");
        Must(env, env.Submit(notes.Read(3), 2), "submit");
        Must(env, env.Submit(notes.Read(2), 2), "submit");
        Must(env, env.Send(new Nestling(notes, 0).Gate, env.Compose(Kid.Now).Add(number), 8, notes.Read(1)), "send");
        if (number == 4)
        {
            Must(env, new CpuSession(env, Selectors.Cpu).Pause(notes.Read(1)), "pause");
        }

        if (number == 6)
        {
            Must(env, new CpuSession(env, Selectors.Cpu).Resume(notes.Read(1)), "resume");
        }

        return "";
    }
}

/// <summary>Passes its child's session request on to a sibling of RTCR's.</summary>
public sealed class FarParent : Brooder
{
    protected override string Binary => FarUser.Binary;
}
