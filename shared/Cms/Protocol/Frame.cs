// One frame: a header of 28 bytes and a payload of at most 100, in a buffer that is used again and again.
//   0 magic "TCMS"   4 version   5 opcode   6 flags   7 service   8 sequence   12 status   16 payload length
//  20 bulk length   24 CRC-32 of the bytes before and of the payload   28 payload
// Invariants: little-endian throughout; a getter beyond the payload's end answers 0, it never reads what was there before.
using System;
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>A request or an answer of one of the CMS's interfaces.</summary>
public sealed class Frame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderSize = 28;

    /// <summary>The longest payload. It also fits into a message, for the local facade.</summary>
    public const int MaxPayload = 100;

    internal const int Magic = 0x534d4354;
    internal const byte Version = 1;
    internal const byte AnswerFlag = 1;
    internal const int CrcAt = 24;

    internal readonly byte[] Bytes = new byte[HeaderSize + MaxPayload];

    /// <summary>Which interface it is for: a <see cref="ServiceId"/>.</summary>
    public int Service => Bytes[7];

    /// <summary>The operation.</summary>
    public int Opcode => Bytes[5];

    /// <summary>Whether it answers a request.</summary>
    public bool IsAnswer => Bytes[6] == AnswerFlag;

    /// <summary>The request's number among those of its flow; its answer has the same.</summary>
    public int Sequence => Word(8);

    /// <summary>An answer's outcome.</summary>
    public Error Status => (Error)Word(12);

    /// <summary>The payload's bytes.</summary>
    public int Length => Word(16);

    /// <summary>How many raw bytes follow the frame.</summary>
    public int BulkLength => Word(20);

    /// <summary>All its bytes without the bulk.</summary>
    public int Size => HeaderSize + Length;

    /// <summary>Begins a request with an empty payload.</summary>
    public Frame Ask(int service, int opcode, int sequence) => Begin(service, opcode, 0, sequence, Error.None);

    /// <summary>Begins the answer to a request with an empty payload.</summary>
    public Frame Answer(Frame request, Error status)
        => Begin(request.Service, request.Opcode, AnswerFlag, request.Sequence, status);

    /// <summary>Begins an answer whose request is known by its numbers only.</summary>
    public Frame Answer(int service, int opcode, int sequence, Error status)
        => Begin(service, opcode, AnswerFlag, sequence, status);

    /// <summary>Announces bulk.</summary>
    public Frame WithBulk(int length)
    {
        SetWord(20, length);
        return this;
    }

    /// <summary>Appends a number.</summary>
    public Frame Put(int value)
    {
        int at = Room(4);
        SetWord(at, value);
        return this;
    }

    /// <summary>Appends a 64-bit number.</summary>
    public Frame Put64(long value) => Put((int)value).Put((int)(value >> 32));

    /// <summary>A number in the payload.</summary>
    public int Get(int at) => at >= 0 && at <= Length - 4 ? Word(HeaderSize + at) : 0;

    /// <summary>A 64-bit number in the payload.</summary>
    public long Get64(int at) => (uint)Get(at) | ((long)Get(at + 4) << 32);

    /// <summary>Copies the whole frame, checksum included, out.</summary>
    /// <returns>Its bytes.</returns>
    public int CopyTo(byte[] target, int offset)
    {
        Seal();
        Array.Copy(Bytes, 0, target, offset, Size);
        return Size;
    }

    /// <summary>Takes a payload that came in a message of the local facade.</summary>
    /// <returns><c>false</c> when it is longer than a payload may be.</returns>
    internal bool Load(int service, int opcode, bool answer, Error status, Message message)
    {
        Begin(service, opcode, answer ? AnswerFlag : (byte)0, 0, status);
        if (message.Length > MaxPayload)
        {
            return false;
        }

        SetWord(16, message.CopyBytes(Bytes, HeaderSize, MaxPayload));
        return true;
    }

    internal void Seal() => SetWord(CrcAt, Checksum());

    internal int Checksum()
        => Crc32.Compute(Crc32.Compute(0, Bytes, 0, CrcAt), Bytes, HeaderSize, Length);

    internal int Word(int at) => BitConverter.ToInt32(Bytes, at);

    private Frame Begin(int service, int opcode, byte flags, int sequence, Error status)
    {
        SetWord(0, Magic);
        Bytes[4] = Version;
        Bytes[5] = (byte)opcode;
        Bytes[6] = flags;
        Bytes[7] = (byte)service;
        SetWord(8, sequence);
        SetWord(12, (int)status);
        SetWord(16, 0);
        SetWord(20, 0);
        return this;
    }

    private int Room(int length)
    {
        int at = Size;
        SetWord(16, Length + length);
        return at;
    }

    private void SetWord(int at, int value)
    {
        Bytes[at] = (byte)value;
        Bytes[at + 1] = (byte)(value >> 8);
        Bytes[at + 2] = (byte)(value >> 16);
        Bytes[at + 3] = (byte)(value >> 24);
    }
}
