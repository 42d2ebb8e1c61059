// A board with the co-processor's driver, a co-processor that a test spoils, and two clients that a test enters.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>A request that a test composes.</summary>
internal delegate Message Composer(CopyEngineSession session);

/// <summary>init, <c>fpga_drv</c>, and the clients <c>a</c> and <c>b</c>. The kernel audits itself after every dispatch.</summary>
internal sealed class EngineBench
{
    internal const string Policies = "<policy label_prefix=\"a\" memory=\"128K\"/><policy label_prefix=\"b\" memory=\"64K\"/>";

    private const string Route = "<route><service name=\"Copy_engine\"><child name=\"fpga_drv\"/></service><any-service><parent/></any-service></route>";

    internal EngineBench()
    {
        Fpga.Board = Board.Board;
        Board.Board.Wire("fpga", 3);
        Board.Spi = Fpga;
        Board.With("fpga_drv", new FpgaDriver()).With("a", A).With("b", B);
    }

    internal InitBench Board { get; } = new InitBench();

    internal FakeFpga Fpga { get; } = new FakeFpga();

    internal EngineClient A { get; } = new EngineClient();

    internal EngineClient B { get; } = new EngineClient();

    internal EngineBench Boot() => Boot("<config>" + Policies + "</config>");

    internal EngineBench Boot(string config)
    {
        Board.Boot("<config><default ram=\"200K\" caps=\"200\"/>"
            + "<start name=\"fpga_drv\"><provides><service name=\"Copy_engine\"/></provides><route><any-service><parent/></any-service></route>"
            + config + "</start><start name=\"a\">" + Route + "</start><start name=\"b\">" + Route + "</start></config>");
        Board.Run(3);
        return this;
    }

    /// <summary>Boots, and gives both clients a buffer and a signal.</summary>
    internal EngineBench Ready()
    {
        Boot();
        Prepare(A);
        Prepare(B);
        return this;
    }

    /// <summary>Gives a client a buffer and a signal.</summary>
    internal void Prepare(EngineClient client)
    {
        Ok(client, session => session.Buffer(client.BufferDataspace));
        Ok(client, session => session.Sigh(client.Signal));
    }

    /// <summary>Runs a piece of code as a handler of a client, and what follows from it.</summary>
    internal void Do(EngineClient client, EnvOrder order)
    {
        client.Order(order);
        Board.Run(2);
        if (client.Failure != null)
        {
            throw client.Failure;
        }

        Assert.IsTrue(client.IsIdle, "not entered\n" + Board.Log());
    }

    /// <summary>Has a client ask, and waits for the answer.</summary>
    internal Error Ask(EngineClient client, Composer composer)
    {
        int answers = client.Answers;
        Do(client, env => client.Ask(env, composer(new CopyEngineSession(env, client.Session))));
        Assert.AreEqual(answers + 1, client.Answers, "no answer\n" + Board.Log());
        return client.Outcome;
    }

    /// <summary>Has a client ask for what works.</summary>
    /// <returns>The answer's first word.</returns>
    internal int Ok(EngineClient client, Composer composer)
    {
        Tern.Tests.Expect.Ok(Ask(client, composer));
        return client.Words[0];
    }

    /// <summary>Collects what has ended.</summary>
    /// <returns>All of it; see <see cref="EngineClient.Collected"/>.</returns>
    internal string Collect(EngineClient client)
    {
        client.Collected = "";
        Do(client, client.Collect);
        Board.Run(2);
        return client.Collected;
    }

    /// <summary>Fills a client's buffer with bytes that tell their place.</summary>
    internal void Write(EngineClient client, int seed)
        => Do(client, env =>
        {
            for (int i = 0; i < EngineClient.BufferSize; i += 4)
            {
                env.Memory.WriteInt32(client.Buffer + i, (seed * 1000003) + (i * 7919));
            }
        });

    /// <summary>A word of a client's buffer.</summary>
    internal int Read(EngineClient client, int offset)
    {
        int value = 0;
        Do(client, env => value = env.Memory.ReadInt32(client.Buffer + offset));
        return value;
    }

    internal static int Pattern(int seed, int offset) => (seed * 1000003) + (offset * 7919);
}
