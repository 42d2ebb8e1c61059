// What a flight recorder remembers: a view on a record in its own memory. A checksum guards what never changes, or a recorder without
// lanes would find nothing wrong; with a wrong number of ticks the ring is not what the recorder expects.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The state of a flight recorder.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct FlightRecorderState(Memory memory, int at)
{
    internal const int Size = 32;

    /// <summary>How many ticks there were.</summary>
    internal long Ticks { get => memory.ReadInt64(at); set => memory.WriteInt64(at, value); }

    /// <summary>Where the ring begins.</summary>
    internal int Ring { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>Lanes of the ring: records that each tick writes.</summary>
    internal int Lanes { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>Records in a lane: the ticks of one round.</summary>
    internal int Slots { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>Other records that each tick verifies.</summary>
    internal int Checks { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }

    /// <summary>What <see cref="SumOf"/> gave when the recorder began.</summary>
    internal int Sum { get => memory.ReadInt32(at + 28); set => memory.WriteInt32(at + 28, value); }

    /// <summary>A checksum of what never changes.</summary>
    internal static int SumOf(int ring, int lanes, int slots, int checks)
        => ~((ring * 31) ^ (lanes * 0x01000193) ^ (slots * 0x5bd1e995) ^ (checks * 0x00010001));
}
