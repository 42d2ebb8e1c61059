// Help that ends with examples and the exit statuses, and keeps to the terminal's width.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tern.HostEmulator;

/// <summary>A command line, and what it does.</summary>
internal readonly record struct Example(string Line, string Does);

internal sealed class ExamplesHelp(HelpAction usual, Example[] examples, string[] statuses) : SynchronousCommandLineAction
{
    private const string Indent = "  ";
    private const int LeastWidth = 40;

    private int _width = int.MaxValue;

    /// <summary>Adds examples to the help of the command that runs the main bench.</summary>
    internal static void AddTo(RootCommand root, params Example[] examples)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples, ExitCodes.Help);
    }

    /// <summary>Adds examples to the help of a subcommand that runs or shows benches.</summary>
    internal static void AddTo(Command command, params Example[] examples) => AddTo(ExitCodes.Help, command, examples);

    /// <summary>Adds examples and exit statuses to a subcommand's help.</summary>
    internal static void AddTo(string[] statuses, Command command, params Example[] examples)
    {
        var help = new HelpOption();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples, statuses);
        command.Options.Add(help);
    }

    /// <summary>Lets the help of a command and of all below it keep to a width.</summary>
    internal static void Fit(Command command, int width)
    {
        foreach (ExamplesHelp help in command.Options.Select(option => option.Action).OfType<ExamplesHelp>())
        {
            help._width = Math.Max(width, LeastWidth);
        }

        foreach (Command child in command.Subcommands)
        {
            Fit(child, width);
        }
    }

    /// <summary>Whoever asks for help need not know yet what else to write.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.MaxWidth = _width;
        int status = usual.Invoke(parseResult);
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        writer.WriteLine("Examples:");
        int width = examples.Max(example => example.Line.Length);
        bool fits = Indent.Length + width + Indent.Length + examples.Max(example => example.Does.Length) <= _width;
        foreach (Example example in examples)
        {
            if (fits)
            {
                writer.WriteLine($"{Indent}{example.Line.PadRight(width)}{Indent}{example.Does}");
                continue;
            }

            WriteWrapped(writer, example.Line, Indent, Indent + Indent + Indent);
            WriteWrapped(writer, example.Does, Indent + Indent, Indent + Indent);
        }

        writer.WriteLine();
        writer.WriteLine("Exit status:");
        foreach (string line in statuses)
        {
            WriteWrapped(writer, line, Indent, Indent + new string(' ', line.LastIndexOf("  ", StringComparison.Ordinal) + 2));
        }

        return status;
    }

    private void WriteWrapped(TextWriter writer, string text, string first, string others)
    {
        string indent = first;
        foreach (string line in TextTable.Wrap(text, _width - Math.Max(first.Length, others.Length)))
        {
            writer.WriteLine(indent + line);
            indent = others;
        }
    }
}
