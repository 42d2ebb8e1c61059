// The one look at a text before anybody believes it: is it well-formed, and within the limits? It stops at the first fault.
// Invariants: _at only grows and never passes _end; every loop either moves it or stops; nothing is allocated but two small
// tables; after true, XmlScan, XmlReference and XmlDecoder need no check of their own.
namespace Tern.Os;

/// <summary>Checks one text, once. Every method returns whether to go on; after false, Error and At hold the fault.</summary>
internal sealed partial class XmlChecker
{
    private readonly byte[] _text;
    private readonly int _end;
    private readonly int[] _open = new int[XmlLimits.Depth];             // where the names of the open elements begin
    private readonly int[] _attributes = new int[XmlLimits.Attributes];  // where the names in the current tag begin
    private int _depth;
    private int _at;

    internal XmlChecker(byte[] text)
    {
        _text = text;
        _end = text.Length;
        while (_end > 0 && text[_end - 1] == 0)
        {
            _end--;    // the padding of a ROM module's last page
        }
    }

    internal XmlError Error { get; private set; }

    internal int At { get; private set; }

    /// <summary>Checks everything; <paramref name="root"/> is the offset of the root element's tag.</summary>
    internal bool Document(out int root)
    {
        root = 0;
        if (_end > XmlLimits.Bytes)
        {
            return Fail(XmlError.TooLong, XmlLimits.Bytes);
        }

        _at = Utf8.MarkLength(_text);
        if (!Declaration() || !Miscellany())
        {
            return false;
        }

        root = _at;
        if (Peek(0) != '<' || Peek(1) == '/')
        {
            return Fail(XmlError.RootExpected, _at);
        }

        return Element() && Miscellany() && (_at == _end || Fail(XmlError.TrailingContent, _at));
    }

    /// <summary>White space, comments and instructions, as many as there are.</summary>
    private bool Miscellany()
    {
        while (true)
        {
            SkipSpace();
            if (Peek(0) != '<' || (Peek(1) != '!' && Peek(1) != '?'))
            {
                return true;
            }

            if (!(Peek(1) == '?' ? Instruction() : Declared()))
            {
                return false;
            }
        }
    }

    /// <summary>An element with all that is in it; without recursion, so that depth costs no stack.</summary>
    private bool Element()
    {
        if (!OpenTag())
        {
            return false;
        }

        while (_depth > 0)
        {
            bool good = CharacterData() && Peek(1) switch
            {
                '/' => CloseTag(),
                '?' => Instruction(),
                '!' => Declared(),
                _ => OpenTag(),
            };
            if (!good)
            {
                return false;
            }
        }

        return true;
    }

    private bool OpenTag()
    {
        if (_depth == XmlLimits.Depth)
        {
            return Fail(XmlError.TooDeep, _at);
        }

        _open[_depth++] = ++_at;
        if (!Name())
        {
            return false;
        }

        for (int count = 0; ; count++)
        {
            bool apart = SkipSpace();
            switch (Peek(0))
            {
                case '>':
                    _at++;
                    return true;
                case '/':
                    _depth--;
                    return Expect("/>", XmlError.BadAttribute);
                default:
                    if (!apart)
                    {
                        return Fail(count == 0 ? XmlError.BadName : XmlError.BadAttribute, _at);
                    }

                    if (!Attribute(count))
                    {
                        return false;
                    }

                    break;
            }
        }
    }

    private bool CloseTag()
    {
        int tag = _at;
        _at += 2;
        if (!Name())
        {
            return false;
        }

        int end = _at;
        SkipSpace();
        if (_at < _end && !SameName(_open[_depth - 1], tag + 2, end))
        {
            return Fail(XmlError.MismatchedTag, tag);
        }

        _depth--;
        return Expect(">", end == _at ? XmlError.BadName : XmlError.BadAttribute);
    }

    private bool Attribute(int count)
    {
        if (count == XmlLimits.Attributes)
        {
            return Fail(XmlError.TooManyAttributes, _at);
        }

        int start = _at;
        if (!Name())
        {
            return false;
        }

        int end = _at;
        SkipSpace();
        if (!Expect("=", XmlError.BadAttribute))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (SameName(_attributes[i], start, end))
            {
                return Fail(XmlError.DuplicateAttribute, start);
            }
        }

        _attributes[count] = start;
        SkipSpace();
        return Value();
    }

    private bool SameName(int earlier, int start, int end) =>
        XmlNames.Equal(_text, start, end, earlier, XmlNames.SkipName(_text, earlier, _end));
}
