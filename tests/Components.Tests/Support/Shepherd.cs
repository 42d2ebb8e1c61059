// A client of sheep servers that tries everything.
using Tern.Components;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Opens two sessions, adds sheep in turn, asks for what does not exist, closes one session and opens another.</summary>
public sealed class Shepherd : Program
{
    private const int First = 1;
    private const int Second = 2;
    private const int Again = 3;
    private const int Unknown = 90;

    public override void Construct(Env env)
    {
        env.Root = env.Allocate(16);
        env.Open("Sheep", "first", First);
        env.Open("Sheep", "second", Second);
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label > Again)
        {
            env.Log(label + ": " + Errors.Name(error) + " " + answer.Word(0) + " after " + answer.Word(1));
            if (label == Unknown)
            {
                env.Close(Session(env, First));
                env.Open("Sheep", "again", Again);
            }

            return;
        }

        env.Memory.WriteInt32(env.Root + (4 * label), answer.Capability(0));
        if (label == Second)
        {
            Add(env, First, 5);
            Add(env, Second, 100);
            Add(env, First, -2);
            Add(env, First, 0);
            env.Send(Session(env, First), env.Compose(77), Unknown);
        }
        else if (label == Again)
        {
            Add(env, Again, 1);
            Add(env, Second, 1);
        }
    }

    private static int Session(Env env, int label) => env.Memory.ReadInt32(env.Root + (4 * label));

    private static void Add(Env env, int session, int sheep)
        => env.Send(Session(env, session), env.Compose(SheepOperation.Add).Add(sheep), 10 * session);
}

/// <summary>Serves Sheep, and miscounts the third time.</summary>
public sealed class Miscounter : Program
{
    public override void Construct(Env env) => env.Announce("Sheep", 8);

    public override Error OnRequest(Env env, int label, Message request)
    {
        int count = env.Memory.ReadInt32(label) + 1;
        env.Memory.WriteInt32(label, count);
        request.Add(count < 3 ? count : count + 1);
        return Error.None;
    }
}
