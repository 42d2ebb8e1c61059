// Numbers as configurations write them, read from bytes. Overflow is checked by hand: on a board `checked` never throws.
using System.Text;

namespace Tern.Os;

/// <summary>Reads integers, byte sizes and truth values. Surrounding white space is not accepted.</summary>
public static class Numbers
{
    /// <summary>A decimal (<c>-12</c>) or hexadecimal (<c>0x1F</c>) integer of 64 bits. On failure the value is 0.</summary>
    public static bool TryParse(string text, out long value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Integer(bytes, 0, bytes.Length, out value) == ValueState.Valid;
    }

    /// <summary>A number of bytes, not negative, with one of the suffixes <c>K</c>, <c>M</c>, <c>G</c> (powers of 1024) or
    /// none. On failure the size is 0.</summary>
    public static bool TryParseSize(string text, out long size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Size(bytes, 0, bytes.Length, out size) == ValueState.Valid;
    }

    internal static ValueState Integer(byte[] text, int start, int end, out long value)
    {
        value = 0;
        bool negative = start < end && text[start] == '-';
        if (negative)
        {
            start++;
        }

        int radix = end - start > 1 && text[start] == '0' && text[start + 1] == 'x' ? 16 : 10;
        if (radix == 16)
        {
            start += 2;
        }

        ValueState state = Magnitude(text, start, end, radix, negative ? 1UL << 63 : long.MaxValue, out ulong magnitude);
        value = negative ? unchecked((long)(0 - magnitude)) : (long)magnitude;
        return state;
    }

    internal static ValueState Size(byte[] text, int start, int end, out long size)
    {
        size = 0;
        int shift = end == start ? 0 : text[end - 1] switch { (byte)'K' => 10, (byte)'M' => 20, (byte)'G' => 30, _ => 0 };
        ValueState state = Integer(text, start, shift == 0 ? end : end - 1, out long number);
        if (state == ValueState.Valid && number >= 0 && number <= long.MaxValue >> shift)
        {
            size = number << shift;
            return ValueState.Valid;
        }

        return state == ValueState.Valid ? ValueState.OutOfRange : state;
    }

    /// <summary>Genode's spellings: true, yes, on, 1; false, no, off, 0.</summary>
    internal static ValueState Truth(byte[] text, int start, int end, out bool value)
    {
        value = XmlNames.Equal(text, start, end, "true") || XmlNames.Equal(text, start, end, "yes")
            || XmlNames.Equal(text, start, end, "on") || XmlNames.Equal(text, start, end, "1");
        return value || XmlNames.Equal(text, start, end, "false") || XmlNames.Equal(text, start, end, "no")
            || XmlNames.Equal(text, start, end, "off") || XmlNames.Equal(text, start, end, "0")
            ? ValueState.Valid
            : ValueState.Malformed;
    }

    /// <summary>What a digit stands for, hexadecimal ones included; 16 for everything else.</summary>
    internal static int Digit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => 16,
    };

    /// <summary>One or more digits and nothing else, up to a limit of 15 or more. On failure the magnitude is 0.</summary>
    internal static ValueState Magnitude(byte[] text, int start, int end, int radix, ulong limit, out ulong magnitude)
    {
        magnitude = 0;
        ulong sum = 0;
        bool beyond = false;
        for (int i = start; i < end; i++)
        {
            int digit = Digit(text[i]);
            if (digit >= radix)
            {
                return ValueState.Malformed;
            }

            beyond = beyond || sum > (limit - (ulong)digit) / (ulong)radix;
            sum = beyond ? 0 : (sum * (ulong)radix) + (ulong)digit;
        }

        if (start >= end)
        {
            return ValueState.Malformed;
        }

        magnitude = sum;
        return beyond ? ValueState.OutOfRange : ValueState.Valid;
    }
}
