// UTF-8 by hand. Configurations are read as bytes, not as strings: on nanoFramework a string is UTF-8 inside, and both its
// length and its indexer walk over all of it, so that a loop over a string of n characters costs n * n.
namespace Tern.Os;

/// <summary>Checks and writes single characters of UTF-8.</summary>
internal static class Utf8
{
    /// <summary>3 if a byte order mark stands at the beginning, else 0.</summary>
    internal static int MarkLength(byte[] text) =>
        text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;

    /// <summary>Whether the byte is the second, third or fourth of a character.</summary>
    internal static bool Continues(byte b) => (b & 0xC0) == 0x80;

    /// <summary>Whether XML allows the character: no surrogate, no noncharacter, no control character but tab, LF and CR.</summary>
    internal static bool IsXml(int code) => code < 0x20
        ? code is '\t' or '\n' or '\r'
        : code is < 0xD800 or (> 0xDFFF and < 0xFFFE) or (> 0xFFFF and <= 0x10FFFF);

    /// <summary>The bytes of the character at <paramref name="at"/>, which must lie before <paramref name="end"/>; 0 if it
    /// is cut off, not in its shortest form, or not a character that XML allows.</summary>
    internal static int Length(byte[] text, int at, int end)
    {
        int lead = text[at];
        if (lead < 0x80)
        {
            return IsXml(lead) ? 1 : 0;
        }

        int length = lead switch { < 0xC2 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF5 => 4, _ => 0 };
        if (length == 0 || end - at < length)
        {
            return 0;
        }

        int code = lead & (0x7F >> length);
        for (int i = 1; i < length; i++)
        {
            if (!Continues(text[at + i]))
            {
                return 0;
            }

            code = (code << 6) | (text[at + i] & 0x3F);
        }

        int shortest = length switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 };
        return code >= shortest && IsXml(code) ? length : 0;
    }

    /// <summary>Writes a character at <paramref name="at"/>, or only measures it if there is no target. Returns the offset
    /// after it.</summary>
    internal static int Put(int code, byte[]? target, int at)
    {
        int length = code switch { < 0x80 => 1, < 0x800 => 2, < 0x10000 => 3, _ => 4 };
        if (target != null)
        {
            for (int i = length - 1; i > 0; i--)
            {
                target[at + i] = (byte)(0x80 | (code & 0x3F));
                code >>= 6;
            }

            target[at] = (byte)(length == 1 ? code : (0xF00 >> length) | code);
        }

        return at + length;
    }
}
