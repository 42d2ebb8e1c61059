// The outcome of resolving an address through nested region maps; one reused instance, so a page fault allocates nothing.
namespace Tern.Kernel;

/// <summary>Where the bytes behind an address are, or who might provide them.</summary>
internal sealed class Resolution
{
    /// <summary>The array that holds the bytes, and the index of the first.</summary>
    internal byte[] Memory = null!;
    internal int Offset;

    /// <summary>Whether it is a device's registers that are wanted, if that is what is there: then their window and offset.</summary>
    internal bool TakesDevices;
    internal int Device;

    /// <summary>What all regions on the way permit.</summary>
    internal Rights Rights;

    /// <summary>How many bytes from here on are contiguous and equally accessible.</summary>
    internal int Extent;

    /// <summary>The innermost map on the way that has a fault handler (0 for none), and the address in it.</summary>
    internal int HandlerMap;
    internal int HandlerAddress;

    internal void Begin()
    {
        Rights = Rights.ReadWrite;
        Extent = int.MaxValue;
        HandlerMap = 0;
        Device = 0;
    }

    internal void Visit(int mapId, RegionMap map, int address)
    {
        if (map.FaultHandler != 0)
        {
            HandlerMap = mapId;
            HandlerAddress = address;
        }
    }

    internal void Narrow(Rights rights, int extent)
    {
        Rights &= rights;
        Extent = extent < Extent ? extent : Extent;
    }
}
