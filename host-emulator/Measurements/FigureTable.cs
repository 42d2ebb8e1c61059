// A table of figures, as text in columns or as Markdown; the first column names the row.
namespace Tern.HostEmulator;

/// <summary>A table.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Note">What to know of it; a sentence or more.</param>
/// <param name="Header">The columns' names.</param>
/// <param name="Rows">The cells.</param>
internal sealed record FigureTable(string Title, string Note, string[] Header, IReadOnlyList<string[]> Rows)
{
    /// <summary>Writes it for a terminal or a pipe.</summary>
    internal void WriteText(TextWriter writer)
    {
        writer.WriteLine(Title);
        writer.WriteLine();
        TextTable.Write(writer, Header, [.. Rows], [.. Header.Select(_ => true)]);
        writer.WriteLine();
        Prose.Write(writer, Prose.Plain(Note));
    }

    /// <summary>Writes it as a section of a page.</summary>
    internal void WriteMarkdown(TextWriter writer)
    {
        writer.WriteLine($"## {Title}");
        writer.WriteLine();
        Prose.Write(writer, Note);
        writer.WriteLine();
        WriteRow(writer, Header);
        WriteRow(writer, Header.Select(_ => "--:"), "");
        foreach (string[] row in Rows)
        {
            WriteRow(writer, row);
        }
    }

    private static void WriteRow(TextWriter writer, IEnumerable<string> cells, string space = " ") =>
        writer.WriteLine($"|{space}{string.Join($"{space}|{space}", cells)}{space}|");
}
