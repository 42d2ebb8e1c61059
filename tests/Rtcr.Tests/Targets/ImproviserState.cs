// What the improviser remembers: a view on a record in its own memory.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>The improviser's state: a digest of all that happened, and slots for what it holds.</summary>
internal readonly struct ImproviserState(Memory memory, int at)
{
    /// <summary>Slots for addresses of heap blocks.</summary>
    internal const int Blocks = 0;

    /// <summary>Slots for dataspaces.</summary>
    internal const int Dataspaces = 1;

    /// <summary>Slots for addresses at which dataspaces are attached.</summary>
    internal const int Attached = 2;

    /// <summary>Slots for signal contexts.</summary>
    internal const int Signals = 3;

    /// <summary>Slots for Timer sessions.</summary>
    internal const int Timers = 4;

    /// <summary>Slots for capabilities that came with requests.</summary>
    internal const int Kept = 5;

    /// <summary>Slots for tokens of requests that are answered later.</summary>
    internal const int Tokens = 6;

    /// <summary>Slots for managed dataspaces.</summary>
    internal const int Maps = 7;

    internal const int Size = 48 + (4 * Improviser.Slots * 8);

    internal int Script { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    internal int Length { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    internal int Steps { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    internal int Digest { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    internal int Rm { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    internal int Report { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    internal int Gate { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }

    internal int Timer { get => memory.ReadInt32(at + 28); set => memory.WriteInt32(at + 28, value); }

    internal int Read(int kind, int slot) => memory.ReadInt32(Place(kind, slot));

    internal void Write(int kind, int slot, int value) => memory.WriteInt32(Place(kind, slot), value);

    /// <summary>Takes a value into the digest.</summary>
    internal void Note(int value)
    {
        int digest = memory.ReadInt32(at + 12);
        memory.WriteInt32(at + 12, (digest * 31) + value);
    }

    private int Place(int kind, int slot) => at + 48 + (4 * ((kind * Improviser.Slots) + slot));
}
