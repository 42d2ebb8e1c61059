// Sessions and components: opened and closed through the parent.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Benchmarks;

internal sealed class Sessions : Benchmark
{
    private const int Ram = 64 * 1024;
    private const int Caps = 20;

    internal override string Title => "Sessions and components, made and ended";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var machine = new Machine();
        Hand client = machine.Add("client");
        machine.Program("idle", new Hand());
        machine.Boot();
        return
        [
            new Case("Timer session, opened through a parent and closed", machine.In(client, static (env, count) =>
            {
                for (int i = 0; i < count; i++)
                {
                    Expect.Ok(env.Close(env.Connect("Timer")));
                }
            })),
            new Case("component with thread, LOG and CPU session, made by init and ended", machine.In(machine.Root, static (env, count) =>
            {
                for (int i = 0; i < count; i++)
                {
                    Expect.Ok(Child.Create(env, "idle", "idle", Ram, Caps, Priorities.Default, 0, out Child? child));
                    child!.Destroy();
                }
            })),
        ];
    }
}
