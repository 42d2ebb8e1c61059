// Programs that ask for more than there is, or for what nobody has: all of it is answered.
using Tern.Kernel;

namespace Tern.Os.Tests;

internal static class Greed
{
    private const int Storm = 7;
    private const int Enough = 5000;

    /// <summary>Does it, and says what came of it.</summary>
    internal static void Commit(Env env, string deed)
    {
        Error error = Error.None;
        int count = 0;
        switch (deed)
        {
            case "takes all RAM":
                for (var pd = new PdSession(env, Selectors.Pd); error == Error.None && count < Enough; count++)
                {
                    pd.AllocateDataspace(4096, out error);
                }

                break;
            case "takes all capabilities":
                for (; error == Error.None && count < Enough; count++)
                {
                    error = env.Signal(count) == 0 ? env.LastError : Error.None;
                }

                break;
            case "makes threads without end":
                for (; error == Error.None && count < Enough; count++)
                {
                    error = env.Entrypoint(100 + count, "t", 1) == 0 ? env.LastError : Error.None;
                }

                break;
            case "opens sessions without end":
                for (; error == Error.None && count < Enough; count++)
                {
                    error = env.Connect("Timer") == 0 ? env.LastError : Error.None;
                }

                break;
            case "asks without end":
                for (; error == Error.None && count < Enough; count++)
                {
                    error = env.Send(Selectors.Parent, env.Compose(99), 1000 + count);
                }

                break;
            case "sends too much at once":
                Message message = env.Compose(1);
                for (; count < 1000; count++)
                {
                    message.Add(count).AddText("xxxxxxxxxx").AddCapability(Selectors.Pd);
                }

                error = env.Call(Selectors.Parent, message);
                break;
            case "forges selectors":
                Forge(env);
                return;
            case "speaks nonsense":
                SpeakNonsense(env);
                return;
            case "gives its own capabilities up":
                for (int selector = Selectors.Thread; selector < 200; selector++)
                {
                    env.Release(selector);
                }

                env.Log("gave up");
                return;
            case "ends its own thread and domain":
                var cpu = new CpuSession(env, Selectors.Cpu);
                cpu.Kill(Selectors.Thread);
                cpu.SetPriority(Selectors.Thread, 1000);
                env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(Selectors.Pd));
                env.Log("still here");
                return;
            case "starts a storm of signals":
                int signal = env.Signal(Storm);
                env.Root = env.Allocate(8);
                env.Memory.WriteInt32(env.Root, signal);
                env.Submit(signal);
                return;
            case "exits with what it likes":
                env.Log("exits");
                env.Exit(int.MinValue);
                env.Exit(7);
                return;
            default:
                throw new System.ArgumentException(deed);
        }

        env.Log(Errors.Name(error) + " after " + count);
    }

    /// <summary>Everything that a component can ask by a selector, with every selector that there may be and some that there cannot.</summary>
    private static void Forge(Env env)
    {
        int next = env.Root;
        int named = 0;
        for (int i = 0; i < 2000; i++)
        {
            int selector = i < 1900 ? 300 + (2 * i) : (i - 1950) * 0x3ffffff;
            named += env.Badge(selector) != 0 || env.Call(selector, env.Compose(i % 40)) != Error.InvalidCapability
                || env.Submit(selector) != Error.InvalidCapability || env.Attach(selector) != 0 ? 1 : 0;
            env.Release(selector);
        }

        env.Log(named == 0 && next == env.Root ? "forged nothing" : "named " + named);
    }

    /// <summary>Opcodes and arguments that nobody knows, to all whom it can ask.</summary>
    private static void SpeakNonsense(Env env)
    {
        int timer = env.Connect("Timer");
        int none = 0;
        for (int i = 0; i < 400; i++)
        {
            int whom = i % 4 == 0 ? Selectors.Pd : i % 4 == 1 ? Selectors.Cpu : i % 4 == 2 ? Selectors.Log : timer;
            Error error = env.Call(whom, env.Compose((i * 7919) + 50).Add(i * 104729).Add(-i).AddText("x").AddCapability(Selectors.Parent));
            none += error == Error.None ? 1 : 0;
        }

        env.Log(none == 0 ? "spoke nonsense" : "understood " + none);
    }
}
