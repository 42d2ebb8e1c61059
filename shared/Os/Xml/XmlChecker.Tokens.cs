// The checker's smaller pieces: names, values, character data, references; and the one place where a fault is noted.
namespace Tern.Os;

internal sealed partial class XmlChecker
{
    /// <summary>Notes the fault. What is missing where the text ends is always <see cref="XmlError.UnexpectedEnd"/>.</summary>
    private bool Fail(XmlError error, int at)
    {
        Error = at == _end ? XmlError.UnexpectedEnd : error;
        At = at;
        return false;
    }

    /// <summary>The byte some places ahead, or -1 beyond the end.</summary>
    private int Peek(int ahead) => _at + ahead < _end ? _text[_at + ahead] : -1;

    /// <summary>Goes over white space; whether the last byte passed is some.</summary>
    private bool SkipSpace()
    {
        _at = XmlNames.SkipSpace(_text, _at, _end);
        return _at > 0 && XmlNames.IsSpace(_text[_at - 1]);
    }

    private bool Name()
    {
        if (!XmlNames.IsStart(Peek(0)))
        {
            return Fail(XmlError.BadName, _at);
        }

        _at = XmlNames.SkipName(_text, _at, _end);
        return true;
    }

    private bool Follows(string token) =>
        _end - _at >= token.Length && XmlNames.Equal(_text, _at, _at + token.Length, token);

    /// <summary>Goes over a token that has to stand here. A fault is reported at the token's beginning, since that is where
    /// somebody meant something else.</summary>
    private bool Expect(string token, XmlError error)
    {
        int length = token.Length;
        for (int i = 0; i < length; i++)
        {
            if (Peek(i) != token[i])
            {
                return Fail(error, _at + i == _end ? _end : _at);
            }
        }

        _at += length;
        return true;
    }

    /// <summary>Goes over characters up to the first of three bytes.</summary>
    private bool Until(int a, int b, int c)
    {
        byte[] text = _text;
        int end = _end;
        int at = _at;
        while (at < end)
        {
            int next = text[at];
            if (next == a || next == b || next == c)
            {
                _at = at;
                return true;
            }

            int length = next is >= ' ' and < 0x80 ? 1 : Utf8.Length(text, at, end);
            if (length == 0)
            {
                return Fail(XmlError.BadCharacter, at);
            }

            at += length;
        }

        return Fail(XmlError.UnexpectedEnd, end);
    }

    /// <summary>Text and references, up to the next tag, comment, CDATA section or instruction.</summary>
    private bool CharacterData()
    {
        while (Until('<', '&', ']'))
        {
            switch (_text[_at])
            {
                case (byte)'<':
                    return true;
                case (byte)'&':
                    if (!Reference())
                    {
                        return false;
                    }

                    break;
                default:
                    if (Follows("]]>"))
                    {
                        return Fail(XmlError.StrayCDataEnd, _at);
                    }

                    _at++;
                    break;
            }
        }

        return false;
    }

    private bool Value()
    {
        int quote = Peek(0);
        if (quote is not '"' and not '\'')
        {
            return Fail(XmlError.BadAttribute, _at);
        }

        _at++;
        while (Until(quote, '<', '&'))
        {
            if (_text[_at] == quote)
            {
                _at++;
                return true;
            }

            if (_text[_at] == '<')
            {
                return Fail(XmlError.BadAttribute, _at);
            }

            if (!Reference())
            {
                return false;
            }
        }

        return false;
    }

    private bool Reference()
    {
        int after = XmlReference.Read(_text, _at, _end, out _);
        if (after < 0)
        {
            return Fail(XmlError.BadEntity, after == XmlReference.Unfinished ? _end : _at);
        }

        _at = after;
        return true;
    }
}
