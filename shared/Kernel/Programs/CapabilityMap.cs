// The capability map: the user-level mirror of the capability space, selector → badge, in the component's memory.
// RTCR reads it there in a checkpoint and re-badges it on restore.
namespace Tern.Kernel;

/// <summary>A view on a capability map in somebody's memory.</summary>
public readonly struct CapabilityMap
{
    private readonly Memory _memory;
    private readonly int _address;

    /// <summary>A view on the map of the component whose initial memory is attached at an address.</summary>
    /// <param name="memory">The address space of whoever looks.</param>
    /// <param name="initialMemory">Where that address space shows the component's initial memory.</param>
    public CapabilityMap(Memory memory, int initialMemory)
    {
        _memory = memory;
        _address = initialMemory + (memory.ReadInt32(initialMemory + 8) - RuntimeBlock.Address);
        Size = memory.ReadInt32(initialMemory + 12);
    }

    /// <summary>How many selectors the map has room for.</summary>
    public int Size { get; }

    /// <summary>The address of a selector's word as the looker sees it.</summary>
    public int AddressOf(int selector) => _address + (4 * selector);

    /// <summary>A selector's badge; 0 when it is not in use.</summary>
    public int Read(int selector) => _memory.ReadInt32(AddressOf(selector));

    /// <summary>Sets a selector's badge.</summary>
    public void Write(int selector, int badge) => _memory.WriteInt32(AddressOf(selector), badge);
}
