// Sentences as lines: of a page, where `*…*` stays as it is, and of plain text, where it goes.
namespace Tern.HostEmulator;

internal static class Prose
{
    private const int Width = 140;

    /// <summary>Without the marks of emphasis.</summary>
    internal static string Plain(string text) => text.Replace("*", "", StringComparison.Ordinal);

    /// <summary>Writes a paragraph in lines of at most 140 characters, unless one word is longer.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="text">The paragraph.</param>
    /// <param name="first">What stands before its first line; the others are indented by as much.</param>
    internal static void Write(TextWriter writer, string text, string first = "")
    {
        string indent = new(' ', first.Length);
        string line = first;
        bool isEmpty = true;
        foreach (string word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                writer.WriteLine(line);
                line = indent;
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        writer.WriteLine(line);
    }

    /// <summary>Writes a list.</summary>
    internal static void WriteList(TextWriter writer, IEnumerable<string> items)
    {
        foreach (string item in items)
        {
            Write(writer, item, "- ");
        }
    }
}
