// How region maps may be nested. A dataspace that a managed dataspace backs leads on like a map, but is none itself.
// Invariants: nothing contains itself; no way down from an address space passes more than MaxDepth maps.
namespace Tern.Kernel;

internal sealed partial class VirtualMemory
{
    /// <summary>Whether a map may show an object: it would not contain itself, and no way down would be too long.</summary>
    private bool MayShow(int mapId, int target)
    {
        if (_objects.Type(target) != ObjectType.RegionMap && Dataspaces.Backing(_objects.Index(target)) == 0)
        {
            return true;
        }

        _walk++;
        int below = Depth(target);
        bool isCycle = Map(mapId).Walk == _walk;
        _walk++;
        return !isCycle && below + Height(mapId) <= MaxDepth;
    }

    /// <summary>How many maps lie on the longest way down from a map, itself included. Each map is looked at once a walk.</summary>
    private int Depth(int id)
    {
        if (_objects.Type(id) != ObjectType.RegionMap)
        {
            int backing = Dataspaces.Backing(_objects.Index(id));
            return backing == 0 ? 0 : Depth(Regions.Target[backing]);
        }

        RegionMap map = Map(id);
        if (map.Walk == _walk)
        {
            return map.Level;
        }

        int deepest = 0;
        for (int i = 0; i < map.Count; i++)
        {
            int depth = Depth(Regions.Target[map.Row(i)]);
            deepest = depth > deepest ? depth : deepest;
        }

        map.Walk = _walk;
        map.Level = deepest + 1;
        return map.Level;
    }

    /// <summary>How many maps lie on the longest way up to a map that nothing shows, itself included.</summary>
    private int Height(int id)
    {
        RegionMap? map = _objects.Type(id) == ObjectType.RegionMap ? Map(id) : null;
        if (map != null && map.Walk == _walk)
        {
            return map.Level;
        }

        int highest = 0;
        for (int row = _firstRegion[id]; row != 0; row = Regions.NextOfTarget[row])
        {
            int height = Height(Regions.Map[row]);
            highest = height > highest ? height : highest;
        }

        if (map == null)
        {
            return highest;
        }

        map.Walk = _walk;
        map.Level = highest + 1;
        return map.Level;
    }
}
