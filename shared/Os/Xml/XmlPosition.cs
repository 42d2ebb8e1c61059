// From an offset to what an editor shows. Computed when somebody asks: only complaints need it, so no node carries it.
// Both look at each byte before the offset once. What was cut out of a larger text is counted from there (see XmlOrigin).
namespace Tern.Os;

/// <summary>Line and column of an offset, both counted from 1.</summary>
internal static class XmlPosition
{
    internal static int Line(byte[] text, int at)
    {
        XmlOrigin origin = XmlOrigin.Of(text);
        int line = origin.Line;
        for (int i = origin.End; i < at; i++)
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
        XmlOrigin origin = XmlOrigin.Of(text);
        int column = 1;
        int i = at - 1;
        for (; i >= origin.End && text[i] != '\n' && text[i] != '\r'; i--)
        {
            if (!Utf8.Continues(text[i]))
            {
                column++;
            }
        }

        return i < origin.End ? column + origin.Column - 1 : column;
    }
}
