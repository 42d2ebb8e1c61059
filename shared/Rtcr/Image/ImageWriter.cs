// Writes an image's metadata one value after the other, within the room there is.
// Invariant: nothing is written beyond the limit; running into it is remembered, not thrown.
using System.Text;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>A cursor that writes little-endian values into memory.</summary>
internal sealed class ImageWriter
{
    private const int LongestText = ImageFormat.MaxName;
    private const int BytesOfCharacter = 3;

    private readonly Memory _memory;
    private readonly byte[] _text = new byte[LongestText * BytesOfCharacter];
    private int _start;
    private int _at;
    private int _limit;

    internal ImageWriter(Memory memory)
    {
        _memory = memory;
    }

    /// <summary>Whether something did not fit.</summary>
    internal bool Overflow { get; private set; }

    /// <summary>Bytes from the image's beginning.</summary>
    internal int Position => _at - _start;

    /// <summary>Begins an image.</summary>
    internal void Begin(int address, int capacity)
    {
        _start = _at = address;
        _limit = address + capacity;
        Overflow = capacity < ImageFormat.HeaderSize;
        if (!Overflow)
        {
            _memory.Clear(address, ImageFormat.HeaderSize);
            _at += ImageFormat.HeaderSize;
        }
    }

    /// <summary>Sets a word of the header.</summary>
    internal void SetHeader(int at, int value)
    {
        if (_limit - _start >= ImageFormat.HeaderSize)
        {
            _memory.WriteInt32(_start + at, value);
        }
    }

    /// <summary>Notes where a section begins and how many records it will have.</summary>
    internal void BeginSection(Section section, int count)
    {
        int at = ImageFormat.SectionsAt + (8 * (int)section);
        SetHeader(at, Position);
        SetHeader(at + 4, count);
    }

    /// <summary>Corrects a section's number of records.</summary>
    internal void SetCount(Section section, int count) => SetHeader(ImageFormat.SectionsAt + (8 * (int)section) + 4, count);

    internal void Byte(int value)
    {
        if (Reserve(1))
        {
            _memory.WriteByte(_at++, (byte)value);
        }
    }

    internal void UInt16(int value)
    {
        if (Reserve(2))
        {
            _memory.WriteUInt16(_at, value);
            _at += 2;
        }
    }

    internal void Int32(int value)
    {
        if (Reserve(4))
        {
            _memory.WriteInt32(_at, value);
            _at += 4;
        }
    }

    internal void Int64(long value)
    {
        Int32((int)value);
        Int32((int)(value >> 32));
    }

    internal void Bytes(byte[] source, int length)
    {
        if (Reserve(length))
        {
            _memory.Write(_at, source, 0, length);
            _at += length;
        }
    }

    /// <summary>Writes a text with its length before it.</summary>
    internal void Text(string text)
    {
        int characters = text.Length < LongestText ? text.Length : LongestText;
        int length = characters == 0 ? 0 : Encoding.UTF8.GetBytes(text, 0, characters, _text, 0);
        length = length < ImageFormat.MaxName ? length : ImageFormat.MaxName;
        Byte(length);
        Bytes(_text, length);
    }

    internal void Call(CallRecord call)
    {
        UInt16(call.Session);
        Int32(call.Opcode);
        Byte(call.WordCount);
        Byte(call.ObjectCount);
        Byte(call.Length);
        for (int i = 0; i < call.WordCount; i++)
        {
            Int32(call.Words[i]);
        }

        for (int i = 0; i < call.ObjectCount; i++)
        {
            UInt16(call.Objects[i]);
        }

        Bytes(call.Bytes, call.Length);
    }

    /// <summary>Goes to the next multiple of a power of two, writing zeros.</summary>
    internal void Align(int size)
    {
        int rest = -Position & (size - 1);
        if (Reserve(rest))
        {
            _memory.Clear(_at, rest);
            _at += rest;
        }
    }

    /// <summary>Leaves room that somebody else fills.</summary>
    internal void Skip(int length)
    {
        if (Reserve(length))
        {
            _at += length;
        }
    }

    private bool Reserve(int length)
    {
        Overflow |= length < 0 || length > _limit - _at;
        return !Overflow;
    }
}
