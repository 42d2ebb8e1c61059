// What a wheel-speed component remembers: a view on a record in its own memory.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The state of a wheel-speed component.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct WheelRecord(Memory memory, int at)
{
    internal const int Size = 40;

    /// <summary>Pulses counted so far.</summary>
    internal int Count { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The same, complemented: a record that was torn or mixed from two checkpoints does not agree with itself.</summary>
    internal int Check { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The count when the present period began.</summary>
    internal int CountAtTick { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>The speed in the last period, in millimetres a second.</summary>
    internal int Speed { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>Whether a period has ended since the last report.</summary>
    internal int IsReportDue { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>How long a period is, in milliseconds.</summary>
    internal int PeriodMilliseconds { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    /// <summary>How far the wheel goes from one pulse to the next, in millimetres.</summary>
    internal int Millimetres { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }

    /// <summary>The IRQ session.</summary>
    internal int Irq { get => memory.ReadInt32(at + 28); set => memory.WriteInt32(at + 28, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 32); set => memory.WriteInt32(at + 32, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 36); set => memory.WriteInt32(at + 36, value); }
}
