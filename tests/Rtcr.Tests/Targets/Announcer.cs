// A target that serves, and nobody comes.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Announces two services, and a third later; none of them twice.</summary>
public sealed class Announcer : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        Must(env, env.Announce("First", 8), "announce");
        Must(env, env.Announce("Second", 16, 2), "announce");
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 4)
        {
            Must(env, env.Announce("Third", 8), "announce");
        }

        Error again = env.Announce("First", 8);
        return again == Error.Exists ? "" : "announced twice: " + Errors.Name(again);
    }
}
