// Texts of images and numbers in the form in which tools show them: the same on every machine, and harmless to a terminal.
using System.Globalization;
using System.Text;

namespace Tern.HostEmulator;

internal static class Printable
{
    /// <summary>A text that may have any letters, quotes and lines, and nothing that a terminal obeys.</summary>
    internal static string Harmless(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && text.All(char.IsAscii) && !text.Contains('\x7f', StringComparison.Ordinal))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSafe = rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);
            shown.Append(isSafe ? rune.ToString() : "\\x" + rune.Value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return shown.ToString();
    }

    /// <summary>A text without control characters, quotes or backslashes: those as <c>\x1b</c>.</summary>
    internal static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text.AsSpan().IndexOfAny('"', '\\') < 0)
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSafe = rune.Value is not ('"' or '\\') && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
            shown.Append(isSafe ? rune.ToString() : "\\x" + rune.Value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return shown.ToString();
    }
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
