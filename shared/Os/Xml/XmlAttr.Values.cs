// What an attribute says, as a number, a truth value, a size or an address. A reader writes its variable only if all is well.
namespace Tern.Os;

public readonly partial struct XmlAttr
{
    /// <summary>A decimal or hexadecimal (<c>0x…</c>) integer of 32 bits.</summary>
    public ValueState Read(ref int value) => Read(int.MinValue, int.MaxValue, ref value);

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>: a port is <c>Read(1, 65535, ref port)</c>.</summary>
    public ValueState Read(int min, int max, ref int value)
    {
        long wide = value;
        ValueState state = Read(min, max, ref wide);
        value = (int)wide;
        return state;
    }

    /// <summary>A decimal or hexadecimal (<c>0x…</c>) integer of 64 bits.</summary>
    public ValueState Read(ref long value) => Read(long.MinValue, long.MaxValue, ref value);

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public ValueState Read(long min, long max, ref long value)
    {
        if (_text == null)
        {
            return ValueState.Absent;
        }

        byte[] bytes = Decoded(_text, out int start, out int end);
        ValueState state = Numbers.Integer(bytes, start, end, out long number);
        return Keep(state, number, min, max, ref value);
    }

    /// <summary>A truth value: true, yes, on, 1; false, no, off, 0.</summary>
    public ValueState Read(ref bool value)
    {
        if (_text == null)
        {
            return ValueState.Absent;
        }

        byte[] bytes = Decoded(_text, out int start, out int end);
        ValueState state = Numbers.Truth(bytes, start, end, out bool truth);
        value = state == ValueState.Valid ? truth : value;
        return state;
    }

    /// <summary>A number of bytes with a suffix <c>K</c>, <c>M</c>, <c>G</c> or none: <c>10M</c> is 10485760.</summary>
    public ValueState ReadSize(ref long bytes) => ReadSize(0, long.MaxValue, ref bytes);

    /// <summary>A number of bytes from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public ValueState ReadSize(long min, long max, ref long bytes)
    {
        if (_text == null)
        {
            return ValueState.Absent;
        }

        byte[] text = Decoded(_text, out int start, out int end);
        ValueState state = Numbers.Size(text, start, end, out long size);
        return Keep(state, size, min, max, ref bytes);
    }

    /// <summary>An IPv4 address, in host order.</summary>
    public ValueState ReadIp4(ref int address)
    {
        if (_text == null)
        {
            return ValueState.Absent;
        }

        byte[] bytes = Decoded(_text, out int start, out int end);
        ValueState state = Ip4.Address(bytes, start, end, out int read);
        address = state == ValueState.Valid ? read : address;
        return state;
    }

    /// <summary>An IPv4 address with the prefix of its network, as <c>10.0.0.1/24</c>. The address keeps its host part.</summary>
    public ValueState ReadIp4Network(ref int address, ref int prefix)
    {
        if (_text == null)
        {
            return ValueState.Absent;
        }

        byte[] bytes = Decoded(_text, out int start, out int end);
        ValueState state = Ip4.Network(bytes, start, end, out int readAddress, out int readPrefix);
        if (state == ValueState.Valid)
        {
            address = readAddress;
            prefix = readPrefix;
        }

        return state;
    }

    /// <summary>A MAC address, as <c>52:54:00:12:34:56</c> or as one number.</summary>
    public ValueState ReadMac(ref long mac)
    {
        if (_text == null)
        {
            return ValueState.Absent;
        }

        byte[] bytes = Decoded(_text, out int start, out int end);
        ValueState state = Mac.Address(bytes, start, end, out long number);
        return Keep(state, number, 0, Mac.Max, ref mac);
    }

    private static ValueState Keep(ValueState state, long number, long min, long max, ref long value)
    {
        if (state != ValueState.Valid)
        {
            return state;
        }

        if (number < min || number > max)
        {
            return ValueState.OutOfRange;
        }

        value = number;
        return ValueState.Valid;
    }

    /// <summary>The bytes of the value: where they stand, or a copy if what is written is not what is meant.</summary>
    private byte[] Decoded(byte[] text, out int start, out int end)
    {
        Range(text, out start, out end);
        for (int i = start; i < end; i++)
        {
            if (text[i] is (byte)'&' or (< (byte)' '))
            {
                var copy = new byte[end - start];
                end = XmlDecoder.Decode(text, start, end, XmlPlace.Attribute, copy, 0);
                start = 0;
                return copy;
            }
        }

        return text;
    }
}
