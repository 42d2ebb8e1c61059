// The capability map: the user-level mirror of the capability space, selector → badge, in the component's memory.
// RTCR reads it there in a checkpoint and re-badges it on restore.
namespace Tern.Kernel;

/// <summary>A view on a capability map in somebody's memory: one word a selector.</summary>
/// <param name="memory">The address space of whoever looks.</param>
/// <param name="address">Where that address space shows the map.</param>
public readonly struct CapabilityMap(Memory memory, int address)
{
    /// <summary>Where in a component's initial memory the map's address stands.</summary>
    public const int AddressAt = RuntimeBlock.CapabilityMapAt;

    /// <summary>Where in a component's initial memory stands how many selectors the map has room for.</summary>
    public const int SizeAt = RuntimeBlock.CapabilityMapSizeAt;

    /// <summary>A selector's badge; 0 when it is not in use.</summary>
    public int Read(int selector) => memory.ReadInt32(address + (4 * selector));

    /// <summary>Sets a selector's badge.</summary>
    public void Write(int selector, int badge) => memory.WriteInt32(address + (4 * selector), badge);

    /// <summary>Finds a component's map from its initial memory.</summary>
    /// <param name="memory">The address space of whoever looks.</param>
    /// <param name="initialMemory">Where that address space shows the component's initial memory.</param>
    /// <param name="size">How many selectors the map has room for; 0 when the component has not started yet.</param>
    /// <returns>The map's address in the component's own address space.</returns>
    public static int Locate(Memory memory, int initialMemory, out int size)
    {
        size = memory.ReadInt32(initialMemory + SizeAt);
        return memory.ReadInt32(initialMemory + AddressAt);
    }
}
