// IPv4 addresses and networks: an address is an int in host order, so that 10.0.0.1 is 0x0A000001 on every board.
using System.Text;

namespace Tern.Os;

/// <summary>Reads and writes IPv4 addresses (<c>10.0.0.1</c>) and networks (<c>10.0.0.1/24</c>).</summary>
public static class Ip4
{
    private const int TextLength = 15;    // 255.255.255.255

    /// <summary>Four decimal numbers of 0 to 255 without leading zeros (some read those as octal). On failure 0.</summary>
    public static bool TryParse(string text, out int address)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Address(bytes, 0, bytes.Length, out address) == ValueState.Valid;
    }

    /// <summary>An address, a slash and a prefix of 0 to 32 bits. The address keeps its host part. On failure both are 0.</summary>
    public static bool TryParseNetwork(string text, out int address, out int prefix)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Network(bytes, 0, bytes.Length, out address, out prefix) == ValueState.Valid;
    }

    /// <summary>The netmask of a prefix: 24 gives 255.255.255.0. The prefix is 0 to 32.</summary>
    public static int Mask(int prefix) => prefix == 0 ? 0 : -1 << (32 - prefix);

    /// <summary>The address as <c>10.0.0.1</c>.</summary>
    public static string Format(int address)
    {
        var text = new char[TextLength];
        int length = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            int octet = (address >> shift) & 0xFF;
            for (int unit = octet >= 100 ? 100 : octet >= 10 ? 10 : 1; unit > 0; unit /= 10)
            {
                text[length++] = (char)('0' + (octet / unit % 10));
            }

            if (shift > 0)
            {
                text[length++] = '.';
            }
        }

        return new string(text, 0, length);
    }

    internal static ValueState Address(byte[] text, int start, int end, out int address)
    {
        address = 0;
        int sum = 0;
        ValueState state = ValueState.Valid;
        for (int i = 0; i < 4; i++)
        {
            int stop = i < 3 ? IndexOf(text, start, end, '.') : end;
            ValueState octet = Small(text, start, stop, 255, out int value);
            if (octet == ValueState.Malformed || (i < 3 && stop == end))
            {
                return ValueState.Malformed;
            }

            state = octet == ValueState.OutOfRange ? octet : state;
            sum = (sum << 8) | value;
            start = stop + 1;
        }

        address = state == ValueState.Valid ? sum : 0;
        return state;
    }

    internal static ValueState Network(byte[] text, int start, int end, out int address, out int prefix)
    {
        prefix = 0;
        int slash = IndexOf(text, start, end, '/');
        ValueState state = Address(text, start, slash, out address);
        ValueState bits = Small(text, slash + 1, end, 32, out prefix);
        if (state == ValueState.Valid && bits == ValueState.Valid)
        {
            return ValueState.Valid;
        }

        address = 0;
        prefix = 0;
        return state == ValueState.Malformed || bits == ValueState.Malformed ? ValueState.Malformed : ValueState.OutOfRange;
    }

    /// <summary>A decimal number without leading zeros, up to a limit.</summary>
    private static ValueState Small(byte[] text, int start, int end, int limit, out int value)
    {
        ValueState state = Numbers.Magnitude(text, start, end, 10, (ulong)limit, out ulong magnitude);
        value = (int)magnitude;
        return end - start > 1 && text[start] == '0' ? ValueState.Malformed : state;
    }

    private static int IndexOf(byte[] text, int start, int end, int c)
    {
        while (start < end && text[start] != c)
        {
            start++;
        }

        return start;
    }
}
