// Capabilities on their way: delegated in a call and given up, objects made and ended, and ended while many hold them.
using System.Diagnostics;
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Delegation : Benchmark
{
    private const int Give = 0x5101;
    private const int Back = 0x5102;
    private const int Holders = 100;

    internal override string Title => "Capabilities";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var machine = new Machine();
        Hand client = machine.Add("client");
        machine.Root.Requested = static (_, _, request) =>
        {
            request.AddCapability(request.Opcode == Give ? Selectors.Log : request.Capability(0));
            return Error.None;
        };
        machine.Boot();
        return
        [
            new Case("call with one capability each way, and release", machine.In(client, (env, count) => Exchange(env, count))) { AllocatesNothing = true },
            new Case("gate made and ended", machine.In(client, (env, count) => MakeGate(env, count))) { AllocatesNothing = true },
            new Case("4 KB dataspace allocated and freed", machine.In(client, (env, count) => MakeMemory(env, count))) { AllocatesNothing = true },
            new Case("end of a gate that 100 selectors name", machine.Within(client, Revoke)) { AllocatesNothing = true },
        ];
    }

    private static void Exchange(Env env, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Message message = env.Compose(Give).AddCapability(Selectors.Pd);
            env.Call(Selectors.Parent, message);
            env.Release(message.Capability(0));
        }
    }

    private static void MakeGate(Env env, int count)
    {
        var pd = new PdSession(env, Selectors.Pd);
        for (int i = 0; i < count; i++)
        {
            pd.FreeGate(env.Gate(1));
        }
    }

    private static void MakeMemory(Env env, int count)
    {
        var pd = new PdSession(env, Selectors.Pd);
        for (int i = 0; i < count; i++)
        {
            pd.FreeDataspace(pd.AllocateDataspace(4096, out Error _));
        }
    }

    /// <summary>Only the end is timed: what all those selectors cost before and after is another matter.</summary>
    private static long Revoke(Env env, int count)
    {
        var pd = new PdSession(env, Selectors.Pd);
        long ticks = 0;
        for (int i = 0; i < count; i++)
        {
            int gate = env.Gate(1);
            int first = gate + 1;
            for (int holder = 1; holder < Holders; holder++)
            {
                Expect.Ok(env.Call(Selectors.Parent, env.Compose(Back).AddCapability(gate)));
            }

            long start = Stopwatch.GetTimestamp();
            pd.FreeGate(gate);
            ticks += Stopwatch.GetTimestamp() - start;
            for (int holder = 1; holder < Holders; holder++)
            {
                env.Release(first++);
            }
        }

        return Case.ToNanoseconds(ticks);
    }
}
