// A dump of a capability space, read back: the table that the kernel writes, four selectors a row, "0017a-SW Gate".
// Invariants: any text can be read; a line that is no row is an InvalidDataException that names it, and so is a dump without its
// last line, which counts the capabilities: a dump that was cut short would look like one of a smaller space.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>What a selector names in a dump.</summary>
internal readonly record struct CapabilityCell(int Badge, string Type);

internal static class CapabilityRows
{
    /// <summary>Bytes of a dump; a capability space has at most 65,536 selectors.</summary>
    internal const int MostBytes = 8 * 1024 * 1024;

    private const string Separator = "-SW ";
    private const string EndMark = "# end: ";

    /// <summary>Reads a dump: selector and what it names, empty selectors left out.</summary>
    /// <param name="text">The dump; empty lines and those that begin with <c>#</c> are comments.</param>
    /// <param name="source">The file, for messages.</param>
    internal static SortedDictionary<int, CapabilityCell> Read(string text, string source)
    {
        SortedDictionary<int, CapabilityCell> cells = [];
        string[] lines = text.TrimEnd('\n').Split('\n');
        for (int number = 0; number < lines.Length; number++)
        {
            string line = lines[number].TrimEnd();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] columns = line.Split('\t');
            bool isRow = TryHex(columns[0], out int row) && row <= int.MaxValue - columns.Length;
            for (int i = 1; i < columns.Length && isRow; i++)
            {
                isRow = columns[i] == "-" || (TryCell(columns[i], out CapabilityCell cell) && cells.TryAdd(row + i - 1, cell));
            }

            if (!isRow)
            {
                throw new InvalidDataException(
                    $"{source}:{Invariant.Of(number + 1)}: \"{Values.Shown(line)}\" is no row of a capability space, or names a selector again; a row is \"000208<tab>0017a-SW Gate<tab>-\"");
            }
        }

        if (lines[^1].TrimEnd() != EndOf(cells.Count))
        {
            throw new InvalidDataException(
                $"{source} has {Quantity.Count(cells.Count, "capability")} and does not end with \"{EndOf(cells.Count)}\": it was cut short or changed. Take it from the run again");
        }

        return cells;
    }

    /// <summary>A dump with the line that says that it is whole.</summary>
    internal static string Ended(string dump)
    {
        int count = dump.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Sum(line => line.TrimEnd().Split('\t').Skip(1).Count(cell => cell != "-"));
        return $"{dump.TrimEnd('\n')}\n{EndOf(count)}\n";
    }

    private static string EndOf(int count) => EndMark + Quantity.Count(count, "capability");

    private static bool TryCell(string text, out CapabilityCell cell)
    {
        int separator = text.IndexOf(Separator, StringComparison.Ordinal);
        cell = default;
        if (separator < 0 || !TryHex(text[..separator], out int badge))
        {
            return false;
        }

        cell = new CapabilityCell(badge, text[(separator + Separator.Length)..]);
        return true;
    }

    private static bool TryHex(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
}
