// A text in rows of a terminal. A terminal that breaks a line itself begins a row with whatever stands there, and a component's text might
// look like a line of its own; so each further row begins with what the tool puts there.
using System.Text;
using Spectre.Console.Rendering;

namespace Tern.HostEmulator;

internal static class TerminalRows
{
    /// <summary>Cuts a text, at a blank where a row has one in its second half.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cells">How many cells a row has.</param>
    /// <param name="head">What each row but the first begins with.</param>
    internal static IEnumerable<string> Of(string text, int cells, string head)
    {
        string begin = "";
        while (Fitting(text, cells - begin.Length) is var length && length < text.Length)
        {
            int blank = text.LastIndexOf(' ', length);
            length = blank > length / 2 ? blank : length;
            yield return begin + text[..length];
            text = text[length..].TrimStart(' ');
            begin = head;
        }

        yield return begin + text;
    }

    /// <summary>How many characters of a text go into so many cells; at least one.</summary>
    internal static int Fitting(string text, int cells)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            cells -= rune.Value < 0x7f ? 1 : Cells(rune.ToString());
            if (cells < 0 && length > 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>How many cells a text takes.</summary>
    internal static int Cells(string text) => new Segment(text).CellCount();
}
