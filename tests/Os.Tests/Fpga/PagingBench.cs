// A board with a driver of banks and two clients, each of which a test enters when it likes.

namespace Tern.Os.Tests;

/// <summary>init, <c>driver</c>, and the clients <c>a</c> and <c>b</c>. The kernel audits itself after every dispatch.</summary>
internal sealed class PagingBench
{
    internal const int Page = 4096;

    private const string Route = "<route><service name=\"Bank\"><child name=\"driver\"/></service><any-service><parent/></any-service></route>";

    internal PagingBench(int frames, int banks)
        : this(frames, banks, Page)
    {
    }

    internal PagingBench(int frames, int banks, int pageSize)
    {
        Driver = new PagingDriver(frames, banks);
        Board = new InitBench().With("driver", Driver).With("a", A).With("b", B);
        Board.Profile.PageSize = pageSize;
        Board.Boot("<config><default ram=\"200K\" caps=\"200\"/>"
            + "<start name=\"driver\"><provides><service name=\"Bank\"/></provides><route><any-service><parent/></any-service></route></start>"
            + "<start name=\"a\">" + Route + "</start><start name=\"b\">" + Route + "</start></config>");
        Board.Run(2);
        Assert.IsTrue(A.Session != 0 && B.Session != 0, Board.Log());
    }

    internal InitBench Board { get; }

    internal PagingDriver Driver { get; }

    internal CountingStore Store => Driver.Store;

    internal Pager Pager => Driver.Pager;

    internal PagingClient A { get; } = new PagingClient();

    internal PagingClient B { get; } = new PagingClient();

    /// <summary>Runs a piece of code as a handler of a component, and what follows from it.</summary>
    internal void Do(OrderedProgram program, EnvOrder order)
    {
        program.Order(order);
        Board.Run(2);
        if (program.Failure != null)
        {
            throw program.Failure;
        }

        Assert.IsTrue(program.IsIdle, "not entered\n" + Board.Log());
    }

    /// <summary>Makes a bank for a client.</summary>
    /// <returns>The client's selector.</returns>
    internal int Bank(PagingClient client, int address, int size)
    {
        Do(client, env => client.Ask(env, address, size));
        Tern.Tests.Expect.Ok(client.Outcome);
        return client.Bank;
    }

    /// <summary>Makes a bank for a client and attaches it.</summary>
    /// <returns>Its address there.</returns>
    internal int Attached(PagingClient client, int address, int size)
    {
        int bank = Bank(client, address, size);
        int at = 0;
        Do(client, env => at = env.Attach(bank));
        Assert.IsTrue(at != 0);
        return at;
    }

    /// <summary>What the store was asked since the last time.</summary>
    internal void Expect(string notes)
    {
        Assert.AreEqual(notes, Store.Notes);
        Store.ClearNotes();
    }
}
