// Reads a bench file: XML, checked strictly. All problems are found in one go.
// Invariant: what is returned is consistent; a board that an expectation or a fault names exists.
using System.Xml;
using System.Xml.Linq;

namespace Tern.HostEmulator;

/// <summary>Reader of bench files; docs/benches.md describes them.</summary>
public static class BenchReader
{
    private const int Kilo = 1000;
    private const long MaxMicroseconds = 60_000_000;
    private const long MaxMilliseconds = 86_400_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="BenchException">It is not a bench, or not a sound one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Bench ReadFile(string path) => ReadFile(path, path);

    /// <summary>Reads a file that messages call by another name.</summary>
    internal static Bench ReadFile(string path, string name)
    {
        try
        {
            return Read(TextFile.Read(path, BenchLimits.Bytes), name);
        }
        catch (TextFileException e)
        {
            throw new BenchException([new BenchProblem(name, e.Line, e.Column, e.Reason)]);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The XML.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BenchException">It is not a bench, or not a sound one.</exception>
    public static Bench Read(string text, string file)
    {
        var problems = new List<BenchProblem>();
        XDocument document;
        SourceText source;
        try
        {
            // The source first: it keeps the limits, and a tree of elements nested without one takes the square of their number.
            source = new SourceText(text, file, "config");
            using XmlReader reader = SourceText.NewReader(text);
            document = XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e)
        {
            throw new BenchException([new BenchProblem(file, e.LineNumber, e.LinePosition, WithoutPlace(e.Message))]);
        }

        Bench bench = ReadBench(new BenchElement(document.Root!, file, problems), file, source);
        return problems.Count == 0
            ? bench
            : throw new BenchException([.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static Bench ReadBench(BenchElement root, string file, SourceText source)
    {
        if (root.Name != "bench")
        {
            root.Problem($"a bench file's root is <bench>, not <{root.Name}>");
        }

        string name = root.Optional("name") ?? Path.GetFileNameWithoutExtension(file);
        string description = root.Text("description", "");
        long waits = 1_000_000_000 * root.Number("wait-warning-seconds", 10, 0, 86_400);
        root.End();

        ILookup<string, BenchElement> children = root.Children("network", "board", "pulses", "fault", "sleep", "wake", "expect").ToLookup(child => child.Name);
        BenchElement? networkElement = Only(children["network"]);
        NetworkModel network = networkElement is null ? new() : ReadNetwork(networkElement);
        var boards = new BoardReader(source, network.Link);
        foreach (BenchElement board in children["board"])
        {
            boards.Read(board);
        }

        if (boards.All.Count is 0 or > BenchLimits.Boards)
        {
            root.Problem(boards.All.Count == 0 ? "a bench needs at least one <board>" : $"a bench may have {Quantity.Count(BenchLimits.Boards, "board")}");
        }

        HashSet<string> interrupts = [.. boards.All.SelectMany(board => board.Wiring.Keys.Concat(board.Counters.Values))];
        Func<IReadOnlyList<Expectation>> expectations = ExpectReader.Read(Only(children["expect"]), boards.Names, interrupts, out long within, out bool errorsFail);
        return new Bench
        {
            Name = name,
            Description = description,
            File = file,
            Network = network,
            Boards = boards.All,
            Pulses = [.. children["pulses"].Select(pulses => ReadPulses(pulses, interrupts))],
            Faults = [.. children["fault"].Select(fault => ReadFault(fault, boards, within)).OrderBy(fault => fault.Time)],
            Sleeps = [.. children["sleep"].Concat(children["wake"]).Select(sleep => ReadSleep(sleep, boards.Names, within)).OrderBy(sleep => sleep.Time)],
            NewExpectations = expectations,
            LogErrorsFail = errorsFail,
            WaitWarningNanoseconds = waits,
            WithinNanoseconds = within,
        };
    }

    /// <summary>The only one of its name; others are problems.</summary>
    private static BenchElement? Only(IEnumerable<BenchElement> elements)
    {
        foreach (BenchElement other in elements.Skip(1))
        {
            other.Problem($"a bench has one <{other.Name}>; put this into the first");
        }

        return elements.FirstOrDefault();
    }

    private static NetworkModel ReadNetwork(BenchElement element)
    {
        var usual = new NetworkModel();
        var network = new NetworkModel
        {
            Link = ReadLink(element, usual.Link),
            WindowBytes = (int)element.Number("window", usual.WindowBytes, 64, 16 * 1024 * 1024),
            SegmentBytes = (int)element.Number("segment", usual.SegmentBytes, 1, 65536),
            MaxSockets = (int)element.Number("sockets", usual.MaxSockets, 1, 4096),
            ConnectTimeoutNanoseconds = 1_000_000 * element.Number("connect-timeout-ms", usual.ConnectTimeoutNanoseconds / 1_000_000, 1, 600_000),
            StreamTimeoutNanoseconds = 1_000_000 * element.Number("stream-timeout-ms", usual.StreamTimeoutNanoseconds / 1_000_000, 1, 600_000),
        };
        element.EndLeaf();
        return network;
    }

    internal static LinkModel ReadLink(BenchElement element, LinkModel usual) => new()
    {
        LatencyNanoseconds = 1000 * element.Number("latency-us", usual.LatencyNanoseconds / 1000, 0, MaxMicroseconds),
        JitterNanoseconds = 1000 * element.Number("jitter-us", usual.JitterNanoseconds / 1000, 0, MaxMicroseconds),
        BitsPerSecond = element.Scaled("bandwidth", usual.BitsPerSecond, 0, 1_000_000_000_000, Kilo),
        LossPerMillion = (int)element.Number("loss-per-million", usual.LossPerMillion, 0, 1_000_000),
    };

    private static PulseModel ReadPulses(BenchElement element, IReadOnlyCollection<string> interrupts)
    {
        string interrupt = Wired(element, "interrupt", interrupts);
        long period = 1000 * element.Number("period-us", 0, 1, MaxMicroseconds);
        long jitter = 1000 * element.Number("jitter-us", 0, 0, MaxMicroseconds);
        if (period == 0 && element.Text("period-us") is null)
        {
            element.Problem("<pulses> needs an attribute \"period-us\"");
        }

        element.EndLeaf();
        return new PulseModel(interrupt, period, jitter);
    }

    /// <summary>An attribute that names an interrupt that some board wires.</summary>
    internal static string Wired(BenchElement element, string attribute, IReadOnlyCollection<string> interrupts)
    {
        string interrupt = element.Required(attribute);
        if (interrupt.Length > 0 && !interrupts.Contains(interrupt))
        {
            element.Problem($"no board wires or counts an interrupt \"{BenchElement.Shown(interrupt)}\"{Spelling.DidYouMean(interrupt, interrupts)}", attribute);
        }

        return interrupt;
    }

    private static BenchFault ReadFault(BenchElement element, BoardReader boards, long within)
    {
        long time = ReadTime(element, within);
        string kind = element.Text("kind") is null ? "" : element.Choice("kind", "", BenchFault.Words);
        string[] named = ReadBoards(element, boards.Names);
        if (element.Text("kind") is null)
        {
            element.Problem("<fault> needs an attribute \"kind\": " + string.Join(", ", BenchFault.Words));
        }
        else if (named.Length == 0 && kind is not ("heal" or ""))
        {
            element.Problem($"a fault \"{kind}\" needs an attribute \"boards\" with the boards' names");
        }
        else if (named.Length > 0 && kind == "heal")
        {
            element.Problem("\"heal\" ends all partitions; leave the boards out", "boards");
        }

        element.EndLeaf();
        var fault = new BenchFault(time, (FaultKind)Array.IndexOf(BenchFault.Words, kind), named);
        foreach (BenchBoard board in fault.IsOfFpgas ? boards.All.Where(board => board.Fpgas.Count == 0 && named.Contains(board.Name)) : [])
        {
            element.Problem($"board \"{board.Name}\" has no <device kind=\"fpga\">", "boards");
        }

        return fault;
    }

    private static BenchSleep ReadSleep(BenchElement element, IReadOnlyCollection<string> boards, long within)
    {
        long time = ReadTime(element, within);
        long? grace = element.Name == "sleep" ? 1_000_000 * element.Number("grace-ms", 1000, 0, MaxMilliseconds) : null;
        string[] named = ReadBoards(element, boards);
        if (named.Length == 0)
        {
            element.Problem($"<{element.Name}> needs an attribute \"boards\" with the boards' names");
        }

        element.EndLeaf();
        return new BenchSleep(time, grace, named);
    }

    /// <summary>When something happens; what would happen after the end never does.</summary>
    private static long ReadTime(BenchElement element, long within)
    {
        long time = 1_000_000 * element.Number("at-ms", 0, 0, MaxMilliseconds);
        if (time > within)
        {
            element.Problem($"the run is over after {Quantity.Time(within)}, before this happens; <expect within-seconds=…> says when", "at-ms");
        }

        return time;
    }

    private static string[] ReadBoards(BenchElement element, IReadOnlyCollection<string> boards)
    {
        string[] named = element.Text("boards", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string unknown in named.Except(boards))
        {
            element.Problem($"no board is called \"{BenchElement.Shown(unknown)}\"{Spelling.DidYouMean(unknown, boards)}", "boards");
        }

        if (named.Distinct().Count() < named.Length)
        {
            element.Problem("\"boards\" names a board twice", "boards");
        }

        return named;
    }

    private static string WithoutPlace(string message)
    {
        int place = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return "not well-formed XML: " + (place < 0 ? message : message[..place]);
    }
}
