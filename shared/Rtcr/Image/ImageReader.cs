// Reads an image's metadata, trusting nothing: every value is checked against the section's end before it is read.
// Invariant: reading beyond the end gives zeros and is remembered; nothing is thrown.
using System.Text;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>A cursor that reads little-endian values from memory.</summary>
internal sealed class ImageReader
{
    private readonly Memory _memory;
    private int _start;
    private int _at;
    private int _limit;

    internal ImageReader(Memory memory)
    {
        _memory = memory;
    }

    /// <summary>Whether something was missing or out of its range.</summary>
    internal bool IsBad { get; private set; }

    /// <summary>BadData when something was missing or out of its range.</summary>
    internal Error Verdict => IsBad ? Error.BadData : Error.None;

    /// <summary>How many records the current section has.</summary>
    internal int Count { get; private set; }

    /// <summary>Begins an image whose outer bounds have been checked.</summary>
    internal void Begin(int address, int size)
    {
        _start = _at = address;
        _limit = address + size;
        IsBad = size < ImageFormat.HeaderSize;
    }

    internal int Header(int at) => IsBad ? 0 : _memory.ReadInt32(_start + at);

    /// <summary>Goes to a section. Its records lie before the memory contents.</summary>
    internal void BeginSection(Section section, int mostRecords)
    {
        int at = ImageFormat.SectionsAt + (8 * (int)section);
        int offset = Header(at);
        int end = Header(ImageFormat.MemoryAt);
        Count = Header(at + 4);
        Check(offset >= ImageFormat.HeaderSize && offset <= end && (uint)Count <= (uint)mostRecords);
        if (!IsBad)
        {
            _at = _start + offset;
            _limit = _start + end;
        }
        else
        {
            Count = 0;
        }
    }

    /// <summary>Remembers that something is wrong.</summary>
    internal void Check(bool condition) => IsBad |= !condition;

    internal int Byte() => Available(1) ? _memory.ReadByte(_at++) : 0;

    /// <summary>A 16-bit number.</summary>
    internal int UInt16() => Byte() | (Byte() << 8);

    /// <summary>A 16-bit number in which 0xffff stands for −1.</summary>
    internal int Entry()
    {
        int value = UInt16();
        return value == 0xffff ? -1 : value;
    }

    internal int Int32()
    {
        if (!Available(4))
        {
            return 0;
        }

        int value = _memory.ReadInt32(_at);
        _at += 4;
        return value;
    }

    internal long Int64() => (uint)Int32() | ((long)Int32() << 32);

    internal string Text()
    {
        int length = Byte();
        Check(length <= ImageFormat.MaxName);
        if (length == 0 || !Available(length))
        {
            return "";
        }

        var bytes = new byte[length];
        _memory.Read(_at, bytes, 0, length);
        _at += length;
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    internal void Call(CallRecord call)
    {
        call.Session = Entry();
        call.Opcode = Int32();
        call.WordCount = Byte();
        call.ObjectCount = Byte();
        int length = Byte();
        Check(call.WordCount <= Message.MaxWords && call.ObjectCount <= Message.MaxCapabilities && length <= Message.MaxBytes);
        if (IsBad)
        {
            call.WordCount = call.ObjectCount = 0;
            return;
        }

        for (int i = 0; i < call.WordCount; i++)
        {
            call.Words[i] = Int32();
        }

        for (int i = 0; i < call.ObjectCount; i++)
        {
            call.Objects[i] = Entry();
        }

        call.SetLength(length);
        if (Available(length))
        {
            _memory.Read(_at, call.Bytes, 0, length);
            _at += length;
        }
    }

    private bool Available(int length)
    {
        Check(length >= 0 && length <= _limit - _at);
        return !IsBad;
    }
}
