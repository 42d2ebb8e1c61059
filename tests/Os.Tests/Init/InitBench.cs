// A board whose init gets its configuration from a test. Each nested init is a fresh instance, as on a real board.
using System.Text;
using Tern.Kernel;
using Tern.Tests;

namespace Tern.Os.Tests;

/// <summary>A booted board with init and whatever children the test configures.</summary>
internal sealed class InitBench : IBoard, IBootModules
{
    private readonly TestBoard _board = new TestBoard();
    private readonly InitProbe _init = new InitProbe();
    private bool _initTaken;

    internal InitBench()
    {
        Interrupts = _board.Interrupts;
        _board.With("actor", new Actor());
    }

    public BoardProfile Profile => _board.Profile;

    public IClock Clock => _board.Clock;

    public IConsole Console => _board.Console;

    public IReports Reports => _board.Reports;

    public IRandom Random => _board.Random;

    public ICrypto Crypto => _board.Crypto;

    public IBootModules Modules => this;

    public ITrace? Trace => null;

    public IIoMemory? IoMemory => null;

    public ISpiBus? Spi { get; set; }

    public IInterrupts Interrupts { get; set; }

    public ISockets? Sockets { get; set; }

    public IBlockDevice? Storage => null;

    public IPower? Power => null;

    internal Microkernel Kernel { get; private set; } = null!;

    /// <summary>The board behind it, to wire and raise interrupts.</summary>
    internal TestBoard Board => _board;

    /// <summary>The outermost init's budgets after its last handler.</summary>
    internal Quota Quota => _init.Quota;

    /// <summary>What a crossing into the kernel costs.</summary>
    internal long CrossingNanoseconds
    {
        set => _board.CrossingNanoseconds = value;
    }

    /// <summary>What is written in a configuration before the start nodes of a test.</summary>
    internal const string Defaults = """<default ram="32K" caps="100"/>""";

    /// <summary>A start node of an <see cref="Actor"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="elements">Elements, and nothing else, of the start node.</param>
    /// <param name="provides">The service that it provides, or nothing.</param>
    /// <param name="attributes">Attributes of its configuration.</param>
    /// <param name="actions">What it does.</param>
    internal static string Node(string name, string elements, string provides, string attributes, string actions)
        => "<start name=\"" + name + "\"><binary name=\"actor\"/>" + elements
            + (provides.Length == 0 ? "" : "<provides><service name=\"" + provides + "\"/></provides>")
            + "<config " + attributes + ">" + actions + "</config></start>";

    /// <summary>The start node of an <see cref="Actor"/> that serves S.</summary>
    internal static string Server() => Node("server", "", "S", "", """<announce name="S"/>""");

    public Program? Load(string binary)
    {
        if (binary != "init")
        {
            return _board.Load(binary);
        }

        Program program = _initTaken ? new Init() : _init;
        _initTaken = true;
        return program;
    }

    public byte[]? Module(string name) => _board.Module(name);

    /// <summary>Puts a data module into the boot image.</summary>
    public InitBench WithModule(string name, string text)
    {
        _board.WithModule(name, Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>Adds a program to the boot image.</summary>
    internal InitBench With(string binary, Program program)
    {
        _board.With(binary, program);
        return this;
    }

    /// <summary>Boots with a configuration and lets everything settle.</summary>
    internal InitBench Boot(string config) => Boot(Encoding.UTF8.GetBytes(config));

    /// <summary>Boots with a configuration that need not be text.</summary>
    internal InitBench Boot(byte[] config)
    {
        PowerOn(config);
        Settle();
        return this;
    }

    /// <summary>Boots, and lets nothing happen yet.</summary>
    internal void PowerOn(byte[] config)
    {
        _board.WithModule("config", config);
        Kernel = new Microkernel(this);
        Assert.AreEqual((int)Error.None, (int)Kernel.Boot());
    }

    /// <summary>Boots with start nodes whose configuration says what each does; see <see cref="Actor"/>.</summary>
    internal InitBench Start(string starts) => Boot("<config>" + Defaults + starts + "</config>");

    internal void Settle() => Assert.IsTrue(Drive.Settle(Kernel) < Drive.Endless, "goes in circles");

    /// <summary>Lets milliseconds pass.</summary>
    internal void Run(int milliseconds) => Drive.Run(Kernel, _board, milliseconds * 1000000L);

    /// <summary>Lets milliseconds pass on a board that may never have nothing to do.</summary>
    internal void RunBusy(long milliseconds)
    {
        long end = _board.Nanoseconds + (milliseconds * 1000000L);
        while (_board.Nanoseconds < end)
        {
            Kernel.Poll();
            if (Kernel.Dispatch())
            {
                Tern.Tests.Expect.Sound(Kernel);
            }
            else
            {
                long next = Kernel.NextDeadlineNanoseconds;
                _board.Nanoseconds = next > _board.Nanoseconds && next < end ? next : end;
            }
        }
    }

    internal bool Logged(string text) => _board.Logged(text);

    internal int CountLogged(string text) => _board.CountLogged(text);

    /// <summary>Asserts that something stands in the log, and shows the log when it does not.</summary>
    internal void Expect(string text) => Assert.IsTrue(Logged(text), "missing: " + text + "\n" + Log());

    /// <summary>Asserts that a line of the log is this one.</summary>
    internal void ExpectLine(string line)
        => Assert.IsTrue(("\n" + Log()).Contains("\n" + line + "\n"), "missing: " + line + "\n" + Log());

    internal void ExpectNot(string text) => Assert.IsFalse(Logged(text), "not expected: " + text + "\n" + Log());

    /// <summary>All lines that begin with a text, without it, joined by blanks; further lines of a long text without their level too.</summary>
    internal string LogOf(string head)
    {
        var all = new StringBuilder();
        for (int i = 0; i < _board.Lines.Count; i++)
        {
            string line = (string)_board.Lines[i]!;
            if (line.StartsWith(head))
            {
                int more = line.IndexOf("... ") - head.Length;
                int at = more == 0 || more == "Error: ".Length || more == "Warning: ".Length ? head.Length + more + "... ".Length : head.Length;
                all.Append(line, at, line.Length - at).Append(' ');
            }
        }

        return all.ToString();
    }

    internal string Log()
    {
        var all = new StringBuilder();
        for (int i = 0; i < _board.Lines.Count; i++)
        {
            all.Append((string)_board.Lines[i]!);
            all.Append('\n');
        }

        return all.ToString();
    }
}
