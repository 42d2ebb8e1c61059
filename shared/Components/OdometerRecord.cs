// What an odometer remembers: a view on a record in its own memory.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The state of an odometer.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct OdometerRecord(Memory memory, int at)
{
    internal const int Size = 20;

    /// <summary>Pulses that it knows of.</summary>
    internal int Total { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>What the counter's register said last.</summary>
    internal int Last { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>Where the counter's registers are attached.</summary>
    internal int Registers { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>How often it has found a counter that it had not marked.</summary>
    internal int Counters { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }
}
