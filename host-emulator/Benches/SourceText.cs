// The text of a bench file, and where in it an element begins and ends: so that a board's configuration reaches its
// kernel byte for byte, comments, quotes and line breaks included.
// Invariants: one pass over the text; what is not well-formed or beyond the limits is refused here, before a tree is made of it.
using System.Xml;

namespace Tern.HostEmulator;

internal sealed class SourceText
{
    private readonly string _text;
    private readonly string _file;
    private readonly int[] _lineStarts;
    private readonly Dictionary<(int Line, int Column), int> _ends = [];

    /// <summary>Checks a text and finds all elements of the given names.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <param name="names">Which elements are wanted.</param>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    /// <exception cref="BenchException">It is beyond the limits.</exception>
    internal SourceText(string text, string file, params string[] names)
    {
        _text = text;
        _file = file;
        _lineStarts = FindLines(text);
        using XmlReader reader = NewReader(text);
        var position = (IXmlLineInfo)reader;
        var open = new Stack<(int Line, int Column)>();
        int elements = 0;
        while (reader.Read())
        {
            (int, int) at = (position.LineNumber, position.LinePosition);
            if (reader.NodeType == XmlNodeType.XmlDeclaration)
            {
                CheckEncoding(reader.GetAttribute("encoding"), at);
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                Check(reader.Depth < BenchLimits.Depth, at, $"elements may be nested {Invariant.Of(BenchLimits.Depth)} deep");
                Check(++elements <= BenchLimits.Elements, at, $"a bench file may have {Quantity.Count(BenchLimits.Elements, "element")}");
                Check(reader.AttributeCount <= BenchLimits.Attributes, at, $"an element may have {Quantity.Count(BenchLimits.Attributes, "attribute")}");
                if (!reader.IsEmptyElement)
                {
                    open.Push(at);
                }
                else if (names.Contains(reader.Name))
                {
                    _ends[at] = EndOfTag(OffsetOf(at));
                }
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                (int, int) begin = open.Pop();
                if (names.Contains(reader.Name))
                {
                    _ends[begin] = EndOfTag(OffsetOf(at));
                }
            }
        }
    }

    /// <summary>A reader of a text that declares no entities and no document type.</summary>
    internal static XmlReader NewReader(string text) =>
        XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });

    /// <summary>The source of an element, from its first <c>&lt;</c> to its last <c>&gt;</c>.</summary>
    internal string Of(IXmlLineInfo element)
    {
        (int, int) at = (element.LineNumber, element.LinePosition);
        return _text[(OffsetOf(at) - 1).._ends[at]];           // the reader points at the name
    }

    private void CheckEncoding(string? encoding, (int Line, int Column) at) => Check(
        encoding is null || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase),
        at,
        $"bench files are in UTF-8, and this one says that it is in \"{encoding}\"; save it as UTF-8 and say so");

    private void Check(bool isRight, (int Line, int Column) at, string message)
    {
        if (!isRight)
        {
            throw new BenchException([new BenchProblem(_file, at.Line, Math.Max(1, at.Column - 1), message)]);
        }
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
