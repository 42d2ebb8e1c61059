// What a sheep counter remembers: a view on a record in its own memory.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The state of a sheep counter.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct SheepRecord(Memory memory, int at)
{
    internal const int Size = 28;

    /// <summary>Sheep counted so far.</summary>
    internal int Count { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The same, complemented: a record that was torn or mixed from two checkpoints does not agree with itself.</summary>
    internal int Check { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The sum of all counts so far, which a count that was left out or done twice would spoil.</summary>
    internal long Sum { get => memory.ReadInt64(at + 8); set => memory.WriteInt64(at + 8, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    /// <summary>How long it sleeps between two sheep, in microseconds.</summary>
    internal long PeriodMicroseconds { get => (uint)memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, (int)value); }
}
