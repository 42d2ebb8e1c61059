// Components that come and go on a board with more and more others: what making and ending one costs.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Benchmarks;

internal sealed class Births : Benchmark
{
    private const int Ram = 16 * 1024;
    private const int Caps = 20;
    private const int Never = 1_000_000_000;
    private const double Flat = 1.5;

    private static readonly int[] Counts = [1, 10, 100, 1000];

    internal override string Title => "A component made and ended on a board of many components";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int count in size == Size.Full ? Counts : Counts[..2])
        {
            Machine machine = Components.Board(count, Never);
            machine.Program("idle", new Hand());
            cases.Add(new Case($"a component made and ended, {count} others", machine.In(machine.Root, MakeAndEnd))
            {
                Beside = cases.FirstOrDefault(),
                Aim = cases.Count > 0 ? Aim.Times(Flat) : null,
            });
        }

        return cases;
    }

    private static void MakeAndEnd(Env env, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Expect.Ok(Child.Create(env, "idle", "idle", Ram, Caps, Priorities.Default, 0, out Child? child));
            child!.Destroy();
        }
    }
}
