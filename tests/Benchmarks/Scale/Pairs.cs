// A board with more and more components that ask each other: what one request and its answer cost.
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Pairs : Benchmark
{
    private const int Reply = 7;
    private const int Served = 1;
    private const double Flat = 1.5;

    private static readonly int[] Counts = [2, 10, 100, 1000];

    internal override string Title => "A board of many components, one half of which asks the other: the cost of a send and its answer";

    internal override string Note => "All clients have a request under way at all times, and a server keeps each request until the next one comes, so that "
        + "as many requests as there are servers wait for an answer by token.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int count in size == Size.Full ? Counts : Counts[..2])
        {
            Machine machine = Board(count);
            cases.Add(new Case($"send and answer, {count} components", Case.Timed(rounds => Run(machine, rounds)))
            {
                AllocatesNothing = true,
                Beside = cases.FirstOrDefault(),
                Aim = cases.Count > 0 ? Aim.Times(Flat) : null,
            });
        }

        return cases;
    }

    private static Machine Board(int components)
    {
        var machine = new Machine(false, profile => Components.Shape(profile, components));
        for (int i = 0; i < components; i += 2)
        {
            machine.Program("s" + i, new Server(i));
            machine.Program("c" + i, new Client(i));
            machine.Root.Add(new Component("s" + i, 16 * 1024, 32));
            machine.Root.Add(new Component("c" + i, 16 * 1024, 32));
        }

        return machine.Boot(10L * components);
    }

    /// <summary>A round is a dispatch of a server and one of a client.</summary>
    private static void Run(Machine machine, int rounds)
    {
        for (int i = 0; i < 2 * rounds; i++)
        {
            Expect.That(machine.Kernel.Dispatch(), "nobody asks any more");
        }
    }

    /// <summary>Keeps each request until the next one comes.</summary>
    private sealed class Server(int number) : PinnedProgram
    {
        private int _kept;

        public override void Construct(Env env)
        {
            int gate = env.Gate(Served);
            Expect.Ok(env.Call(Selectors.Parent, env.Compose(Root.Deposit).Add(number).AddCapability(gate)));
        }

        public override Error OnRequest(Env env, int label, Message request)
        {
            int token = env.Defer();
            if (_kept != 0)
            {
                env.Reply(_kept, Error.None, env.Compose(0).Add(1));
            }

            _kept = token;
            return Error.Deferred;
        }
    }

    /// <summary>Has two requests under way.</summary>
    private sealed class Client(int number) : PinnedProgram
    {
        private int _gate;

        public override void Construct(Env env)
        {
            Message message = env.Compose(Root.Fetch).Add(number);
            Expect.Ok(env.Call(Selectors.Parent, message));
            _gate = message.Capability(0);
            env.Send(_gate, env.Compose(1), Reply);
            env.Send(_gate, env.Compose(1), Reply);
        }

        public override void OnReply(Env env, int label, Error error, Message answer) => env.Send(_gate, env.Compose(1), Reply);
    }
}
