// What is wrong with a command line, in words: what was written, and what was probably meant.
// The library's own suggestions come by its parser's view (`run --sed 3` takes "--sed" for a bench), so they are made here.
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tern.HostEmulator;

/// <summary>A command line that can be read, and that asks for what cannot be.</summary>
internal sealed class UsageException(string message) : Exception(message);

internal static class UsageErrors
{
    private const string Root = "tern";

    /// <summary>Tells everything that is wrong, a line each, and where help is.</summary>
    internal static void Write(Output output, ParseResult parsed, BenchCatalog catalog)
    {
        foreach (string message in Messages(parsed, catalog).Distinct())
        {
            output.Complain("error: " + message);
        }

        WriteHint(output.Error, parsed);
    }

    /// <summary>Says where help is.</summary>
    internal static void WriteHint(TextWriter writer, ParseResult parsed) => writer.WriteLine($"Try \"{Path(parsed.CommandResult.Command)} --help\".");

    /// <summary>Words that look like options and are none, wherever the parser put them.</summary>
    internal static List<string> UnknownOptions(ParseResult parsed) =>
    [
        .. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).Where(word => word.Length > 1 && word[0] == '-').Distinct(),
    ];

    private static IEnumerable<string> Messages(ParseResult parsed, BenchCatalog catalog)
    {
        Command command = parsed.CommandResult.Command;
        List<string> unknown = UnknownOptions(parsed);
        if (unknown.Count > 0)
        {
            // What follows an unknown option may be its value: nothing else can be judged.
            return unknown.Select(option => UnknownOption(command, option));
        }

        // A word too many makes the library miss a command, too.
        IEnumerable<string> words = parsed.UnmatchedTokens.Select(word => UnknownWord(command, word, catalog));
        return parsed.UnmatchedTokens.Count > 0 ? words : parsed.Errors.Select(error => Told(error, command));
    }

    private static string UnknownOption(Command command, string option)
    {
        string[] known = [.. command.Options.SelectMany(candidate => candidate.Aliases.Append(candidate.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string name = option.Split('=')[0];
        return $"{Path(command)} has no option \"{Values.Shown(option)}\"{Spelling.DidYouMean(name, known)}";
    }

    private static string UnknownWord(Command command, string word, BenchCatalog catalog)
    {
        string shown = Values.Shown(word);
        string[] commands = [.. command.Subcommands.Select(candidate => candidate.Name)];
        if (commands.Length == 0)
        {
            return $"\"{shown}\" is one word too many for {Path(command)}";
        }

        if (command is RootCommand && catalog.Names.Contains(word))
        {
            return $"\"{shown}\" is a bench and no command; did you mean \"{Root} run {shown}\"?";
        }

        string? close = Spelling.Closest(word, commands);
        string? bench = command is RootCommand && close is null ? Spelling.Closest(word, catalog.Names) : null;
        return $"{Path(command)} has no command \"{shown}\"" + (
            close is not null ? $"; did you mean \"{close}\"?"
            : bench is not null ? $"; did you mean \"{Root} run {bench}\"?"
            : "; it has " + string.Join(", ", commands));
    }

    private static string Told(ParseError error, Command command) => command.Subcommands.Count > 0 && command.Action is null
        ? $"{Path(command)} needs a command: {string.Join(", ", command.Subcommands.Select(candidate => candidate.Name))}"
        : error.Message;

    private static string Path(Command command) => string.Join(
        ' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Append(command)
            .Where(part => part is not RootCommand).Select(part => part.Name).Prepend(Root));
}
