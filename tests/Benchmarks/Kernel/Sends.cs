// IPC between siblings: a send, the server's dispatch, and the answer's dispatch.
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Sends : Benchmark
{
    private const int ServerGate = 1;
    private const int Reply = 7;

    internal override string Title => "Sends: a request to a sibling and its answer, two dispatches";

    internal override IReadOnlyList<Case> Prepare(Size size) =>
    [
        RoundTrip(new Machine(false), "modelled clock", false),
        RoundTrip(new Machine(true), "measuring clock", false),
        RoundTrip(new Machine(false), "modelled clock, deferred and answered by token", true),
    ];

    private static Case RoundTrip(Machine machine, string name, bool isDeferred)
    {
        Hand server = machine.Add("server");
        Hand client = machine.Add("client");
        int gate = 0;
        int left = 0;
        server.Started = env =>
        {
            int own = env.Gate(1);
            Expect.Ok(env.Call(Selectors.Parent, env.Compose(Root.Deposit).Add(ServerGate).AddCapability(own)));
        };
        server.Requested = (env, _, request) =>
        {
            if (!isDeferred)
            {
                request.Add(1);
                return Error.None;
            }

            env.Reply(env.Defer(), Error.None, env.Compose(0).Add(1));
            return Error.Deferred;
        };
        client.Started = env =>
        {
            Message message = env.Compose(Root.Fetch).Add(ServerGate);
            Expect.Ok(env.Call(Selectors.Parent, message));
            gate = message.Capability(0);
        };
        client.Replied = (env, _, _, _) =>
        {
            if (--left > 0)
            {
                env.Send(gate, env.Compose(1).Add(left), Reply);
            }
        };
        machine.Boot();
        return new Case("send and answer, " + name, machine.In(client, (env, count) =>
        {
            left = count;
            Expect.Ok(env.Send(gate, env.Compose(1).Add(left), Reply));
        }))
        {
            AllocatesNothing = true,
        };
    }
}
