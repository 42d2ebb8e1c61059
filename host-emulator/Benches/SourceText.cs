// The text of a bench file, and where in it an element begins and ends: so that a board's configuration reaches its
// kernel byte for byte, comments, quotes and line breaks included.
using System.Xml;

namespace Tern.HostEmulator;

internal sealed class SourceText
{
    private readonly string _text;
    private readonly int[] _lineStarts;
    private readonly Dictionary<(int Line, int Column), string> _elements = [];

    /// <summary>Finds all elements of the given names.</summary>
    /// <param name="text">A well-formed document.</param>
    /// <param name="names">Which elements are wanted.</param>
    internal SourceText(string text, params string[] names)
    {
        _text = text;
        _lineStarts = FindLines(text);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var position = (IXmlLineInfo)reader;
        var open = new Stack<(int Line, int Column)>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                (int, int) at = (position.LineNumber, position.LinePosition);
                if (!reader.IsEmptyElement)
                {
                    open.Push(at);
                }
                else if (names.Contains(reader.Name))
                {
                    Keep(at, EndOfTag(OffsetOf(at)));
                }
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                (int, int) at = open.Pop();
                if (names.Contains(reader.Name))
                {
                    Keep(at, EndOfTag(OffsetOf((position.LineNumber, position.LinePosition))));
                }
            }
        }
    }

    /// <summary>The source of an element, from its first <c>&lt;</c> to its last <c>&gt;</c>.</summary>
    internal string Of(IXmlLineInfo element) => _elements[(element.LineNumber, element.LinePosition)];

    private void Keep((int Line, int Column) at, int end)
    {
        int begin = OffsetOf(at) - 1;           // the reader points at the name
        _elements[at] = _text[begin..end];
    }

    private int OffsetOf((int Line, int Column) at) => _lineStarts[at.Line - 1] + at.Column - 1;

    private int EndOfTag(int offset)
    {
        char quote = '\0';
        for (; ; offset++)
        {
            char c = _text[offset];
            if (quote == '\0' && c == '>')
            {
                return offset + 1;
            }

            if (c is '"' or '\'')
            {
                quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            }
        }
    }

    private static int[] FindLines(string text)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
