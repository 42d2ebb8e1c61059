// Dataspaces whose bytes a managed dataspace provides, in place of the board's memory.
// Invariant: such a dataspace keeps its owner, its size and what it is charged; only where its bytes are is another matter.
namespace Tern.Kernel;

internal sealed partial class VirtualMemory
{
    /// <summary>Puts a managed dataspace behind a dataspace: its memory returns to the bank, and its bytes are from now on what
    /// that shows. When that ends, the dataspace has no bytes any more, and every access to it faults.</summary>
    /// <param name="id">The dataspace: one of ordinary memory.</param>
    /// <param name="mapId">The managed dataspace.</param>
    /// <param name="offset">Where in it the dataspace begins, page-aligned.</param>
    /// <returns>BadArgument when the part leaves the managed dataspace; BadRegion when that shows anything but ordinary dataspaces,
    /// or the dataspace itself, or when the dataspace is behind another one; WrongObject when the dataspace is not ordinary memory.</returns>
    internal Error Back(int id, int mapId, int offset)
    {
        int dataspace = _objects.Index(id);
        if (Dataspaces.Bank(dataspace) < 0)
        {
            return Error.WrongObject;
        }

        int size = Dataspaces.Size(dataspace);
        if (offset < 0 || (offset & _pageMask) != 0 || offset > SizeOf(mapId) - size)
        {
            return Error.BadArgument;
        }

        if (!MayBack(id, mapId))
        {
            return Error.BadRegion;
        }

        int row = _failpoint.Strikes() ? 0 : Regions.Create();
        if (row == 0)
        {
            return Error.TableFull;
        }

        Flush(id, 0, size);
        FreeMemory(dataspace);
        Dataspaces.Back(dataspace, row);
        Regions.Map[row] = id;
        Regions.Start[row] = 0;
        Regions.Size[row] = size;
        Regions.Target[row] = mapId;
        Regions.Offset[row] = offset;
        Regions.Access[row] = Rights.ReadWrite;
        Regions.NextOfTarget[row] = _firstRegion[mapId];
        _firstRegion[mapId] = row;
        return Error.None;
    }

    /// <summary>What is behind a dataspace.</summary>
    /// <param name="id">The dataspace.</param>
    /// <param name="offset">Where in the managed dataspace it begins.</param>
    /// <returns>The managed dataspace; 0 for none.</returns>
    internal int BackingOf(int id, out int offset)
    {
        int row = _objects.Type(id) == ObjectType.Dataspace ? Dataspaces.Backing(_objects.Index(id)) : 0;
        offset = row == 0 ? 0 : Regions.Offset[row];
        return row == 0 ? 0 : Regions.Target[row];
    }

    /// <summary>Whether a map may stand behind a dataspace: it shows ordinary dataspaces, not this one, and no such map shows this one.</summary>
    private bool MayBack(int id, int mapId)
    {
        RegionMap map = Map(mapId);
        for (int i = 0; i < map.Count; i++)
        {
            int shown = Regions.Target[map.Row(i)];
            if (shown == id || !IsOrdinary(shown))
            {
                return false;
            }
        }

        for (int row = _firstRegion[id]; row != 0; row = Regions.NextOfTarget[row])
        {
            if (IsBehind(Regions.Map[row]))
            {
                return false;
            }
        }

        return true;
    }

    private void FreeMemory(int dataspace)
    {
        if (Dataspaces.Bank(dataspace) >= 0)
        {
            _physical.Free(Dataspaces.Bank(dataspace), Dataspaces.Offset(dataspace), Dataspaces.Size(dataspace));
        }
    }
}
