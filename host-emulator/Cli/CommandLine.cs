// The command line: which commands there are, and what they share. Without a command, the main bench runs.
using System.CommandLine;
using System.CommandLine.Invocation;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>The commands of <c>tern</c>.</summary>
public static class CommandLine
{
    /// <summary>The bench that runs when none is named.</summary>
    public const string MainBench = "checkpoint-management";

    /// <summary>The main bench with a co-processor on its ECUs.</summary>
    internal const string FpgaBench = MainBench + "-fpga";

    // Nothing reads files of options: "@name" is a name.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words after <c>tern</c>.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="catalog">The benches; the emulator's own when not given.</param>
    /// <param name="machineOf">What runs on the boards; Tern's kernel when not given.</param>
    /// <param name="programs">Makes the program of a name; the emulator's own programs when not given.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(
        string[] arguments, Output output, BenchCatalog? catalog = null, Func<IBoard, IMachine>? machineOf = null, Func<string, Program?>? programs = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        catalog ??= new BenchCatalog();
        return Run(arguments, output, catalog, NewRoot(output, catalog, machineOf, programs, FpgaCores.Create));
    }

    /// <summary>Runs a command line of these commands.</summary>
    internal static int Run(string[] arguments, Output output, BenchCatalog catalog, RootCommand root)
    {
        try
        {
            int status = Invoke(arguments, output, catalog, root);
            output.Standard.Flush();
            return status;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard output is full, or its disk: what was shown is not whole, whatever the command found out.
            output.Complain("error: " + e.Message);
            return ExitCodes.Usage;
        }
    }

    private static int Invoke(string[] arguments, Output output, BenchCatalog catalog, RootCommand root)
    {
        ExamplesHelp.Fit(root, output.Width);
        ParseResult parsed = root.Parse(arguments, Parser);
        if (parsed.Action is ParseErrorAction || (parsed.Action is not ExamplesHelp && UsageErrors.UnknownOptions(parsed).Count > 0))
        {
            UsageErrors.Write(output, parsed, catalog);
            return ExitCodes.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output.Standard, Error = output.Error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException e)
        {
            output.Complain("error: " + e.Message);
            UsageErrors.WriteHint(output.Error, parsed);
            return ExitCodes.Usage;
        }
    }

    /// <summary>All commands; what they measure is made by <paramref name="coreOf"/>.</summary>
    internal static RootCommand NewRoot(
        Output output, BenchCatalog catalog, Func<IBoard, IMachine>? machineOf, Func<string, Program?>? programs,
        Func<FpgaCoreKind, int, FpgaTiming, IFpgaCore> coreOf)
    {
        var root = new RootCommand("Tern on virtual boards: a capability kernel whose components migrate between them.");
        var run = new RunCommand(output, catalog, machineOf, programs);
        run.AddTo(root, withBench: false);
        root.Subcommands.Add(run.NewCommand());
        root.Subcommands.Add(ListCommand.New(output, catalog));
        root.Subcommands.Add(ShowCommand.New(output, catalog));
        root.Subcommands.Add(ImageCommand.New(output, catalog));
        root.Subcommands.Add(CapsCommand.New(output));
        root.Subcommands.Add(new TimelineCommand(output, catalog, machineOf).NewCommand());
        root.Subcommands.Add(BenchCommand.New(output, coreOf));
        ExamplesHelp.AddTo(
            root,
            new("tern", "run the main bench, " + MainBench),
            new("tern run checkpoint-management-one-board --seed 7", "another bench, other event orders and delays"),
            new("tern show checkpoint-management", "its boards, wiring and components"),
            new("tern list", "all benches"),
            new("tern timeline wheel-speed", "who worked when, all checkpoints and migrations"),
            new("tern image inspect sheep_1-3.image", "what a checkpoint holds; see tern image --help"),
            new("tern bench fpga", "where having the FPGA co-processor copy pays"));
        return root;
    }

    /// <summary>Reads a bench and does something with it; tells what is wrong with it otherwise.</summary>
    internal static int WithBench(Output output, BenchCatalog catalog, string name, Func<Bench, int> action)
    {
        try
        {
            return WithFiles(output, () => action(catalog.Read(name)));
        }
        catch (BenchException e)
        {
            output.Complain(e.Message);
            return ExitCodes.BadBench;
        }
    }

    /// <summary>Does something with files that the command line names; tells what is wrong with them otherwise.</summary>
    internal static int WithFiles(Output output, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or RtlLibraryException or WatchdogException or RulesException)
        {
            output.Complain("error: " + e.Message);
            return ExitCodes.Usage;
        }
    }
}
