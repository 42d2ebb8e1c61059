// A line of the board's console: who writes, in brackets, and the text. Here the kernel's words meet a component's.
// Invariants: a line is one line whatever label and text are; its first ']' ends the label. So no component writes a line that
// begins with another one's name, neither on a serial console nor in a file.
namespace Tern.Kernel;

/// <summary>Composes the lines that tell of a component.</summary>
internal static class ConsoleLine
{
    private const string Named = "\t\n\r";
    private const string Names = "tnr";

    /// <summary>A line: <c>[init -> sheep] text</c>, control characters as <c>\n</c> or <c>\x1b</c>.</summary>
    internal static string Of(string label, string text) => "[" + Shown(label, true) + "] " + Shown(text, false);

    private static string Shown(string text, bool isLabel)
    {
        string shown = "";
        int kept = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' || (c >= '\x7f' && c < '\xa0') || (isLabel && c == ']'))
            {
                int name = Named.IndexOf(c);
                shown += text.Substring(kept, i - kept) + "\\" + (name < 0 ? "x" + Hex.Format(c, 2) : Names.Substring(name, 1));
                kept = i + 1;
            }
        }

        return kept == 0 ? text : shown + text.Substring(kept);
    }
}
