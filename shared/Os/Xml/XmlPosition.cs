// From an offset to what an editor shows. Computed when somebody asks: only complaints need it, so no node carries it.
namespace Tern.Os;

/// <summary>Line and column of an offset, both counted from 1.</summary>
internal static class XmlPosition
{
    internal static int Line(byte[] text, int at)
    {
        int line = 1;
        for (int i = 0; i < at; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
            }
        }

        return line;
    }

    /// <summary>Counts characters, so bytes that continue one (and a byte order mark) do not count.</summary>
    internal static int Column(byte[] text, int at)
    {
        int mark = Utf8.MarkLength(text);
        int column = 1;
        for (int i = at - 1; i >= mark && text[i] != '\n' && text[i] != '\r'; i--)
        {
            if (!Utf8.Continues(text[i]))
            {
                column++;
            }
        }

        return column;
    }
}
