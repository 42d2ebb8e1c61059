// What a probe remembers: a view on a record in its own memory.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>The state of a probe: words for the probe itself, and words for whatever its class needs.</summary>
public readonly struct Notes(Memory memory, int at)
{
    public const int Own = 48;
    public const int Size = 32 + (4 * Own);

    /// <summary>The Timer session of the checks.</summary>
    public int Timer { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    public int Report { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>Checks so far.</summary>
    public int Checks { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>The budgets as they were at the end of the last handler: RAM, RAM used, capabilities, capabilities used.</summary>
    public int Ram { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    public int RamUsed { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    public int Caps { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    public int CapsUsed { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }

    public int Read(int index) => memory.ReadInt32(at + 32 + (4 * index));

    public void Write(int index, int value) => memory.WriteInt32(at + 32 + (4 * index), value);
}
