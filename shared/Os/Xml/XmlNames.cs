// Names and white space. Names are ASCII: whoever matches them is a program, and a look-alike letter is a mistake.
namespace Tern.Os;

/// <summary>Goes over names and white space, and compares names without making strings of them.</summary>
internal static class XmlNames
{
    internal static bool IsSpace(int c) => c is ' ' or '\n' or '\t' or '\r';

    internal static bool IsStart(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or ':';

    internal static bool IsPart(int c) => IsStart(c) || c is (>= '0' and <= '9') or '-' or '.';

    /// <summary>The offset of the first byte that is no white space, at most <paramref name="end"/>.</summary>
    internal static int SkipSpace(byte[] text, int at, int end)
    {
        while (at < end && IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The offset of the first byte that no name has, at most <paramref name="end"/>.</summary>
    internal static int SkipName(byte[] text, int at, int end)
    {
        while (at < end && IsPart(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether the bytes from <paramref name="start"/> to <paramref name="end"/> spell an ASCII word.</summary>
    internal static bool Equal(byte[] text, int start, int end, string word)
    {
        int length = word.Length;
        if (end - start != length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (text[start + i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two stretches of one text have the same bytes.</summary>
    internal static bool Equal(byte[] text, int start, int end, int otherStart, int otherEnd)
    {
        if (end - start != otherEnd - otherStart)
        {
            return false;
        }

        while (start < end && text[start] == text[otherStart])
        {
            start++;
            otherStart++;
        }

        return start == end;
    }
}
