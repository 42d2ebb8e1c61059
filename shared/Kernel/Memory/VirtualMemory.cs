// Dataspaces, region maps and what they mean for the page tables.
// Invariants: a region never leaves its map nor its target; no region map contains itself; after every change of a map
// no page table holds an entry that the map no longer justifies.
namespace Tern.Kernel;

/// <summary>Makes, attaches, resolves and ends memory objects.</summary>
internal sealed partial class VirtualMemory
{
    /// <summary>How deep region maps may be nested.</summary>
    internal const int MaxDepth = 4;

    private readonly ObjectTable _objects;
    private readonly PhysicalMemory _physical;
    private readonly int _pageMask;
    private readonly RegionMap?[] _maps;
    private readonly int[] _firstRegion;
    private readonly Failpoint _failpoint;
    private int _walk;

    // No row before this one is free; row 0 is never used.
    private int _lowestFreeMap = 1;

    internal VirtualMemory(BoardProfile profile, ObjectTable objects, Failpoint failpoint)
    {
        _failpoint = failpoint;
        _objects = objects;
        _pageMask = profile.PageSize - 1;
        _physical = new PhysicalMemory(profile.BankSizes, profile.MaxDataspaces + 1);
        Dataspaces = new DataspaceTable(profile.MaxDataspaces);
        Regions = new RegionTable(profile.MaxRegions);
        _maps = new RegionMap?[profile.MaxRegionMaps + 1];
        _firstRegion = new int[profile.MaxObjects + 1];
    }

    internal DataspaceTable Dataspaces { get; }

    internal RegionTable Regions { get; }

    internal PhysicalMemory Physical => _physical;

    internal RegionMap Map(int id) => _maps[_objects.Index(id)]!;

