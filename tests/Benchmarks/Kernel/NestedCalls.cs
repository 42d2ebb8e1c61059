// IPC that is answered within the dispatch: to core, to an ancestor, and to an ancestor's ancestor.
using System.Diagnostics;
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class NestedCalls : Benchmark
{
    private const int Echo = 0x5101;

    internal override string Title => "Nested calls: a request with one word and its answer with one";

    internal override string Note => "A handler's time is accounted where it begins and ends, so a call of another component reads the board's "
        + "clock twice. A modelled clock (a bench in virtual time) is a counter; a measuring one asks the host.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var clock = new Case("the host's clock, read once", Case.Timed(ReadClock)) { AllocatesNothing = true };
        return
        [
            clock,
            ToCore(new Machine(false), "core, modelled clock"),
            ToCore(new Machine(true), "core, measuring clock"),
            ToAncestor(new Machine(false), "an ancestor, modelled clock"),
            ToAncestor(new Machine(true), "an ancestor, measuring clock"),
            ToAncestor(new Machine(true, profile => profile.HandlerBudgetNanoseconds = 100_000_000_000), "an ancestor, measuring clock, handlers with a budget"),
        ];
    }

    private static Case ToCore(Machine machine, string name)
    {
        Hand client = machine.Add("client");
        machine.Boot();
        return new Case("call of " + name, machine.In(client, static (env, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                env.Call(Selectors.Pd, env.Compose(PdOperation.Quota).Add(i));
            }
        }))
        {
            AllocatesNothing = true,
            Aim = Aim.Nanoseconds(100),
        };
    }

    private static Case ToAncestor(Machine machine, string name)
    {
        Hand client = machine.Add("client");
        machine.Root.Requested = static (_, _, request) =>
        {
            request.Add(request.Word(0));
            return Error.None;
        };
        machine.Boot();
        return new Case("call of " + name, machine.In(client, static (env, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                Message message = env.Compose(Echo).Add(i);
                Error error = env.Call(Selectors.Parent, message);
                Expect.That(error == Error.None && message.Word(0) == i, "a wrong answer");
            }
        }))
        {
            AllocatesNothing = true,
            Aim = Aim.Nanoseconds(100),
        };
    }

    private static void ReadClock(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Stopwatch.GetTimestamp();
        }
    }
}
