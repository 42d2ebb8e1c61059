// One board with a component tree, driven by hand: its kernel is the emulator's, without the world around it.
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Benchmarks;

/// <summary>A booted board whose components do what a benchmark tells them.</summary>
internal sealed class Machine
{
    private const int Lines = 64;

    private readonly Dictionary<string, Tern.Kernel.Program> _programs = [];
    private readonly InterruptLines _lines;
    private int _nextLine = 1;

    /// <summary>Makes a board.</summary>
    /// <param name="isMeasured">Whether its clock is the host's; otherwise it is modelled, as in a bench in virtual time.</param>
    /// <param name="shape">Changes the profile.</param>
    /// <param name="init">What is in init's place; a <see cref="Root"/> when not given.</param>
    internal Machine(bool isMeasured = false, Action<BoardProfile>? shape = null, Hand? init = null)
    {
        BoardKind kind = BoardKind.Find("host")!;
        BoardProfile profile = kind.NewProfile();
        shape?.Invoke(profile);
        Board = new VirtualBoard(new World(1, isMeasured ? new RealTimeline() : null), profile, kind.Cost)
        {
            Modules = new BootModules(_programs.GetValueOrDefault),
        };
        _lines = new InterruptLines(Board, Lines);
        Board.Interrupts = _lines;
        _programs["init"] = init ?? Root;
    }

    /// <summary>The board's devices.</summary>
    internal VirtualBoard Board { get; }

    /// <summary>The kernel, once it is switched on.</summary>
    internal Microkernel Kernel { get; private set; } = null!;

    /// <summary>The component in init's place.</summary>
    internal Root Root { get; } = new();

    /// <summary>Puts a program into the boot image.</summary>
    internal T Program<T>(string name, T program)
        where T : Tern.Kernel.Program
    {
        _programs[name] = program;
        return program;
    }

    /// <summary>Adds a component that the benchmark can enter.</summary>
    internal Hand Add(string name, int ram = 1 << 20, int caps = 400)
    {
        Hand hand = Program(name, new Hand { Line = _nextLine++ });
        Root.Add(new Component(name, ram, caps));
        return hand;
    }

    /// <summary>Switches the board on.</summary>
    internal Machine Boot() => Boot(long.MaxValue);

    /// <summary>Switches a board on that always has something to do.</summary>
    /// <param name="dispatches">How many dispatches it takes until all components are there.</param>
    internal Machine Boot(long dispatches)
    {
        Kernel = new Microkernel(Board);
        Error error = Kernel.Boot();
        while (dispatches-- > 0 && Kernel.Dispatch())
        {
        }

        Exception? failure = _programs.Values.OfType<Hand>().Select(hand => hand.Failure).FirstOrDefault(failure => failure is not null);
        return error == Error.None && failure is null ? this : throw new InvalidOperationException("the board did not boot: " + Errors.Name(error), failure);
    }

    /// <summary>Lets everything run that can.</summary>
    /// <returns>How many dispatches that were.</returns>
    internal int Settle()
    {
        int dispatches = 0;
        Kernel.Poll();
        while (Kernel.Dispatch())
        {
            dispatches++;
        }

        return dispatches;
    }

    /// <summary>Lets a component do something in a handler of its own, and everything happen that follows.</summary>
    internal void Do(Hand hand, Action<Env> work)
    {
        hand.Next = work;
        _lines.Pulse(hand.Line);
        Settle();
        if (hand.Failure is not null || hand.Next is not null)
        {
            throw new InvalidOperationException("a component did not do what it was told", hand.Failure);
        }
    }

    /// <summary>A case that runs in a handler of a component.</summary>
    internal Func<int, long> In(Hand hand, Action<Env, int> work)
        => Case.Timed(count => Do(hand, env => work(env, count)));

    /// <summary>A case that runs in a handler of a component and measures itself.</summary>
    internal Func<int, long> Within(Hand hand, Func<Env, int, long> work) => count =>
    {
        long nanoseconds = 0;
        Do(hand, env => nanoseconds = work(env, count));
        return nanoseconds;
    };
}

/// <summary>What must hold for a benchmark to mean anything.</summary>
internal static class Expect
{
    internal static void Ok(Error error) => That(error == Error.None, Errors.Name(error));

    internal static void That(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
