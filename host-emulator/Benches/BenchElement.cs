// One element of a bench file, read strictly: each attribute is asked for by name and kind, and whatever nobody asked
// for is a problem that names its place and the closest name that exists.
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Tern.HostEmulator;

internal sealed class BenchElement(XElement element, string file, List<BenchProblem> problems)
{
    private const int MostShown = 80;

    private readonly List<string> _asked = [];

    internal string Name => element.Name.LocalName;

    /// <summary>The place, as <c>file:line:column</c>.</summary>
    internal string Source
    {
        get
        {
            var at = (IXmlLineInfo)element;
            return string.Create(CultureInfo.InvariantCulture, $"{file}:{at.LineNumber}:{at.LinePosition - 1}");
        }
    }

    internal IXmlLineInfo Position => element;

    internal string Content => element.Value;

    internal string? Text(string name)
    {
        _asked.Add(name);
        return element.Attribute(name)?.Value;
    }

    internal string Text(string name, string otherwise) => Text(name) ?? otherwise;

    /// <summary>A value that may be left out; an empty one would match nothing, so it is a problem.</summary>
    internal string? Optional(string name) => Text(name) is null ? null : Required(name);

    /// <summary>A value that must be there.</summary>
    internal string Required(string name)
    {
        string? value = Text(name);
        if (string.IsNullOrEmpty(value))
        {
            Problem(value is null ? $"<{Name}> needs an attribute \"{name}\"" : $"\"{name}\" is empty", name);
        }

        return value ?? "";
    }

    internal long Number(string name, long otherwise, long least, long most)
    {
        string? value = Text(name);
        if (value is null)
        {
            return otherwise;
        }

        if (!Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 number))
        {
            Problem($"\"{name}\" is \"{Shown(value)}\", not a whole number", name);
            return otherwise;
        }

        if (number < least || number > most)
        {
            Problem(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" is {number}; it must be from {least} to {most}"), name);
            return otherwise;
        }

        return (long)number;
    }

    /// <summary>A number with an optional suffix K, M or G.</summary>
    internal long Scaled(string name, long otherwise, long least, long most, int kilo)
    {
        string? value = Text(name);
        if (value is null)
        {
            return otherwise;
        }

        const string usual = "write a number such as 512, 64K, 10M or 1G";
        int power = value.Length > 0 ? "KMG".IndexOf(value[^1], StringComparison.Ordinal) + 1 : 0;
        ReadOnlySpan<char> digits = power > 0 ? value.AsSpan(0, value.Length - 1) : value;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number > (most / (long)Math.Pow(kilo, power)))
        {
            Problem(
                string.Create(CultureInfo.InvariantCulture, $"\"{name}\" is \"{Shown(value)}\"; {usual}, at most {most}"), name);
            return otherwise;
        }

        if (number * (long)Math.Pow(kilo, power) < least)
        {
            Problem(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" is \"{value}\"; {usual}, at least {least}, or leave it out"), name);
            return otherwise;
        }

        return number * (long)Math.Pow(kilo, power);
    }

    internal bool Truth(string name) => Choice(name, "false", ["false", "true"]) == "true";

    /// <summary>One of a list of words.</summary>
    internal string Choice(string name, string otherwise, IReadOnlyCollection<string> words)
    {
        string value = Text(name, otherwise);
        if (words.Contains(value))
        {
            return value;
        }

        string hint = Spelling.DidYouMean(value, words);
        Problem($"\"{name}\" is \"{Shown(value)}\"{(hint.Length > 0 ? hint : "; it may be " + List(words))}", name);
        return otherwise;
    }

    internal void Problem(string message, string? attribute = null)
    {
        IXmlLineInfo at = attribute is not null && element.Attribute(attribute) is { } found ? found : element;
        int column = at is XElement ? at.LinePosition - 1 : at.LinePosition;
        problems.Add(new BenchProblem(file, at.LineNumber, column, message));
    }

    /// <summary>The children, by name; unknown ones are problems, and so is text between them.</summary>
    internal IEnumerable<BenchElement> Children(params string[] names)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText text && !string.IsNullOrWhiteSpace(text.Value))
            {
                Problem($"<{Name}> holds elements, not text: \"{Shown(text.Value.Trim())}\"");
            }

            if (node is not XElement child)
            {
                continue;
            }

            var wrapped = new BenchElement(child, file, problems);
            if (names.Contains(wrapped.Name))
            {
                yield return wrapped;
            }
            else
            {
                string hint = Spelling.DidYouMean(wrapped.Name, names);
                wrapped.Problem($"<{Name}> has no element <{Shown(wrapped.Name)}>{(hint.Length > 0 ? hint : AllowedElements(names))}");
            }
        }
    }

    /// <summary>All attributes were asked for: what is left was never meant.</summary>
    internal void End()
    {
        foreach (XAttribute attribute in element.Attributes())
        {
            string name = attribute.Name.LocalName;
            if (!_asked.Contains(name))
            {
                string hint = Spelling.DidYouMean(name, _asked);
                Problem($"<{Name}> has no attribute \"{Shown(name)}\"{(hint.Length > 0 ? hint : "; it has " + List(_asked.Distinct()))}", name);
            }
        }
    }

    /// <summary>The same, of an element that holds nothing.</summary>
    internal void EndLeaf()
    {
        End();
        foreach (BenchElement _ in Children())
        {
            throw new InvalidOperationException("an element that may hold nothing holds something");
        }
    }

    /// <summary>The same, of an element that holds text: elements in it would be lost.</summary>
    internal void EndLeafOfText()
    {
        End();
        if (element.Elements().FirstOrDefault() is { } child)
        {
            new BenchElement(child, file, problems).Problem($"<{Name}> holds text, not elements; write them as <![CDATA[<{child.Name.LocalName}…]]>");
        }
    }

    /// <summary>A value as messages show it: a long one by its beginning.</summary>
    internal static string Shown(string value) => Printable.Harmless(value.Length <= MostShown ? value : value[..MostShown] + "…");

    internal static string List(IEnumerable<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));

    private static string AllowedElements(string[] names) =>
        names.Length == 0 ? "; it has none" : "; it may have " + string.Join(", ", names.Select(name => $"<{name}>"));
}
