// Help that ends with examples and the exit statuses.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tern.HostEmulator;

internal sealed class ExamplesHelp(HelpAction usual, string[][] examples) : SynchronousCommandLineAction
{
    /// <summary>Adds examples (command, what it does) to a command's help.</summary>
    internal static void AddTo(RootCommand root, params string[][] examples)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples);
    }

    /// <summary>Adds examples to a subcommand's help.</summary>
    internal static void AddTo(Command command, params string[][] examples)
    {
        var help = new HelpOption();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples);
        command.Options.Add(help);
    }

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
        foreach (string line in ExitCodes.Help)
        {
            writer.WriteLine("  " + line);
        }

        return status;
    }
}
