// MAC addresses: 48 bits in a long, the first octet the most significant, so that the decimal numbers of the CMS configurations
// and the usual 52:54:00:12:34:56 name the same thing.
using System.Text;

namespace Tern.Os;

/// <summary>Reads and writes MAC addresses.</summary>
public static class Mac
{
    /// <summary>The greatest address, ff:ff:ff:ff:ff:ff.</summary>
    public const long Max = 0xFFFF_FFFF_FFFF;

    private const int TextLength = 17;

    /// <summary>Six octets of two hexadecimal digits with colons, or one number of 0 to <see cref="Max"/>. On failure 0.</summary>
    public static bool TryParse(string text, out long mac)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Address(bytes, 0, bytes.Length, out mac) == ValueState.Valid;
    }

    /// <summary>The address as <c>52:54:00:12:34:56</c>; bits beyond 48 are left out.</summary>
    public static string Format(long mac)
    {
        var text = new char[TextLength];
        for (int i = TextLength - 1; i >= 0; i--)
        {
            if (i % 3 == 2)
            {
                text[i] = ':';
                continue;
            }

            int digit = (int)(mac & 0xF);
            text[i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            mac >>= 4;
        }

        return new string(text);
    }

    internal static ValueState Address(byte[] text, int start, int end, out long mac)
    {
        mac = 0;
        if (end - start != TextLength || text[start + 2] != ':')
        {
            ValueState state = Numbers.Integer(text, start, end, out long number);
            if (state == ValueState.Valid && number is >= 0 and <= Max)
            {
                mac = number;
                return ValueState.Valid;
            }

            return state == ValueState.Valid ? ValueState.OutOfRange : state;
        }

        long sum = 0;
        for (int i = 0; i < TextLength; i++)
        {
            int c = text[start + i];
            int digit = Numbers.Digit(c);
            if (i % 3 == 2 ? c != ':' : digit == 16)
            {
                return ValueState.Malformed;
            }

            sum = i % 3 == 2 ? sum : (sum << 4) | (long)digit;
        }

        mac = sum;
        return ValueState.Valid;
    }
}
