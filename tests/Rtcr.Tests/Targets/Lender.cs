// A target that gives one of its sessions to another target, and closes it.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Gives a Timer session to a keeper's object, closes it at the second check, and opens another one at the third.</summary>
public sealed class Lender : Probe
{
    private const int Opened = 500;
    private const int Made = 501;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(1, env.Connect("Timer", "lent", 0, 0, 0));
        Must(env, env.Open("Keep", "", Opened), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        if (label == Opened)
        {
            Must(env, env.Send(answer.Capability(0), env.Compose(Keeper.Make), Made), "send");
        }
        else if (label == Made)
        {
            notes.Write(0, answer.Capability(0));
            Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Give).AddCapability(notes.Read(1)), 1), "send");
        }
        else if (label == 2)
        {
            env.Log("keeper says " + answer.Word(0));
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 2)
        {
            Must(env, env.Close(notes.Read(1)), "close");
        }
        else if (number == 3)
        {
            notes.Write(1, env.Connect("Timer", "not lent", 0, 0, 0));
        }

        Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Notify), 2), "send");
        return "";
    }
}
