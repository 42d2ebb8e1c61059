// What the runtime keeps of a component, in the component's own memory: the heap, the capability map, announced services
// and the sessions of their clients. A checkpoint of the memory is a checkpoint of all that.
// Invariant: the block begins at a fixed address and is laid out the same on every board.
namespace Tern.Kernel;

/// <summary>A view on the block at the beginning of a component's initial memory.</summary>
internal readonly struct RuntimeBlock(Memory memory)
{
    internal const int Address = AddressSpace.Base;
    internal const int Size = 64;

    /// <summary>Where in the block the capability map's address and size stand.</summary>
    internal const int CapabilityMapAt = 8;
    internal const int CapabilityMapSizeAt = 12;

    private const int Magic = 0x4e524554;

    internal bool IsFormatted => memory.ReadInt32(Address) == Magic;

    /// <summary>The first free block of the heap; 0 for none.</summary>
    internal int FirstFree { get => memory.ReadInt32(Address + 4); set => memory.WriteInt32(Address + 4, value); }

    /// <summary>The capability map: one word a selector, its badge.</summary>
    internal int CapabilityMap
    {
        get => memory.ReadInt32(Address + CapabilityMapAt);
        set => memory.WriteInt32(Address + CapabilityMapAt, value);
    }

    /// <summary>How many selectors the capability map has room for.</summary>
    internal int CapabilityMapSize
    {
        get => memory.ReadInt32(Address + CapabilityMapSizeAt);
        set => memory.WriteInt32(Address + CapabilityMapSizeAt, value);
    }

    /// <summary>The record of the first announced service; 0 for none.</summary>
    internal int FirstService { get => memory.ReadInt32(Address + 16); set => memory.WriteInt32(Address + 16, value); }

    /// <summary>The first and last record of the clients' sessions; 0 for none.</summary>
    internal int FirstSession { get => memory.ReadInt32(Address + 20); set => memory.WriteInt32(Address + 20, value); }

    internal int LastSession { get => memory.ReadInt32(Address + 24); set => memory.WriteInt32(Address + 24, value); }

    /// <summary>A word that belongs to the program (see <see cref="Env.Root"/>).</summary>
    internal int Root { get => memory.ReadInt32(Address + 28); set => memory.WriteInt32(Address + 28, value); }

    internal void Format()
    {
        memory.Clear(Address, Size);
        memory.WriteInt32(Address, Magic);
    }
}
