// A target that is a client of another target: asks it every 10 ms, shares memory with it, and checks every answer.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Adds 1 to its sum at a keeper with each request, and compares; then the same through memory that both have.</summary>
public sealed class Guest : Probe
{
    private const int Opened = 500;
    private const int Shared = 501;
    private const int Made = 502;

    protected override void Enter(Env env, Notes notes) => Must(env, env.Open("Keep", "room", Opened), "open");

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        Must(env, outcome, "answer " + label);
        switch (label)
        {
            case Opened:
                notes.Write(0, answer.Capability(0));
                Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Share).Add(7), Shared), "send");
                Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Make), Made), "send");
                break;
            case Shared:
                notes.Write(1, answer.Capability(0));
                notes.Write(2, env.Attach(notes.Read(1)));
                break;
            case Made:
                notes.Write(3, answer.Capability(0));
                break;
            default:
                notes.Write(label, notes.Read(label) + 1);
                env.Log((answer.Word(0) == notes.Read(label) ? "right " : "broken: ") + label + " is " + answer.Word(0));
                break;
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (notes.Read(3) == 0)
        {
            return "no session";
        }

        Must(env, env.Send(notes.Read(0), env.Compose(Keeper.Add).Add(1), 10), "send");
        Must(env, env.Send(notes.Read(3), env.Compose(Keeper.Add).Add(1), 11), "send");
        return env.Memory.ReadInt32(notes.Read(2)) == 7 ? "" : "shared memory";
    }
}
