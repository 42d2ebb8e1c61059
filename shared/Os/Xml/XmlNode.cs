// The configuration reader of init, nic_router, RTCR, manager and NAS. A text is checked once, as a whole, and what is wrong with
// it is said with line and column; after that a node is a view of two words into the text.
// Invariants: a valid node is only made over checked text; nothing here throws, and nothing allocates but the strings asked for
// (and a decoded copy of a value that has references in it). Whoever hands a text over leaves it alone afterwards.
using System;
using System.Text;

namespace Tern.Os;

/// <summary>An element of a configuration. The default value is the node that is not there: it has no children, no attributes
/// and no text, so a path like <c>config.Child("vfs").Child("dir")</c> may be followed without a question at each step.</summary>
public readonly struct XmlNode
{
    private readonly byte[]? _text;
    private readonly int _start;

    private XmlNode(byte[] text, int start)
    {
        _text = text;
        _start = start;
    }

    /// <summary>Whether there is such an element.</summary>
    public bool IsValid => _text != null;

    /// <summary>The element's name, as a new string; empty if invalid.</summary>
    public string Name => _text == null ? "" : XmlDecoder.String(_text, _start + 1, EndOfName(_text));

    /// <summary>The characters that stand directly in the element, as a new string: references resolved, CDATA sections
    /// included, comments and child elements left out, white space as it is.</summary>
    public string Text => _text == null ? "" : XmlDecoder.Text(_text, _start);

    /// <summary>The line of the opening tag, counted from 1; 0 if invalid.</summary>
    public int Line => _text == null ? 0 : XmlPosition.Line(_text, _start);

    /// <summary>The column of the opening tag, counted from 1 in characters; 0 if invalid.</summary>
    public int Column => _text == null ? 0 : XmlPosition.Column(_text, _start);

    /// <summary>The first attribute as written; invalid if there is none.</summary>
    public XmlAttr FirstAttribute => _text == null ? default : XmlAttr.At(_text, EndOfName(_text));

    /// <summary>The first element in this one; invalid if there is none.</summary>
    public XmlNode FirstChild
    {
        get
        {
            if (_text == null)
            {
                return default;
            }

            int inside = XmlScan.EndOfTag(_text, _start);
            return XmlScan.IsEmpty(_text, inside) ? default : At(_text, inside);
        }
    }

    /// <summary>The next element of the same parent; invalid after the last. Costs a walk over this element.</summary>
    public XmlNode Next => _text == null ? default : At(_text, XmlScan.EndOfElement(_text, _start));

    /// <summary>The bytes of the element as written, from its opening to its closing tag; 0 if invalid.</summary>
    public int RawLength => _text == null ? 0 : XmlScan.EndOfElement(_text, _start) - _start;

    /// <summary>The element as written, as a new string: a text of its own that <see cref="TryParse(string, out XmlNode,
    /// out XmlFault)"/> accepts. Empty if invalid.</summary>
    public string Raw => _text == null ? "" : XmlDecoder.String(_text, _start, XmlScan.EndOfElement(_text, _start));

    /// <summary>Checks a text in UTF-8 and gives its root element. Zeros at its end are padding; a byte order mark is
    /// passed over. The text is not copied: whoever hands it over must not change it as long as nodes of it are used.</summary>
    /// <returns>Whether it is well-formed and within <see cref="XmlLimits"/>. If not, the root is invalid and
    /// <paramref name="fault"/> says what is wrong first, and where.</returns>
    public static bool TryParse(byte[] text, out XmlNode root, out XmlFault fault)
    {
        var checker = new XmlChecker(text);
        bool good = checker.Document(out int start);
        root = good ? new XmlNode(text, start) : default;
        fault = good ? default : new XmlFault(checker.Error, text, checker.At);
        return good;
    }

    /// <summary>The same for a text in a string, of which it makes a copy in UTF-8.</summary>
    public static bool TryParse(string text, out XmlNode root, out XmlFault fault) =>
        TryParse(Encoding.UTF8.GetBytes(text), out root, out fault);

    /// <summary>Whether the element has this name. Allocates nothing; false if invalid.</summary>
    public bool Is(string name) => _text != null && XmlNames.Equal(_text, _start + 1, EndOfName(_text), name);

    /// <summary>The first child with a name; invalid if there is none.</summary>
    public XmlNode Child(string name) => FirstChild.OrNext(name);

    /// <summary>The next element of the same parent with a name; invalid if there is none.</summary>
    public XmlNode NextNamed(string name) => Next.OrNext(name);

    /// <summary>Whether the element has an attribute.</summary>
    public bool HasAttribute(string name) => Attribute(name).IsValid;

    /// <summary>The attribute with a name; invalid if there is none.</summary>
    public XmlAttr Attribute(string name)
    {
        XmlAttr attribute = FirstAttribute;
        while (attribute.IsValid && !attribute.Is(name))
        {
            attribute = attribute.Next;
        }

        return attribute;
    }

    /// <summary>The value of an attribute, or <paramref name="fallback"/> if there is none.</summary>
    public string Attribute(string name, string fallback)
    {
        XmlAttr attribute = Attribute(name);
        return attribute.IsValid ? attribute.Value : fallback;
    }

    /// <summary>The element as a text of its own that knows its place: what a parent hands to a child as the child's configuration, so
    /// that the child's complaints name the line of the file that a person edits (see <see cref="XmlOrigin"/>). None if invalid.</summary>
    public byte[] Excerpt()
    {
        int length = RawLength;
        if (_text == null)
        {
            return new byte[0];
        }

        byte[] origin = Encoding.UTF8.GetBytes(XmlOrigin.Write(Line, Column));
        var excerpt = new byte[origin.Length + length];
        Array.Copy(origin, 0, excerpt, 0, origin.Length);
        Array.Copy(_text, _start, excerpt, origin.Length, length);
        return excerpt;
    }

    private static XmlNode At(byte[] text, int at)
    {
        int tag = XmlScan.NextTag(text, at);
        return tag == text.Length || text[tag + 1] == '/' ? default : new XmlNode(text, tag);
    }

    /// <summary>Whether both are the same element of the same text.</summary>
    internal bool IsSame(XmlNode other) => _text == other._text && _start == other._start;

    private XmlNode OrNext(string name)
    {
        XmlNode node = this;
        while (node.IsValid && !node.Is(name))
        {
            node = node.Next;
        }

        return node;
    }

    private int EndOfName(byte[] text) => XmlNames.SkipName(text, _start + 1, text.Length);
}
