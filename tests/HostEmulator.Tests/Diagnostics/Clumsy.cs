// Programs that each do one thing wrong, as a beginner does it, and a server for them.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

/// <summary>Does one thing wrong when it starts.</summary>
internal sealed class Clumsy(Action<Env> deed) : PlainProgram
{
    public override void Construct(Env env) => deed(env);
}

/// <summary>Does one thing wrong each time its timer fires.</summary>
internal sealed class Repeating(Action<Env> deed) : PlainProgram
{
    public override void Construct(Env env)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(1));
        timer.TriggerPeriodic(100_000);
    }

    public override void OnSignal(Env env, int label, int count) => deed(env);
}

/// <summary>Opens a session of its sibling, sends it one request and looks at no answer.</summary>
internal sealed class Asking(int opcode, string service) : PlainProgram
{
    private const int Opened = 1;

    public override void Construct(Env env) => env.Open(service, "", Opened);

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label == Opened && error == Error.None)
        {
            int session = answer.Capability(0);
            int signal = env.Signal(7);
            env.Send(session, env.Compose(opcode).AddCapability(signal), 2);
        }
    }
}

/// <summary>The same, with no handler for the answer.</summary>
internal sealed class Deaf : PlainProgram
{
    public override void Construct(Env env) => env.Open("Sheep", "", 3);
}

/// <summary>Serves: 1 forgets to keep a capability and uses it at the next tick, 2 never answers; anything else it does not know.</summary>
internal sealed class ForgetfulServer : PlainProgram
{
    internal const int Take = 1;
    internal const int Hold = 2;

    public override void Construct(Env env)
    {
        env.Root = env.Allocate(8);
        env.Announce("Sheep", 8);
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(1));
        timer.TriggerPeriodic(50_000);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        int signal = env.Memory.ReadInt32(env.Root);
        if (signal != 0)
        {
            env.Submit(signal);
        }
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        switch (request.Opcode)
        {
            case Take:
                env.Memory.WriteInt32(env.Root, request.Capability(0));
                return Error.None;
            case Hold:
                return env.Defer() == 0 ? Error.MustSend : Error.Deferred;
            default:
                return Error.UnknownOpcode;
        }
    }
}

/// <summary>A server without OnRequest.</summary>
internal sealed class EmptyServer : PlainProgram
{
    public override void Construct(Env env) => env.Announce("Sheep", 8);
}

/// <summary>A program that may be a target.</summary>
internal abstract class PlainProgram : Program;
