// What the checker knows of markup that is no element: comments, CDATA sections, instructions, the XML declaration.
namespace Tern.Os;

internal sealed partial class XmlChecker
{
    /// <summary>What begins with <c>&lt;!</c>.</summary>
    private bool Declared()
    {
        switch (Peek(2))
        {
            case '-':
                return Comment();
            case '[' when _depth > 0:
                return CData();
            case 'D':
                return Expect("<!DOCTYPE", XmlError.BadMarkup) && Fail(XmlError.DocumentType, _at - "<!DOCTYPE".Length);
            default:
                return Fail(XmlError.BadMarkup, _at + 2 == _end ? _end : _at);
        }
    }

    private bool Comment()
    {
        if (!Expect("<!--", XmlError.BadMarkup))
        {
            return false;
        }

        while (Until('-', '-', '-'))
        {
            if (Peek(1) == '-')
            {
                return Expect("-->", XmlError.BadComment);
            }

            _at++;
        }

        return false;
    }

    private bool CData()
    {
        if (!Expect("<![CDATA[", XmlError.BadMarkup))
        {
            return false;
        }

        while (Until(']', ']', ']'))
        {
            if (Follows("]]>"))
            {
                _at += XmlScan.CDataTail;
                return true;
            }

            _at++;
        }

        return false;
    }

    /// <summary>A processing instruction. None means anything to Tern; editors leave some.</summary>
    private bool Instruction()
    {
        int start = _at;
        _at += 2;
        if (!Name())
        {
            return false;
        }

        if (_at - start == 5 && (_text[start + 2] | 0x20) == 'x' && (_text[start + 3] | 0x20) == 'm' && (_text[start + 4] | 0x20) == 'l')
        {
            return Fail(XmlError.BadDeclaration, start);
        }

        if (!XmlNames.IsSpace(Peek(0)))
        {
            return Expect("?>", XmlError.BadName);
        }

        while (Until('?', '?', '?'))
        {
            _at++;
            if (Peek(0) == '>')
            {
                _at++;
                return true;
            }
        }

        return false;
    }

    /// <summary>The XML declaration, if there is one.</summary>
    private bool Declaration()
    {
        if (!Follows("<?xml") || XmlNames.IsPart(Peek("<?xml".Length)))
        {
            return true;
        }

        _at += "<?xml".Length;
        if (!Setting("version", "1.0", "1.0", true)
            || !Setting("encoding", "UTF-8", "utf-8", false)
            || !Setting("standalone", "yes", "no", false))
        {
            return false;
        }

        SkipSpace();
        return Expect("?>", XmlError.BadDeclaration);
    }

    /// <summary>One setting of the declaration, which has one of two values. An optional one may be missing; then only the
    /// white space before it is passed.</summary>
    private bool Setting(string name, string value, string other, bool required)
    {
        bool apart = SkipSpace();
        if (!required && (!apart || Peek(0) != name[0]))
        {
            return true;
        }

        if (!apart || !Expect(name, XmlError.BadDeclaration))
        {
            return apart ? false : Fail(XmlError.BadDeclaration, _at);
        }

        SkipSpace();
        if (!Expect("=", XmlError.BadDeclaration))
        {
            return false;
        }

        SkipSpace();
        string quote = Peek(0) == '\'' ? "'" : "\"";
        return Expect(quote, XmlError.BadDeclaration)
            && Expect(Follows(other) ? other : value, XmlError.BadDeclaration)
            && Expect(quote, XmlError.BadDeclaration);
    }
}
