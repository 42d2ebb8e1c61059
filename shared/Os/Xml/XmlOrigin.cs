// Where a text was cut out of. A configuration is handed down in pieces (bench file, init, nested init, RTCR, target), and each piece
// begins with the instruction <?at LINE COLUMN?>, so that every reader names the line of the file that a person edits.
// Invariant: only complaints depend on the instruction; a text without one, or with a broken one, begins at line 1, column 1.
namespace Tern.Os;

/// <summary>The instruction <c>&lt;?at LINE COLUMN?&gt;</c> at the beginning of a text.</summary>
public readonly struct XmlOrigin
{
    private const string Head = "<?at ";
    private const int MaxDigits = 7;

    private XmlOrigin(int line, int column, int end)
    {
        Line = line;
        Column = column;
        End = end;
    }

    /// <summary>The line of the first byte after the instruction, counted from 1.</summary>
    internal int Line { get; }

    /// <summary>Its column, counted from 1 in characters.</summary>
    internal int Column { get; }

    /// <summary>Where the instruction ends and the text proper begins.</summary>
    internal int End { get; }

    /// <summary>The instruction for a place, to stand before a text that was cut out there.</summary>
    /// <param name="line">The line in the file that a person edits, counted from 1.</param>
    /// <param name="column">The column, likewise.</param>
    public static string Write(int line, int column) => Head + line.ToString() + " " + column.ToString() + "?>";

    /// <summary>The origin of a text.</summary>
    internal static XmlOrigin Of(byte[] text)
    {
        int begin = Utf8.MarkLength(text);
        int at = begin;
        for (int i = 0; i < Head.Length; i++, at++)
        {
            if (at >= text.Length || text[at] != Head[i])
            {
                return new XmlOrigin(1, 1, begin);
            }
        }

        int line = Number(text, ref at, (byte)' ');
        int column = line == 0 ? 0 : Number(text, ref at, (byte)'?');
        return column == 0 || at >= text.Length || text[at] != '>' ? new XmlOrigin(1, 1, begin) : new XmlOrigin(line, column, at + 1);
    }

    /// <summary>A number and the byte that ends it; 0 when there is none.</summary>
    private static int Number(byte[] text, ref int at, byte end)
    {
        int number = 0;
        int last = at + MaxDigits;
        while (at < text.Length && at < last && text[at] >= '0' && text[at] <= '9')
        {
            number = (number * 10) + text[at++] - '0';
        }

        return at < text.Length && text[at++] == end ? number : 0;
    }
}
