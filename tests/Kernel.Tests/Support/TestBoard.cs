// A board for tests: a clock that tests move by hand, a console that remembers, programs by name.
// Invariant: nothing here reads real time or real randomness, so a test does the same every time.
using System.Collections;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A virtual board with everything in reach of a test.</summary>
public sealed class TestBoard : IBoard, IClock, IConsole, IReports, IRandom, IBootModules, IInterrupts
{
    private readonly Hashtable _programs = new Hashtable();
    private readonly Hashtable _modules = new Hashtable();
    private readonly Queue _interrupts = new Queue();
    private readonly bool[] _masked = new bool[8];
    private readonly int[] _fired = new int[8];
    private readonly Hashtable _wiring = new Hashtable();
    private int _random = 1;

    public TestBoard()
    {
        Profile = new BoardProfile();
    }

    public BoardProfile Profile { get; }

    public IClock Clock => this;

    public IConsole Console => this;

    public IReports Reports => this;

    public IRandom Random => this;

    public ICrypto Crypto { get; set; } = new TestCrypto();

    public IBootModules Modules => this;

    public IInterrupts Interrupts => this;

    public ITrace? Trace { get; set; }

    public IIoMemory? IoMemory { get; set; }

    public ISpiBus? Spi { get; set; }

    public ISockets? Sockets { get; set; }

    public IBlockDevice? Storage { get; set; }

    public IPower? Power { get; set; }

    /// <summary>The time; tests move it.</summary>
    public long Nanoseconds { get; set; }

    /// <summary>What a dispatch costs, so that time passes in handlers too.</summary>
    public long DispatchNanoseconds { get; set; } = 1000;

    /// <summary>What a crossing into the kernel costs.</summary>
    public long CrossingNanoseconds { get; set; }

    /// <summary>All lines on the console.</summary>
    public ArrayList Lines { get; } = new ArrayList();

    /// <summary>All reports, as label, blank, text.</summary>
    public ArrayList Submitted { get; } = new ArrayList();

    int IInterrupts.Lines => _masked.Length;

    public void Spend(Work work, int amount)
    {
        if (work == Work.Dispatch)
        {
            Nanoseconds += DispatchNanoseconds * amount;
        }
        else if (work == Work.Crossing)
        {
            Nanoseconds += CrossingNanoseconds * amount;
        }
    }

    public void WriteLine(string line) => Lines.Add(line);

    public void Report(string label, string text) => Submitted.Add(label + " " + text);

    public int Next()
    {
        _random = (_random * 1103515245) + 12345;
        return _random;
    }

    /// <summary>Puts a program into the boot image. Programs have no state, so one instance serves all.</summary>
    public TestBoard With(string binary, Program program)
    {
        _programs[binary] = program;
        return this;
    }

    /// <summary>Puts a data module into the boot image.</summary>
    public TestBoard WithModule(string name, byte[] content)
    {
        _modules[name] = content;
        return this;
    }

    public Program? Load(string binary) => (Program?)_programs[binary];

    public byte[]? Module(string name) => (byte[]?)_modules[name];

    /// <summary>A device raises its line.</summary>
    public void Raise(int line)
    {
        _fired[line]++;
        Queue(line);
    }

    /// <summary>Wires an interrupt that components know by name, or by number as text, to a line.</summary>
    public TestBoard Wire(string interrupt, int line)
    {
        _wiring[interrupt] = line;
        return this;
    }

    public int LineOf(string name, int number)
    {
        object? line = _wiring[name.Length > 0 ? name : number.ToString()];
        return line != null ? (int)line : name.Length > 0 || number >= _masked.Length ? -1 : number;
    }

    public int Take(out int count)
    {
        while (_interrupts.Count > 0)
        {
            int line = (int)_interrupts.Dequeue()!;
            count = _fired[line];
            if (count > 0 && !_masked[line])
            {
                _fired[line] = 0;
                return line;
            }
        }

        count = 0;
        return -1;
    }

    public void Mask(int line, bool masked)
    {
        _masked[line] = masked;
        Queue(line);
    }

    public int Pending(int line) => _fired[line];

    public void Clear(int line) => _fired[line] = 0;

    private void Queue(int line)
    {
        if (_fired[line] > 0 && !_masked[line])
        {
            _interrupts.Enqueue(line);
        }
    }

    /// <summary>Whether a line on the console contains a text.</summary>
    public bool Logged(string text) => CountLogged(text) > 0;

    /// <summary>How many lines on the console contain a text.</summary>
    public int CountLogged(string text)
    {
        int count = 0;
        for (int i = 0; i < Lines.Count; i++)
        {
            count += ((string)Lines[i]!).Contains(text) ? 1 : 0;
        }

        return count;
    }
}
