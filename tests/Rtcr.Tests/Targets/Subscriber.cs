// A target that gives a signal context and a gate to a keeper, once, and counts what comes of it.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Subscribes at a keeper; lets itself be notified with each check.</summary>
public sealed class Subscriber : Probe
{
    private const int Opened = 500;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(1, env.Signal(7));
        Must(env, env.Open("Keep", "", Opened), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        if (label == Opened)
        {
            Must(env, outcome, "open");
            notes.Write(0, answer.Capability(0));
            Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Give).AddCapability(notes.Read(1)), 1), "send");
        }
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => notes.Write(2, notes.Read(2) + count);

    protected override string Check(Env env, Notes notes, int number)
    {
        if (notes.Read(0) == 0)
        {
            return "no session";
        }

        Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Notify), 2), "send");
        env.Log("notified " + notes.Read(2));
        return "";
    }
}
