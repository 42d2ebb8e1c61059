// The few fixed places of every component's address space, the same on every board.
namespace Tern.Kernel;

/// <summary>Well-known addresses.</summary>
public static class MemoryLayout
{
    /// <summary>Where a component's initial memory is attached; below it nothing ever is.</summary>
    public const int InitialMemory = 0x10000;
}
