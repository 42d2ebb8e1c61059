// References: &amp; &lt; &gt; &quot; &apos; &#65; &#x41;. The checker and the decoder read them with the same code, so what
// one lets through the other understands.
namespace Tern.Os;

/// <summary>Reads one reference.</summary>
internal static class XmlReference
{
    /// <summary>It is no reference, or to a character that XML does not allow.</summary>
    internal const int Bad = -1;

    /// <summary>The text ends within it.</summary>
    internal const int Unfinished = -2;

    /// <summary>Reads the reference whose <c>&amp;</c> is at <paramref name="at"/>. Returns the offset after it and the
    /// character that it stands for, or <see cref="Bad"/> or <see cref="Unfinished"/>.</summary>
    internal static int Read(byte[] text, int at, int end, out int code)
    {
        code = 0;
        int start = at + 1;
        bool numeric = start < end && text[start] == '#';
        int stop = XmlNames.SkipName(text, numeric ? start + 1 : start, end);
        if (stop == end)
        {
            return Unfinished;
        }

        if (text[stop] != ';')
        {
            return Bad;
        }

        code = numeric ? Number(text, start + 1, stop) : Named(text, start, stop);
        return Utf8.IsXml(code) ? stop + 1 : Bad;
    }

    private static int Named(byte[] text, int start, int end)
    {
        if (XmlNames.Equal(text, start, end, "lt"))
        {
            return '<';
        }

        if (XmlNames.Equal(text, start, end, "gt"))
        {
            return '>';
        }

        if (XmlNames.Equal(text, start, end, "amp"))
        {
            return '&';
        }

        if (XmlNames.Equal(text, start, end, "quot"))
        {
            return '"';
        }

        return XmlNames.Equal(text, start, end, "apos") ? '\'' : 0;
    }

    /// <summary>The number, or 0 (which is no XML character) if it is malformed or beyond Unicode.</summary>
    private static int Number(byte[] text, int start, int end)
    {
        int radix = start < end && text[start] == 'x' ? 16 : 10;
        if (radix == 16)
        {
            start++;
        }

        int code = 0;
        for (int i = start; i < end; i++)
        {
            int digit = Numbers.Digit(text[i]);
            if (digit >= radix || code > 0x10FFFF)
            {
                return 0;
            }

            code = (code * radix) + digit;
        }

        return code;
    }
}
