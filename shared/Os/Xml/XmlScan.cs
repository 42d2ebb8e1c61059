// Going about in a text that XmlChecker has found well-formed. Nothing is checked twice here: an offset that starts right
// stays right.
namespace Tern.Os;

/// <summary>Finds tags and the ends of things in checked text.</summary>
internal static class XmlScan
{
    /// <summary>The length of <c>&lt;![CDATA[</c>.</summary>
    internal const int CDataHead = 9;

    /// <summary>The length of <c>]]&gt;</c>.</summary>
    internal const int CDataTail = 3;

    private const int CommentHead = 4;

    /// <summary>The next opening or closing tag at or after an offset outside of tags; the text's length if none comes.</summary>
    internal static int NextTag(byte[] text, int at)
    {
        while (true)
        {
            at = NextMarkup(text, at);
            if (at == text.Length || (text[at + 1] != '!' && text[at + 1] != '?'))
            {
                return at;
            }

            at = EndOfMarkup(text, at);
        }
    }

    /// <summary>The next <c>&lt;</c>, or the text's length.</summary>
    internal static int NextMarkup(byte[] text, int at)
    {
        int end = text.Length;
        while (at < end && text[at] != '<')
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether the <c>&lt;</c> at an offset begins a CDATA section.</summary>
    internal static bool IsCData(byte[] text, int at) => text[at + 1] == '!' && text[at + 2] == '[';

    /// <summary>The offset after a comment, CDATA section or instruction.</summary>
    internal static int EndOfMarkup(byte[] text, int at)
    {
        if (text[at + 1] == '?')
        {
            at += 3;
            while (text[at] != '>' || text[at - 1] != '?')
            {
                at++;
            }

            return at + 1;
        }

        bool data = IsCData(text, at);
        byte mark = (byte)(data ? ']' : '-');
        at += data ? CDataHead + 2 : CommentHead + 2;
        while (text[at] != '>' || text[at - 1] != mark || text[at - 2] != mark)
        {
            at++;
        }

        return at + 1;
    }

    /// <summary>The offset after the tag at <paramref name="at"/>. A <c>&gt;</c> in an attribute's value ends nothing.</summary>
    internal static int EndOfTag(byte[] text, int at)
    {
        while (text[at] != '>')
        {
            byte c = text[at++];
            if (c is (byte)'"' or (byte)'\'')
            {
                at = EndOfValue(text, at, c) + 1;
            }
        }

        return at + 1;
    }

    /// <summary>The offset of the quote that ends a value.</summary>
    internal static int EndOfValue(byte[] text, int at, byte quote)
    {
        while (text[at] != quote)
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether the tag that ends before <paramref name="end"/> is of the form <c>&lt;a/&gt;</c>.</summary>
    internal static bool IsEmpty(byte[] text, int end) => text[end - 2] == '/';

    /// <summary>The offset after the whole element whose opening tag is at <paramref name="at"/>.</summary>
    internal static int EndOfElement(byte[] text, int at)
    {
        int depth = 0;
        do
        {
            at = NextTag(text, at);
            bool closing = text[at + 1] == '/';
            at = EndOfTag(text, at);
            if (closing)
            {
                depth--;
            }
            else if (!IsEmpty(text, at))
            {
                depth++;
            }
        }
        while (depth > 0);

        return at;
    }
}
