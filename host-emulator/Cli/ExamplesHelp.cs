// Help that ends with examples and the exit statuses.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tern.HostEmulator;

internal sealed class ExamplesHelp(HelpAction usual, string[][] examples, string[] statuses) : SynchronousCommandLineAction
{
    /// <summary>Adds examples (command, what it does) to a command's help.</summary>
    internal static void AddTo(RootCommand root, params string[][] examples)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples, ExitCodes.Help);
    }

    /// <summary>Adds examples to the help of a subcommand that runs or shows benches.</summary>
    internal static void AddTo(Command command, params string[][] examples) => AddTo(ExitCodes.Help, command, examples);

    /// <summary>Adds examples and exit statuses to a subcommand's help.</summary>
    internal static void AddTo(string[] statuses, Command command, params string[][] examples)
    {
        var help = new HelpOption();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples, statuses);
        command.Options.Add(help);
    }

    /// <summary>Whoever asks for help need not know yet what else to write.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int status = usual.Invoke(parseResult);
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        writer.WriteLine("Examples:");
        int width = examples.Max(example => example[0].Length);
        foreach (string[] example in examples)
        {
            writer.WriteLine($"  {example[0].PadRight(width)}  {example[1]}");
        }

        writer.WriteLine();
        writer.WriteLine("Exit status:");
        foreach (string line in statuses)
        {
            writer.WriteLine("  " + line);
        }

        return status;
    }
}