    /// <summary>Whether the search for a free region map passes over none. For the audit.</summary>
    internal bool FindsEveryFreeMap()
    {
        for (int row = 1; row < _lowestFreeMap; row++)
        {
            if (_maps[row] == null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first region that shows an object; the others follow by <see cref="RegionTable.NextOfTarget"/>.</summary>
    internal int FirstRegion(int id) => _firstRegion[id];

    /// <summary>A size rounded up to whole pages; −1 when it is not a size.</summary>
    internal int RoundUp(int size)
        => size > 0 && size <= int.MaxValue - _pageMask ? (size + _pageMask) & ~_pageMask : -1;

    /// <summary>Makes a zeroed dataspace. Quota is the caller's duty.</summary>
    /// <returns>The identity, or 0 with the reason.</returns>
    internal int CreateDataspace(Task owner, int size, bool writable, out Error error)
    {
        error = Error.TableFull;
        if (Dataspaces.IsFull)
        {
            return 0;
        }

        int offset = 0;
        int bank = _failpoint.Strikes() ? -1 : _physical.Allocate(size, out offset);
        if (bank < 0)
        {
            error = Error.OutOfRam;
            return 0;
        }

        int row = Dataspaces.Create(_physical.Bank(bank), bank, offset, size, writable);
        int id = _objects.Create(ObjectType.Dataspace, row, owner.Index);
        if (id == 0)
        {
            Dataspaces.Destroy(row);
            _physical.Free(bank, offset, size);
            return 0;
        }

        error = Error.None;
        return id;
    }

    /// <summary>Makes a read-only dataspace of a boot module, whose array is a multiple of the page size.</summary>
    internal int CreateModule(Task owner, byte[] module)
    {
        int row = Dataspaces.Create(module, -1, 0, module.Length, false);
        int id = row == 0 ? 0 : _objects.Create(ObjectType.Dataspace, row, owner.Index);
        if (id == 0 && row != 0)
        {
            Dataspaces.Destroy(row);
        }

        return id;
    }

    /// <summary>Makes a dataspace of a device's registers; 0 when a table is full.</summary>
    internal int CreateDevice(Task owner, int window, int offset, int registers)
    {
        int row = Dataspaces.IsFull ? 0 : Dataspaces.CreateDevice(window, offset, registers, RoundUp(registers));
        int id = row == 0 ? 0 : _objects.Create(ObjectType.Dataspace, row, owner.Index);
        if (id == 0 && row != 0)
        {
            Dataspaces.Destroy(row);
        }

        return id;
    }

    /// <summary>Makes a region map: an address space for a task, or a managed dataspace.</summary>
    internal int CreateMap(Task owner, int start, int size, Task? space)
    {
        while (_lowestFreeMap < _maps.Length && _maps[_lowestFreeMap] != null)
        {
            _lowestFreeMap++;
        }

        if (_lowestFreeMap == _maps.Length)
        {
            return 0;
        }

        int id = _objects.Create(ObjectType.RegionMap, _lowestFreeMap, owner.Index);
        if (id != 0)
        {
            _maps[_lowestFreeMap] = new RegionMap(Regions, start, size, space);
        }

        return id;
    }

    /// <summary>Ends a dataspace's or region map's memory side: it disappears from wherever it is attached.</summary>
    internal void Release(int id)
    {
        while (_firstRegion[id] != 0)
        {
            RemoveRegion(_firstRegion[id]);
        }

        if (_objects.Type(id) == ObjectType.RegionMap)
        {
            RegionMap map = Map(id);
            while (map.Count > 0)
            {
                RemoveRegion(map.Row(map.Count - 1));
            }

            int row = _objects.Index(id);
            _maps[row] = null;
            _lowestFreeMap = row < _lowestFreeMap ? row : _lowestFreeMap;
        }
        else
        {
            int row = _objects.Index(id);
            FreeMemory(row);
            if (Dataspaces.Backing(row) != 0)
            {
                RemoveRegion(Dataspaces.Backing(row));
            }

            Dataspaces.Destroy(row);
        }
    }

    /// <summary>The bytes that an object offers to whoever attaches it.</summary>
    internal int SizeOf(int id)
        => _objects.Type(id) == ObjectType.Dataspace ? Dataspaces.Size(_objects.Index(id)) : Map(id).Size;

    /// <summary>Shows a part of a dataspace or region map in a region map.</summary>
    /// <param name="mapId">The map that is changed.</param>
    /// <param name="target">What appears in it.</param>
    /// <param name="offset">The first byte of the target, page-aligned.</param>
    /// <param name="size">Bytes; 0 for the target's rest.</param>
    /// <param name="at">Where; −1 for the lowest place that fits.</param>
    /// <param name="rights">What accesses through this region may do.</param>
    /// <param name="start">Where it was attached.</param>
    internal Error Attach(int mapId, int target, int offset, int size, int at, Rights rights, out int start)
    {
        start = 0;
        int available = SizeOf(target) - offset;
        size = size == 0 ? available : RoundUp(size);
        if (offset < 0 || (offset & _pageMask) != 0 || size <= 0 || size > available)
        {
            return Error.BadArgument;
        }

        RegionMap map = Map(mapId);
        start = at < 0 ? map.FindFree(size) : at;
        if ((start & _pageMask) != 0 || !map.IsFree(start, size) || !MayShow(mapId, target))
        {
            return Error.BadRegion;
        }

        int row = _failpoint.Strikes() ? 0 : Regions.Create();
        if (row == 0)
        {
            return Error.TableFull;
        }

        Regions.Map[row] = mapId;
        Regions.Start[row] = start;
        Regions.Size[row] = size;
        Regions.Target[row] = target;
        Regions.Offset[row] = offset;
        Regions.Access[row] = rights & Rights.ReadWrite;
        Regions.NextOfTarget[row] = _firstRegion[target];
        _firstRegion[target] = row;
        map.Insert(row);
        Cover(mapId, start + size);
        return Error.None;
    }

    /// <summary>Removes the region that begins at an address.</summary>
    internal Error Detach(int mapId, int start)
    {
        int row = Map(mapId).Find(start);
        if (row == 0 || Regions.Start[row] != start)
        {
            return Error.BadRegion;
        }

        RemoveRegion(row);
        return Error.None;
    }

    /// <summary>
    /// Finds the bytes behind an address of a memory object, through nested maps.
    /// </summary>
    /// <param name="id">A dataspace or region map.</param>
    /// <param name="address">The address in it.</param>
    /// <param name="access">What is wanted.</param>
    /// <param name="result">Where the bytes are; or, on an error, which map had nothing there and a handler for that.</param>
    /// <returns>None; BadRegion when nothing is attached there; NotPermitted when the rights do not suffice.</returns>
    internal Error Resolve(int id, int address, Rights access, Resolution result)
    {
        result.Begin();
        while (_objects.Type(id) == ObjectType.RegionMap || Dataspaces.IsBacked(_objects.Index(id)))
        {
            int row = Step(id, address, result);
            if (row == 0)
            {
                return Error.BadRegion;
            }

            result.Narrow(Regions.Access[row], Regions.End(row) - address);
            address = address - Regions.Start[row] + Regions.Offset[row];
            id = Regions.Target[row];
        }

        int dataspace = _objects.Index(id);
        if ((uint)address >= (uint)Dataspaces.Size(dataspace))
        {
            return Error.BadRegion;
        }

        result.Narrow(Dataspaces.IsWritable(dataspace) ? Rights.ReadWrite : Rights.Read, Dataspaces.Size(dataspace) - address);
        result.Memory = Dataspaces.Memory(dataspace);
        result.Offset = Dataspaces.Offset(dataspace) + address;
        if (Dataspaces.IsDevice(dataspace))
        {
            // Registers are no bytes: whoever copies, checksums or fills page tables has no business there.
            result.Device = dataspace;
            result.Narrow(result.Rights, Dataspaces.Registers(dataspace) - address);
            return !result.TakesDevices ? Error.WrongObject : (access & ~result.Rights) == 0 ? Error.None : Error.NotPermitted;
        }

        return (access & ~result.Rights) == 0 ? Error.None : Error.NotPermitted;
    }

    /// <summary>The region through which the way to an address leads on; 0 for none.</summary>
    private int Step(int id, int address, Resolution result)
    {
        if (_objects.Type(id) == ObjectType.RegionMap)
        {
            RegionMap map = Map(id);
            result.Visit(id, map, address);
            return map.Find(address);
        }

        int dataspace = _objects.Index(id);
        return (uint)address < (uint)Dataspaces.Size(dataspace) ? Dataspaces.Backing(dataspace) : 0;
    }

    private void RemoveRegion(int row)
    {
        int mapId = Regions.Map[row];
        Flush(mapId, Regions.Start[row], Regions.Size[row]);
        if (_objects.Type(mapId) == ObjectType.RegionMap)
        {
            Map(mapId).Remove(row);
        }
        else
        {
            Dataspaces.Back(_objects.Index(mapId), 0);
        }

        int target = Regions.Target[row];
        if (_firstRegion[target] == row)
        {
            _firstRegion[target] = Regions.NextOfTarget[row];
        }
        else
        {
            int previous = _firstRegion[target];
            while (Regions.NextOfTarget[previous] != row)
            {
                previous = Regions.NextOfTarget[previous];
            }

            Regions.NextOfTarget[previous] = Regions.NextOfTarget[row];
        }

        Regions.Destroy(row);
    }

    /// <summary>Forgets what page tables know of a part of a map, or of a dataspace that one backs, wherever it is shown.</summary>
    private void Flush(int mapId, int start, int size)
    {
        if (_objects.Type(mapId) == ObjectType.RegionMap)
        {
            Map(mapId).Space?.AddressSpace.Flush(start, size);
        }

        for (int row = _firstRegion[mapId]; row != 0; row = Regions.NextOfTarget[row])
        {
            int from = start > Regions.Offset[row] ? start : Regions.Offset[row];
            int end = start + size;
            int shownEnd = Regions.Offset[row] + Regions.Size[row];
            end = end < shownEnd ? end : shownEnd;
            if (from < end)
            {
                Flush(Regions.Map[row], from - Regions.Offset[row] + Regions.Start[row], end - from);
            }
        }
    }

    /// <summary>Makes page tables long enough for a new region.</summary>
    private void Cover(int mapId, int end)
    {
        Task? space = Map(mapId).Space;
        space?.AddressSpace.Cover(end);
    }
}
