// Columns of plain text, aligned by spaces: readable, and easy to cut and grep. Where they do not fit a terminal, cells are
// wrapped at words, labels lose their beginning, and at last each row becomes a block of lines.
// Invariants: without a width nothing is wrapped; with one, no line is longer unless one word alone is; no word is broken.
namespace Tern.HostEmulator;

/// <summary>What becomes of a column that does not fit.</summary>
internal enum ColumnFit
{
    /// <summary>Text: wrapped at words.</summary>
    Wrap,

    /// <summary>A figure: right-aligned and whole.</summary>
    Figure,

    /// <summary>Text that is shown whole: names to be copied, lanes.</summary>
    Whole,

    /// <summary>A component's label: its own name stays, its parents become dots.</summary>
    Label,
}

internal static class TextTable
{
    private const string Gap = "  ";
    private const string Dots = "… ";
    private const string Arrow = "-> ";

    internal static void Write(TextWriter writer, string[] header, IReadOnlyCollection<string[]> rows, bool[]? rightAligned = null, int width = int.MaxValue) =>
        Write(writer, header, rows, [.. header.Select((_, i) => rightAligned is not null && rightAligned[i] ? ColumnFit.Figure : ColumnFit.Wrap)], width);

    internal static void Write(TextWriter writer, string[] header, IReadOnlyCollection<string[]> rows, ColumnFit[] fits, int width = int.MaxValue)
    {
        foreach ((_, string line) in Lines(header, rows, fits, width))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>The lines of a table, each with the number of its row; -1 for the header.</summary>
    internal static IEnumerable<(int Row, string Line)> Lines(string[] header, IReadOnlyCollection<string[]> rows, ColumnFit[] fits, int width)
    {
        int[]? widths = Widths(header, rows, fits, width);
        foreach (string line in widths is null ? [] : Row(header, fits, widths))
        {
            yield return (-1, line);
        }

        int number = 0;
        foreach (string[] row in rows)
        {
            foreach (string line in widths is null ? Block(header, row, width) : Row(row, fits, widths))
            {
                yield return (number, line);
            }

            number++;
        }
    }

    /// <summary>Whether a table keeps to a width as a table.</summary>
    internal static bool Fits(string[] header, IReadOnlyCollection<string[]> rows, ColumnFit[] fits, int width) => Widths(header, rows, fits, width) is not null;

    /// <summary>The words of a text in lines of at most a width; a longer word has a line of its own. Blanks within a line stay.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        int at = 0;
        width = Math.Max(width, 1);
        while (text.Length - at > width)
        {
            int end = text.LastIndexOf(' ', at + width, width + 1);
            end = end <= at ? text.IndexOf(' ', at) : end;
            if (end < 0)
            {
                break;
            }

            yield return text[at..end].TrimEnd();
            at = end;
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }
        }

        yield return text[at..];
    }

    private static IEnumerable<string> Block(string[] header, string[] row, int width)
    {
        int title = header.Max(cell => cell.Length);
        for (int i = 0; i < header.Length; i++)
        {
            string name = header[i].PadRight(title);
            foreach (string line in Wrap(row[i], width - title - Gap.Length))
            {
                yield return (name + Gap + line).TrimEnd();
                name = new string(' ', title);
            }
        }

        yield return "";
    }

    private static IEnumerable<string> Row(string[] cells, ColumnFit[] fits, int[] widths)
    {
        string[][] wrapped = [.. cells.Select((cell, i) => cell.Length <= widths[i] ? [cell]
            : fits[i] == ColumnFit.Label ? [Shortened(cell, widths[i])]
            : Wrap(cell, widths[i]).ToArray())];
        for (int line = 0; line < wrapped.Max(lines => lines.Length); line++)
        {
            IEnumerable<string> aligned = wrapped.Select((lines, i) => line >= lines.Length ? new string(' ', widths[i])
                : fits[i] == ColumnFit.Figure ? lines[line].PadLeft(widths[i]) : lines[line].PadRight(widths[i]));
            yield return string.Join(Gap, aligned).TrimEnd();
        }
    }

    /// <summary>A label without as many of its parents as must go.</summary>
    private static string Shortened(string label, int width)
    {
        for (int at = label.IndexOf(Arrow, StringComparison.Ordinal); at >= 0; at = label.IndexOf(Arrow, at + 1, StringComparison.Ordinal))
        {
            string rest = Dots + label[(at + Arrow.Length)..];
            if (rest.Length <= width || label.IndexOf(Arrow, at + 1, StringComparison.Ordinal) < 0)
            {
                return rest;
            }
        }

        return label;
    }

    private static int[]? Widths(string[] header, IReadOnlyCollection<string[]> rows, ColumnFit[] fits, int width)
    {
        int[] natural = [.. header.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        return Fit(natural, [.. natural.Select((most, i) => Least(header[i], rows.Select(row => row[i]), fits[i], most))], width);
    }

    /// <summary>How narrow a column can be.</summary>
    private static int Least(string title, IEnumerable<string> cells, ColumnFit fit, int natural) => fit switch
    {
        ColumnFit.Wrap => cells.Append(title).SelectMany(cell => cell.Split(' ')).Max(word => word.Length),
        ColumnFit.Label => cells.Select(cell => cell.Contains(Arrow, StringComparison.Ordinal) ? Shortened(cell, 0) : cell).Append(title).Max(cell => cell.Length),
        _ => natural,
    };

    /// <summary>The columns' widths: what they would like, less what is too much, taken from the widest; <c>null</c> if that does not do.</summary>
    private static int[]? Fit(int[] natural, int[] least, int width)
    {
        int[] widths = [.. natural];
        long excess = widths.Sum(column => (long)column) + (Gap.Length * (widths.Length - 1)) - width;
        for (; excess > 0; excess--)
        {
            int widest = -1;
            for (int i = 0; i < widths.Length; i++)
            {
                widest = widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
            }

            if (widest < 0)
            {
                return null;
            }

            widths[widest]--;
        }

        return widths;
    }
}
