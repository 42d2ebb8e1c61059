// Targets in the middle of an RPC.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Waits for the answers to requests that its server keeps, each with words, bytes and a capability.</summary>
public sealed class Waiter : Probe
{
    private const int Opened = 500;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(1, env.Signal(1));
        Must(env, env.Open("Slow", "patient", Opened), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        if (label == Opened)
        {
            Must(env, outcome, "open");
            notes.Write(0, answer.Capability(0));
            Ask(env, notes, 1);
            Ask(env, notes, 2);
            return;
        }

        env.Log("answer to " + label + " is " + answer.Word(0) + ", " + Errors.Name(outcome));
        if (answer.Word(0) != label + 1)
        {
            env.Log("broken: wrong answer");
        }

        Ask(env, notes, label + 2);
    }

    protected override string Check(Env env, Notes notes, int number) => notes.Read(0) != 0 ? "" : "no session";

    private static void Ask(Env env, Notes notes, int number)
    {
        Message message = env.Compose(SlowServer.Later).Add(number).Add(-1).AddText("number " + number).AddCapability(notes.Read(1));
        Must(env, env.Send(notes.Read(0), message, number), "send");
    }
}

/// <summary>Waits for a session of a service that is not there yet.</summary>
public sealed class LateOpener : Probe
{
    protected override void Enter(Env env, Notes notes) => Must(env, env.Open("Late", "early", 1), "open");

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        if (label == 1)
        {
            env.Log("opened: " + Errors.Name(outcome));
            notes.Write(0, answer.Capability(0));
            return;
        }

        env.Log("echo " + answer.Word(0));
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (notes.Read(0) != 0)
        {
            Must(env, env.Send(notes.Read(0), env.Compose(SlowServer.Echo).Add(number), 2), "send");
        }

        return "";
    }
}

/// <summary>Several sessions of a sibling, one of them closed again, an object that the server made, and a signal context it may trigger.</summary>
public sealed class SiblingUser : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(10, env.Signal(1));
        for (int i = 0; i < 3; i++)
        {
            Must(env, env.Open("Slow", "session " + i, 100 + i), "open");
        }
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        Must(env, outcome, "answer " + label);
        if (label >= 100 && label < 103)
        {
            notes.Write(label - 100, answer.Capability(0));
            if (label == 102)
            {
                Must(env, env.Close(notes.Read(1)), "close");
                notes.Write(1, 0);
                Must(env, env.Send(notes.Read(2), env.Compose(SlowServer.Make), 200), "send");
            }
        }
        else if (label == 200)
        {
            notes.Write(3, answer.Capability(0));
        }
        else
        {
            env.Log("answer to " + label + ": " + answer.Word(0) + answer.Text);
        }
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Log("signalled by the server");

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Send(notes.Read(0), env.Compose(SlowServer.Echo).Add(number).AddText(" from 0"), 1), "send");
        Must(env, env.Send(notes.Read(2), env.Compose(SlowServer.Signal).AddCapability(notes.Read(10)), 2), "send");
        Must(env, env.Send(notes.Read(3), env.Compose(SlowServer.Echo).Add(number), 3), "send");
        return "";
    }
}

/// <summary>Asks itself, keeps the request, and answers it two checks later.</summary>
public sealed class SelfServer : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Gate(1));
        Must(env, env.Send(notes.Read(0), env.Compose(1).Add(5), 1), "send");
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        env.Log("asked for " + request.Word(0));
        notes.Write(1, env.Defer());
        return Error.Deferred;
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        env.Log("answered " + answer.Word(0) + " " + Errors.Name(outcome));
        Must(env, env.Send(notes.Read(0), env.Compose(1).Add(answer.Word(0)), 1), "send");
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number % 3 == 0)
        {
            Must(env, env.Reply(notes.Read(1), Error.None, env.Compose(0).Add(number)), "reply");
        }

        return "";
    }
}
