// A dump of a capability space, read back: the table that the kernel writes, four selectors a row, "0017a-SW Gate".
// Invariant: any text can be read; a line that is no row is an InvalidDataException that names it.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>What a selector names in a dump.</summary>
internal readonly record struct CapabilityCell(int Badge, string Type);

internal static class CapabilityRows
{
    private const string Separator = "-SW ";

    /// <summary>Reads a dump: selector and what it names, empty selectors left out.</summary>
    /// <param name="text">The dump; empty lines and those that begin with <c>#</c> are comments.</param>
    /// <param name="source">The file, for messages.</param>
    internal static SortedDictionary<int, CapabilityCell> Read(string text, string source)
    {
        SortedDictionary<int, CapabilityCell> cells = [];
        string[] lines = text.Split('\n');
        for (int number = 0; number < lines.Length; number++)
        {
            string line = lines[number].TrimEnd();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] columns = line.Split('\t');
            bool isRow = TryHex(columns[0], out int row);
            for (int i = 1; i < columns.Length && isRow; i++)
            {
                isRow = columns[i] == "-" || (TryCell(columns[i], out CapabilityCell cell) && cells.TryAdd(row + i - 1, cell));
            }

            if (!isRow)
            {
                throw new InvalidDataException(
                    $"{source}:{Invariant.Of(number + 1)}: \"{Printable.Of(line)}\" is no row of a capability space, or names a selector again; a row is \"000208<tab>0017a-SW Gate<tab>-\"");
            }
        }

        return cells;
    }

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
