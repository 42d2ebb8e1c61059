// An attribute (DOM calls it Attr, too) of a checked text: a view of two words. Typed readers: XmlAttr.Values.cs.
namespace Tern.Os;

/// <summary>One attribute of an <see cref="XmlNode"/>. The default value is the attribute that is not there: every reader
/// answers <see cref="ValueState.Absent"/> on it, so <c>node.Attribute("port").Read(ref port)</c> needs no question first.</summary>
public readonly partial struct XmlAttr
{
    private readonly byte[]? _text;
    private readonly int _start;

    private XmlAttr(byte[] text, int start)
    {
        _text = text;
        _start = start;
    }

    /// <summary>Whether there is such an attribute.</summary>
    public bool IsValid => _text != null;

    /// <summary>Its name, as a new string; empty if invalid.</summary>
    public string Name => _text == null ? "" : XmlDecoder.String(_text, _start, EndOfName(_text));

    /// <summary>Its value with references resolved, as a new string; empty if invalid.</summary>
    public string Value
    {
        get
        {
            if (_text == null)
            {
                return "";
            }

            byte[] bytes = Decoded(_text, out int start, out int end);
            return XmlDecoder.String(bytes, start, end);
        }
    }

    /// <summary>The next attribute of the same element, as written; invalid after the last.</summary>
    public XmlAttr Next
    {
        get
        {
            if (_text == null)
            {
                return default;
            }

            Range(_text, out _, out int end);
            return At(_text, end + 1);
        }
    }

    /// <summary>The line of its name, counted from 1; 0 if invalid.</summary>
    public int Line => _text == null ? 0 : XmlPosition.Line(_text, _start);

    /// <summary>The column of its name, counted from 1 in characters; 0 if invalid.</summary>
    public int Column => _text == null ? 0 : XmlPosition.Column(_text, _start);

    /// <summary>Whether it has this name. Allocates nothing; false if invalid.</summary>
    public bool Is(string name) => _text != null && XmlNames.Equal(_text, _start, EndOfName(_text), name);

    /// <summary>The attribute that begins at an offset within a tag, white space aside; invalid if the tag ends there.</summary>
    internal static XmlAttr At(byte[] text, int at)
    {
        at = XmlNames.SkipSpace(text, at, text.Length);
        return text[at] is (byte)'>' or (byte)'/' ? default : new XmlAttr(text, at);
    }

    private int EndOfName(byte[] text) => XmlNames.SkipName(text, _start, text.Length);

    /// <summary>Where the value stands, between its quotes.</summary>
    private void Range(byte[] text, out int start, out int end)
    {
        start = EndOfName(text);
        while (text[start] is not (byte)'"' and not (byte)'\'')
        {
            start++;
        }

        byte quote = text[start++];
        end = XmlScan.EndOfValue(text, start, quote);
    }
}
