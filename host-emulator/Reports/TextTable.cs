// Columns of plain text, aligned by spaces: readable, and easy to cut and grep.
namespace Tern.HostEmulator;

internal static class TextTable
{
    private const string Gap = "  ";

    internal static void Write(TextWriter writer, string[] header, IReadOnlyCollection<string[]> rows, bool[]? rightAligned = null)
    {
        int[] widths = [.. header.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        WriteRow(header);
        foreach (string[] row in rows)
        {
            WriteRow(row);
        }

        void WriteRow(string[] cells)
        {
            IEnumerable<string> aligned = cells.Select(
                (cell, column) => rightAligned is not null && rightAligned[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            writer.WriteLine(string.Join(Gap, aligned).TrimEnd());
        }
    }
}
