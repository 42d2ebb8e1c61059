// A board where targets of RTCR's serve clients that are RTCR's siblings, or other targets.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>A board with an RTCR and two clients under init.</summary>
public sealed class ServingBench
{
    public const string Server = "keeper";

    /// <summary>The label of the answer that brings a client's first session.</summary>
    public const int Opened = 900;

    private const string Config = "<config><parent-provides><service name=\"ROM\"/><service name=\"PD\"/><service name=\"CPU\"/>"
        + "<service name=\"LOG\"/><service name=\"RM\"/><service name=\"IRQ\"/><service name=\"Timer\"/><service name=\"Crypto\"/>"
        + "<service name=\"Report\"/></parent-provides>"
        + "<default-route><any-service><parent/><any-child/></any-service></default-route><default caps=\"100\"/>"
        + "<start name=\"alice\"><resource name=\"RAM\" quantum=\"64K\"/></start>"
        + "<start name=\"bob\"><resource name=\"RAM\" quantum=\"64K\"/></start>"
        + "<start name=\"rtcr\" caps=\"4000\" priority=\"12\"><resource name=\"RAM\" quantum=\"3M\"/>"
        + "<provides><service name=\"Keep\"/><service name=\"Sheep\"/></provides></start></config>";

    public ServingBench()
        : this(StateBench.Board())
    {
    }

    public ServingBench(TestBoard board)
        : this(board, null)
    {
    }

    public ServingBench(TestBoard board, Limit? limit)
        : this(board, limit, 4000)
    {
    }

    /// <summary>Boots a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="limit">What sets the sizes of RTCR's tables.</param>
    /// <param name="caps">RTCR's capabilities.</param>
    public ServingBench(TestBoard board, Limit? limit, int caps)
    {
        board.With("alice", Alice).With("bob", Bob).With(Server, new Keeper()).With("guest", new Guest()).With("lender", new Lender());
        Rtcr = new RtcrBench(board, true, Config.Substring(0, Config.IndexOf("4000")) + caps + Config.Substring(Config.IndexOf("4000") + 4));
        limit?.Invoke(Rtcr.Limits);
        Rtcr.Boot();
    }

    /// <summary>Sets sizes of tables.</summary>
    public delegate void Limit(RtcrLimits limits);

    public Outsider Alice { get; } = new Outsider(1);

    public Outsider Bob { get; } = new Outsider(2);

    public RtcrBench Rtcr { get; }

    public TestBoard Board => Rtcr.Board;

    /// <summary>A board with the server, and a session of it for the first client.</summary>
    public static ServingBench Served()
    {
        var bench = new ServingBench();
        bench.Start();
        bench.Open(bench.Alice, "", 0);
        Assert.AreEqual(Opened + " ok 0;", bench.Alice.TakeAnswers());
        return bench;
    }

    public void Start() => Rtcr.Start(Server, Server);

    /// <summary>A client opens a session.</summary>
    public void Open(Outsider client, string label, int argument) => Do(client, env => Expect.Ok(
        env.Send(Selectors.Parent, env.Compose(ParentOperation.Session).Add(4).Add(0).Add(0).Add(argument)
            .AddText("Keep" + label).AddCapability(Selectors.Pd), Opened)));

    /// <summary>Lets a client do something in a handler of its own, and everybody act on it.</summary>
    public void Do(Outsider client, CommandedRtcr.Work work)
    {
        Post(client, work);
        Drive.Settle(Rtcr.Kernel);
        Assert.IsNull(client.Next, "the client did not run the command");
    }

    /// <summary>The same, with nobody acting on it yet.</summary>
    public void Post(Outsider client, CommandedRtcr.Work work)
    {
        client.Next = work;
        Board.Raise(client == Alice ? 1 : 2);
    }

    /// <summary>A client asks the server, with its session, and everybody acts.</summary>
    /// <returns>The answers that came.</returns>
    public string Ask(Outsider client, int opcode, int word) => Ask(client, client.Got(Opened), opcode, word, 0);

    /// <summary>A client asks with any capability, giving another.</summary>
    public string Ask(Outsider client, int gate, int opcode, int word, int capability)
    {
        Do(client, env => Send(env, client, gate, opcode, word, capability));
        return client.TakeAnswers();
    }

    public static void Send(Env env, Outsider client, int gate, int opcode, int word, int capability)
    {
        Message message = env.Compose(opcode).Add(word);
        if (capability != 0)
        {
            message.AddCapability(capability);
        }

        Error error = env.Send(gate, message, opcode);
        if (error != Error.None)
        {
            env.Log("refused: " + Errors.Name(error));
        }
    }

    /// <summary>Ends the server, to be restored here, and restores it.</summary>
    public void Return(byte[] image)
    {
        Rtcr.Stop((int)TargetEnd.Returns);
        Rtcr.Run(50);
        Expect.Ok(Rtcr.Restore(image));
        Drive.Settle(Rtcr.Kernel);
    }

    public byte[] Checkpoint() => Rtcr.Checkpoint();
}
