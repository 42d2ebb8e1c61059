// From bytes of checked text to the characters they mean: references resolved, line ends made one LF, and in attributes
// white space made spaces, as XML 1.0 has it (2.11 and 3.3.3).
using System.Text;

namespace Tern.Os;

/// <summary>Where characters stand, since that decides what they mean.</summary>
internal enum XmlPlace
{
    Attribute,
    Text,
    CData,
}

/// <summary>Decodes stretches of checked text.</summary>
internal static class XmlDecoder
{
    /// <summary>Decodes into <paramref name="target"/> from <paramref name="at"/> on, or only measures if there is none.
    /// Returns the offset after it. What is decoded is never longer than what it was written as.</summary>
    internal static int Decode(byte[] text, int start, int end, XmlPlace place, byte[]? target, int at)
    {
        while (start < end)
        {
            int c = text[start];
            if (c == '&' && place != XmlPlace.CData)
            {
                start = XmlReference.Read(text, start, end, out int code);
                at = Utf8.Put(code, target, at);
                continue;
            }

            start++;
            if (c == '\r')
            {
                c = '\n';
                start += start < end && text[start] == '\n' ? 1 : 0;
            }

            if (target != null)
            {
                target[at] = (byte)(place == XmlPlace.Attribute && c is '\n' or '\t' ? ' ' : c);
            }

            at++;
        }

        return at;
    }

    /// <summary>The character data that stands directly in an element, CDATA sections included.</summary>
    internal static string Text(byte[] text, int element)
    {
        int start = XmlScan.EndOfTag(text, element);
        if (XmlScan.IsEmpty(text, start))
        {
            return "";
        }

        int length = Text(text, start, null);
        var buffer = new byte[length];
        Text(text, start, buffer);
        return String(buffer, 0, length);
    }

    /// <summary>A string of well-formed UTF-8.</summary>
    internal static string String(byte[] bytes, int start, int end) =>
        start == end ? "" : Encoding.UTF8.GetString(bytes, start, end - start);

    private static int Text(byte[] text, int at, byte[]? target)
    {
        int length = 0;
        while (true)
        {
            int markup = XmlScan.NextMarkup(text, at);
            length = Decode(text, at, markup, XmlPlace.Text, target, length);
            switch (text[markup + 1])
            {
                case (byte)'/':
                    return length;
                case (byte)'!':
                case (byte)'?':
                    at = XmlScan.EndOfMarkup(text, markup);
                    if (XmlScan.IsCData(text, markup))
                    {
                        length = Decode(text, markup + XmlScan.CDataHead, at - XmlScan.CDataTail, XmlPlace.CData, target, length);
                    }

                    break;
                default:
                    at = XmlScan.EndOfElement(text, markup);
                    break;
            }
        }
    }
}
