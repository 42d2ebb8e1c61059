// What options and arguments hold: numbers, times, paths and names, each read in one place.
// Invariants: reading never throws; what is refused is told with what was written and what would be right.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Tern.HostEmulator;

internal static class Values
{
    private const int MostPath = 4096;
    private const int MostShown = 60;

    /// <summary>An option that is a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="most">The most.</param>
    /// <param name="otherwise">What it is when it is not given, for the help to show; <c>null</c> to show nothing and be 0.</param>
    internal static Option<T> Number<T>(string name, string description, T least, T most, T? otherwise = null)
        where T : struct, IBinaryInteger<T>
    {
        var option = new Option<T>(name) { Description = description, HelpName = "number" };
        if (otherwise is { } usual)
        {
            option.DefaultValueFactory = _ => usual;
        }

        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T number) || number < least || number > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is \"{Shown(text)}\"; write a whole number from {least} to {most}"));
                return least;
            }

            return number;
        };
        return option;
    }

    /// <summary>An option that is one of a few words.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="words">The words.</param>
    /// <param name="otherwise">The word when it is not given, if there is one.</param>
    /// <param name="helpName">What the help calls the words; the words themselves when not given.</param>
    internal static Option<string?> Choice(string name, string description, IReadOnlyList<string> words, string? otherwise = null, string? helpName = null)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName ?? string.Join('|', words) };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        option.CompletionSources.Add([.. words]);
        option.CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (!words.Contains(word))
            {
                string hint = Spelling.DidYouMean(word, words);
                result.AddError($"{name} is \"{Shown(word)}\"{(hint.Length > 0 ? hint : "; it may be " + string.Join(", ", words))}");
            }

            return word;
        };
        return option;
    }

    /// <summary>An option that is a time with its unit, in nanoseconds; seconds when it has none.</summary>
    internal static Option<long?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!TryTime(text, out long time))
            {
                result.AddError($"{name} is \"{Shown(text)}\"; write a time such as 2.5s, 300ms or 40us");
            }

            return time;
        },
    };

    /// <summary>An option that names a file or a directory.</summary>
    internal static Option<string?> Path(string name, string description, string what = "directory") => new(name)
    {
        Description = description,
        HelpName = what,
        CustomParser = result => ReadPath(result, name, "name a " + what),
    };

    /// <summary>An option that is a word of somebody's choice: a board's name, a key.</summary>
    internal static Option<string?> Word(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => ReadText(result, name, "leave it out, or write a name"),
    };

    /// <summary>An argument that names a file, a directory or a bench.</summary>
    internal static Argument<string> PathArgument(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => ReadPath(result, $"<{name}>", "write " + description),
    };

    /// <summary>The bench that a command runs or shows.</summary>
    internal static Argument<string> Bench()
    {
        Argument<string> bench = PathArgument("bench", "a bench's name (see tern list) or a bench file");
        bench.DefaultValueFactory = _ => CommandLine.MainBench;
        return bench;
    }

    /// <summary>How long a run may take.</summary>
    internal static Option<long> Within() =>
        Number<long>("--within-seconds", "how long the run may take in its own time; what the bench says when not given", 1, ExpectReader.MaxSeconds);

    /// <summary>What decides everything random.</summary>
    internal static Option<ulong> Seed() =>
        Number<ulong>("--seed", "decides event orders, delays, losses and start times", 0, ulong.MaxValue, 1UL);

    /// <summary>A text as messages show it: harmless to a terminal, a long one by its beginning.</summary>
    internal static string Shown(string text) => Printable.Of(text.Length <= MostShown ? text : text[..MostShown] + "…");

    private static string ReadPath(ArgumentResult result, string name, string right)
    {
        string text = ReadText(result, name, right);
        if (text.Contains('\0', StringComparison.Ordinal) || text.Length > MostPath)
        {
            result.AddError($"{name} is \"{Shown(text)}\", which no file can be called; {right}");
        }

        return text;
    }

    private static string ReadText(ArgumentResult result, string name, string right)
    {
        string text = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            result.AddError($"{name} is empty; {right}");
        }

        return text;
    }

    private static bool TryTime(string text, out long nanoseconds)
    {
        (string Unit, decimal Nanoseconds)[] units = [("us", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("", 1e9m)];
        (string unit, decimal scale) = units.First(candidate => text.EndsWith(candidate.Unit, StringComparison.Ordinal));
        bool isTime = decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && value < 1e6m;
        nanoseconds = isTime ? (long)(value * scale) : 0;
        return isTime;
    }
}
