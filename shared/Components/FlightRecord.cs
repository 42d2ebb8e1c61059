// One record of a flight recorder's ring: a view on sixteen bytes. What it must hold follows from its number alone.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>A record: number, value, mark and checksum, 32 bits each. An empty one is zero, which no written one is.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct FlightRecord(Memory memory, int at)
{
    internal const int Size = 16;

    // Whoever finds a ring in a dump knows it by this.
    private const int Mark = 0x4b434c46;

    /// <summary>Whether nothing was written here yet.</summary>
    internal bool IsEmpty => memory.ReadInt64(at) == 0 && memory.ReadInt64(at + 8) == 0;

    /// <summary>Whether this is the record of that number, to the bit.</summary>
    internal bool Is(int number) => memory.ReadInt64(at) == Front(number) && memory.ReadInt64(at + 8) == Back(number);

    /// <summary>Writes the record of a number.</summary>
    internal void Write(int number)
    {
        memory.WriteInt64(at, Front(number));
        memory.WriteInt64(at + 8, Back(number));
    }

    private static long Front(int number) => (uint)number | ((long)Value(number) << 32);

    private static long Back(int number) => (uint)Mark | ((long)Checksum(number) << 32);

    private static int Value(int number) => (number * 0x5bd1e995) ^ (number >> 7);

    private static int Checksum(int number) => ~((number * 31) ^ (Value(number) * 0x01000193) ^ Mark);
}
