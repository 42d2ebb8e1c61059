// Page faults: filled from a region map, and by the upcall of a fault handler.
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class PageFault : Benchmark
{
    private const int PageCount = 64;
    private const int MapGate = 1;
    private const int HandlerLabel = 5;

    private int _sink;

    internal override string Title => "Page faults";

    internal override string Note => "A fault needs a page that the page table does not know, so each round detaches and attaches it again; the case "
        + "above each one is that alone.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var machine = new Machine();
        Hand client = machine.Add("client");
        int dataspace = 0;
        int at = 0;
        client.Started = env =>
        {
            dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(env.Memory.PageSize * PageCount, out Error _);
            at = env.Attach(dataspace);
        };
        machine.Boot();
        var alone = new Case("detach and attach of 64 pages", machine.In(client, (env, count) => Touch(env, dataspace, at, count, 0))) { AllocatesNothing = true };
        return
        [
            alone,
            new Case("the same, and one fault, which fills 16 pages", machine.In(client, (env, count) => Touch(env, dataspace, at, count, 1)))
            {
                AllocatesNothing = true,
                Beside = alone,
            },
            new Case("the same, and a walk over all 64 pages", machine.In(client, (env, count) => Touch(env, dataspace, at, count, PageCount)))
            {
                AllocatesNothing = true,
                Beside = alone,
            },
            Upcall(),
        ];
    }

    private void Touch(Env env, int dataspace, int at, int count, int pages)
    {
        int size = env.Memory.PageSize;
        for (int i = 0; i < count; i++)
        {
            env.DetachFrom(Selectors.AddressSpace, at);
            env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, at, Rights.ReadWrite);
            for (int page = 0; page < pages; page++)
            {
                _sink += env.Memory.ReadByte(at + (page * size));
            }
        }
    }

    private Case Upcall()
    {
        var machine = new Machine();
        Hand pager = machine.Add("pager");
        Hand client = machine.Add("client");
        int map = 0;
        int page = 0;
        int shared = 0;
        int at = 0;
        pager.Started = env =>
        {
            int size = env.Memory.PageSize;
            map = new RmSession(env, env.Connect("RM")).Create(size, out Error _);
            page = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error _);
            Expect.Ok(env.SetFaultHandler(map, env.Gate(HandlerLabel)));
            Expect.Ok(env.Call(Selectors.Parent, env.Compose(Root.Deposit).Add(MapGate).AddCapability(map)));
        };
        pager.Requested = (env, _, _) =>
        {
            env.AttachAt(map, page, 0, 0, 0, Rights.ReadWrite);
            return env.LastError;
        };
        client.Started = env =>
        {
            Message message = env.Compose(Root.Fetch).Add(MapGate);
            Expect.Ok(env.Call(Selectors.Parent, message));
            shared = message.Capability(0);
            at = env.Attach(shared);
        };
        machine.Boot();
        return new Case("a fault that a handler in another component resolves, and detach", machine.In(client, (env, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                _sink += env.Memory.ReadInt32(at);
                env.DetachFrom(shared, 0);
            }
        }))
        {
            AllocatesNothing = true,
        };
    }
}
