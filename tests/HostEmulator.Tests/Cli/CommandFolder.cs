// A folder with one bench, and commands that run in this process on boards that say what a test wrote down.
using System.CommandLine;
using Spectre.Console;

namespace Tern.HostEmulator.Tests;

/// <summary>What tests of the command line share; each has its own folder, output and error.</summary>
public abstract class CommandFolder : IDisposable
{
    private protected const string Pair = """
        <bench name="pair" description="a migration">
          <board name="ecu1" start-ms="0"><config/></board>
          <board name="ecu2" start-ms="0"><config/></board>
          <expect within-seconds="2"><target name="sheep" on="ecu2" verified="true"/></expect>
        </bench>
        """;

    private protected readonly StringWriter _out = new() { NewLine = "\n" };
    private protected readonly StringWriter _error = new() { NewLine = "\n" };
    private protected readonly string _folder = Directory.CreateTempSubdirectory("tern-").FullName;
    private protected readonly Dictionary<string, string[]> _scripts = new()
    {
        ["ecu1"] = ["10|init -> rtcr_1|paused target=sheep reason=migration", "11|init -> rtcr_1|captured target=sheep bytes=8192 stop_ns=1234567"],
        ["ecu2"] = ["40|init -> rtcr_2|started target=sheep", "90|init -> rtcr_2 -> sheep|verified count=12"],
    };

    protected CommandFolder() => Write("pair.xml", Pair);

    /// <summary>Forgets what was written.</summary>
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    private protected string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs tern.</summary>
    /// <returns>The exit status.</returns>
    private protected int Run(params string[] arguments) => Run(new Output(_out, _error), arguments);

    private protected int Run(Output output, params string[] arguments)
    {
        var catalog = new BenchCatalog(_folder);
        return CommandLine.Run(arguments, output, catalog, NewRoot(output, catalog));
    }

    /// <summary>All commands; there is no co-processor to measure.</summary>
    private protected RootCommand NewRoot(Output output, BenchCatalog catalog) => CommandLine.NewRoot(
        output,
        catalog,
        board => new ReportingMachine(board, _scripts.GetValueOrDefault(board.Profile.Name, [])),
        null,
        (_, _, _) => throw new RtlLibraryException("nothing is measured here"));

    /// <summary>A terminal of a width, without colours, that writes where all output goes.</summary>
    private protected Output Terminal(int width)
    {
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_out),
        });
        terminal.Profile.Width = width;
        terminal.Profile.Capabilities.Unicode = true;
        return new Output(_out, _error) { Terminal = terminal };
    }
}
