// Texts of components and images, and numbers, in the form in which tools show them: the same on every machine, and harmless to a
// terminal. A text that a component chose never looks like a line of the tool.
using System.Globalization;
using System.Text;

namespace Tern.HostEmulator;

internal static class Printable
{
    /// <summary>A text of several lines, each of them as <see cref="Line"/>.</summary>
    internal static string Harmless(string text) => string.Join('\n', text.Split('\n').Select(Line));

    /// <summary>A text in quotes or in a table: without control characters, quotes or backslashes, those as <c>\x22</c>.</summary>
    internal static string Of(string text) => Escape(text, isQuoted: true);

    /// <summary>A text that stands for itself: one line, without anything that acts on a terminal; a line's end is <c>\n</c>.</summary>
    internal static string Line(string text) => Escape(text, isQuoted: false);

    private static string Escape(string text, bool isQuoted)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && (!isQuoted || text.AsSpan().IndexOfAny('"', '\\') < 0))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSafe = !(isQuoted && rune.Value is ('"' or '\\')) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
            shown.Append(isSafe ? rune.ToString() : Escaped(rune.Value));
        }

        return shown.ToString();
    }

    private static string Escaped(int character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        <= 0xff => "\\x" + Invariant.Hex(character, 2),
        <= 0xffff => "\\u" + Invariant.Hex(character, 4),
        _ => "\\U" + Invariant.Hex(character, 8),
    };
}

internal static class Invariant
{
    internal static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>With commas between thousands.</summary>
    internal static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Hex(long number, int digits) => number.ToString("x" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    internal static string Percent(long part, long whole) =>
        whole == 0 ? "-" : (100.0 * part / whole).ToString("F1", CultureInfo.InvariantCulture) + "%";
}
