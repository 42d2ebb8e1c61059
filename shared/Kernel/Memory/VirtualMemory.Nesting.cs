// How region maps may be nested. What is behind a dataspace is not counted, since whoever has the dataspace need not know of it; so
// a map that stands there shows nothing but ordinary dataspaces.
// Invariants: nothing contains itself; no way down from an address space passes more than MaxDepth maps, and one behind a dataspace.
namespace Tern.Kernel;

internal sealed partial class VirtualMemory
{
    /// <summary>Whether a map may show an object: it would not contain itself, and no way down would be too long.</summary>
    private bool MayShow(int mapId, int target)
    {
        if (IsOrdinary(target) || IsBehind(mapId))
        {
            return IsOrdinary(target);
        }

        if (_objects.Type(target) != ObjectType.RegionMap)
        {
            return true;
        }

        _walk++;
        int below = Depth(target);
        bool isCycle = Map(mapId).Walk == _walk;
        _walk++;
        return !isCycle && below + Height(mapId) <= MaxDepth;
    }

    /// <summary>Whether an object is a dataspace with bytes of its own.</summary>
    private bool IsOrdinary(int id) => _objects.Type(id) == ObjectType.Dataspace && !Dataspaces.IsBacked(_objects.Index(id));

    /// <summary>Whether a map stands behind a dataspace.</summary>
    private bool IsBehind(int mapId)
    {
        for (int row = _firstRegion[mapId]; row != 0; row = Regions.NextOfTarget[row])
        {
            if (_objects.Type(Regions.Map[row]) == ObjectType.Dataspace)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many maps lie on the longest way down from a map, itself included. Each map is looked at once a walk.</summary>
    private int Depth(int id)
    {
        RegionMap map = Map(id);
        if (map.Walk == _walk)
        {
            return map.Level;
        }

        int deepest = 0;
        for (int i = 0; i < map.Count; i++)
        {
            int target = Regions.Target[map.Row(i)];
            int depth = _objects.Type(target) == ObjectType.RegionMap ? Depth(target) : 0;
            deepest = depth > deepest ? depth : deepest;
        }

        map.Walk = _walk;
        map.Level = deepest + 1;
        return map.Level;
    }

    /// <summary>How many maps lie on the longest way up to a map that nothing shows, itself included.</summary>
    private int Height(int id)
    {
        RegionMap map = Map(id);
        if (map.Walk == _walk)
        {
            return map.Level;
        }

        int highest = 0;
        for (int row = _firstRegion[id]; row != 0; row = Regions.NextOfTarget[row])
        {
            int height = Height(Regions.Map[row]);
            highest = height > highest ? height : highest;
        }

        map.Walk = _walk;
        map.Level = highest + 1;
        return map.Level;
    }
}
