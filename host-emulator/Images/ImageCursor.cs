// Reads values from an image's bytes, trusting nothing.
// Invariants: nothing outside [0, limit) is read; the first value that is not there ends all reading until the next section,
// and is remembered once.
using System.Buffers.Binary;
using System.Text;

namespace Tern.HostEmulator;

internal sealed class ImageCursor(byte[] image)
{
    private int _limit;

    /// <summary>The next byte's offset.</summary>
    internal int At { get; private set; }

    /// <summary>Whether everything so far was there.</summary>
    internal bool IsGood { get; private set; }

    /// <summary>What was wrong since <see cref="Begin"/>: what was missing, and values out of their ranges.</summary>
    internal List<ImageFault> Faults { get; private set; } = [];

    /// <summary>Goes to a part of the image; what is beyond its end does not exist.</summary>
    internal void Begin(int at, int limit)
    {
        Faults = [];
        _limit = Math.Clamp(limit, 0, image.Length);
        At = Math.Clamp(at, 0, _limit);
        IsGood = at >= 0 && at <= _limit;
        if (!IsGood)
        {
            Faults.Add(new ImageFault(At, $"it would begin at {Invariant.Of(at)}, outside of its part of the image, which ends at {Invariant.Of(_limit)}"));
        }
    }

    /// <summary>Remembers what is wrong with a value that can be read nevertheless.</summary>
    internal void Fault(int at, string text) => Faults.Add(new ImageFault(at, text));

    /// <summary>Ends reading here.</summary>
    internal void Stop(int at, string text)
    {
        Faults.Add(new ImageFault(at, text));
        IsGood = false;
    }

    /// <summary>Reads a number of 1, 2, 4 or 8 bytes; <c>false</c> when it is not there.</summary>
    internal bool Number(string name, FieldType type, out long value, out int at)
    {
        at = At;
        value = 0;
        int size = SizeOf(type);
        if (!Take(name, size))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = image.AsSpan(at, size);
        value = type switch
        {
            FieldType.U8 => bytes[0],
            FieldType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            FieldType.Entry => BinaryPrimitives.ReadUInt16LittleEndian(bytes) is var entry && entry == 0xffff ? -1 : entry,
            FieldType.I32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
        return true;
    }

    /// <summary>Reads a text of a known length.</summary>
    internal bool Utf8(string name, int length, out string text)
    {
        int at = At;
        bool isThere = Take(name, length);
        text = isThere ? Encoding.UTF8.GetString(image, at, length) : "";
        return isThere;
    }

    /// <summary>Reads bytes, as hexadecimal digits.</summary>
    internal bool Hex(string name, int length, out string text)
    {
        int at = At;
        bool isThere = Take(name, length);
        text = isThere ? Convert.ToHexStringLower(image, at, length) : "";
        return isThere;
    }

    internal static int SizeOf(FieldType type) => type switch
    {
        FieldType.U8 => 1,
        FieldType.U16 or FieldType.Entry => 2,
        FieldType.I32 => 4,
        _ => 8,
    };

    private bool Take(string name, int size)
    {
        if (!IsGood)
        {
            return false;
        }

        if (size > _limit - At)
        {
            Stop(At, $"{name} needs {Quantity.Count(size, "byte")}, and there {(_limit - At == 1 ? "is" : "are")} {Invariant.Of(_limit - At)} left");
            return false;
        }

        At += size;
        return true;
    }
}
