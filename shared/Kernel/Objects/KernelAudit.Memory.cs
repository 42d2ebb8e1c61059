// The audit's part about memory: banks, region maps, page tables.
namespace Tern.Kernel;

internal sealed partial class KernelAudit
{
    private readonly Resolution _resolution = new Resolution();
    private readonly RowMarks _pages = new RowMarks();

    /// <summary>Each page of each bank is in exactly one dataspace or one free piece, and no two free pieces touch.</summary>
    private string? CheckPhysicalMemory()
    {
        PhysicalMemory physical = _kernel.Memory.Physical;
        DataspaceTable dataspaces = _kernel.Memory.Dataspaces;
        for (int bank = 0; bank < physical.Banks; bank++)
        {
            int pages = physical.Bank(bank).Length / _kernel.Profile.PageSize;
            _pages.Begin(pages);
            int end = -1;
            for (int piece = 0; piece < physical.Pieces(bank); piece++)
            {
                int start = physical.PieceStart(bank, piece);
                int size = physical.PieceSize(bank, piece);
                if (start <= end || size <= 0 || !MarkPages(start, size))
                {
                    return At("free memory is not sorted, or not joined", "bank", bank);
                }

                end = start + size;
            }

            for (int row = 1; row <= dataspaces.Capacity; row++)
            {
                if (dataspaces.IsUsed(row) && dataspaces.Bank(row) == bank && !MarkPages(dataspaces.Offset(row), dataspaces.Size(row)))
                {
                    return At("memory belongs to two dataspaces", "dataspace", row);
                }
            }

            if (_pages.Count != pages)
            {
                return At("memory is lost", "bank", bank);
            }
        }

        return null;
    }

    private bool MarkPages(int start, int size)
    {
        int page = _kernel.Profile.PageSize;
        for (int at = start; at < start + size; at += page)
        {
            if (!_pages.Add((at / page) + 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Regions are sorted, disjoint, within their map and their target, and listed at both.</summary>
    private string? CheckMaps()
    {
        RegionTable regions = _kernel.Memory.Regions;
        _marks.Begin(regions.Capacity);
        int shown = 0;
        for (int id = 1; id <= _kernel.Objects.Capacity; id++)
        {
            ObjectType type = _kernel.Objects.Type(id);
            bool isMap = type == ObjectType.RegionMap;
            if (!isMap && type != ObjectType.Dataspace)
            {
                if (_kernel.Memory.FirstRegion(id) != 0)
                {
                    return At("a region shows what is no memory", "object", id);
                }

                continue;
            }

            string? broken = isMap ? CheckMap(id) : CheckBacking(id);
            if (broken != null)
            {
                return broken;
            }

            for (int row = _kernel.Memory.FirstRegion(id); row != 0; row = regions.NextOfTarget[row])
            {
                if (regions.Target[row] != id || ++shown > regions.Capacity)
                {
                    return At("a region is listed at what it does not show", "object", id);
                }
            }
        }

        if (shown != _marks.Count)
        {
            return "a region is not listed at what it shows";
        }

        return regions.MarkFree(_marks) && _marks.Count == regions.Capacity ? null : "regions are lost";
    }

    private string? CheckMap(int id)
    {
        RegionTable regions = _kernel.Memory.Regions;
        RegionMap map = _kernel.Memory.Map(id);
        int end = map.Start;
        for (int i = 0; i < map.Count; i++)
        {
            int row = map.Row(i);
            if (!_marks.Add(row) || regions.Map[row] != id)
            {
                return At("a region is in two maps", "object", id);
            }

            if (regions.Start[row] < end || regions.Size[row] <= 0 || regions.End(row) - map.Start > map.Size)
            {
                return At("regions overlap, or leave their map", "object", id);
            }

            ObjectType target = _kernel.Objects.Type(regions.Target[row]);
            if ((target != ObjectType.Dataspace && target != ObjectType.RegionMap)
                || regions.Offset[row] < 0 || regions.Offset[row] > _kernel.Memory.SizeOf(regions.Target[row]) - regions.Size[row])
            {
                return At("a region leaves what it shows", "object", id);
            }

            end = regions.End(row);
        }

        return Nesting(id) > VirtualMemory.MaxDepth ? At("region maps are nested too deep", "object", id) : null;
    }

    /// <summary>The region behind a dataspace is its own, as long as it, and leads to a managed dataspace.</summary>
    private string? CheckBacking(int id)
    {
        RegionTable regions = _kernel.Memory.Regions;
        int dataspace = _kernel.Objects.Index(id);
        int row = _kernel.Memory.Dataspaces.Backing(dataspace);
        if (row == 0)
        {
            return null;
        }

        bool isRight = _marks.Add(row) && regions.Map[row] == id && regions.Start[row] == 0
            && regions.Size[row] == _kernel.Memory.Dataspaces.Size(dataspace)
            && _kernel.Objects.Type(regions.Target[row]) == ObjectType.RegionMap
            && regions.Offset[row] >= 0 && regions.Offset[row] <= _kernel.Memory.SizeOf(regions.Target[row]) - regions.Size[row];
        RegionMap? map = isRight ? _kernel.Memory.Map(regions.Target[row]) : null;
        for (int i = 0; isRight && i < map!.Count; i++)
        {
            int shown = regions.Target[map.Row(i)];
            isRight = _kernel.Objects.Type(shown) == ObjectType.Dataspace
                && !_kernel.Memory.Dataspaces.IsBacked(_kernel.Objects.Index(shown));
        }

        return isRight ? null : At("a dataspace is backed by what is not there", "object", id);
    }

    /// <summary>How many maps lie on the longest way down from a map, itself included; no further than one more than may be.</summary>
    private int Nesting(int id)
    {
        int deepest = 0;
        int at = 0;
        return Descend(id, ref deepest, ref at);
    }

    private int Descend(int id, ref int deepest, ref int level)
    {
        level++;
        deepest = level > deepest ? level : deepest;
        RegionMap map = _kernel.Memory.Map(id);
        int last = 0;
        for (int i = 0; i < map.Count && deepest <= VirtualMemory.MaxDepth; i++)
        {
            // Regions that show the same map one after another are looked at once.
            int target = _kernel.Memory.Regions.Target[map.Row(i)];
            if (target != last && _kernel.Objects.Type(target) == ObjectType.RegionMap)
            {
                Descend(target, ref deepest, ref level);
            }

            last = target;
        }

        level--;
        return deepest;
    }

    /// <summary>What a page table says, its region map says too.</summary>
    private string? CheckPageTables()
    {
        int pageSize = _kernel.Profile.PageSize;
        for (int i = 0; i < _kernel.Tasks.Capacity; i++)
        {
            Task? task = _kernel.Tasks[i];
            int pages = task == null ? 0 : task.AddressSpace.Entries.Length;
            for (int page = 0; page < pages; page++)
            {
                int entry = task!.AddressSpace.Entries[page];
                if ((entry & AddressSpace.RightsMask) == 0)
                {
                    if (entry != 0 || task.AddressSpace.Frames[page] != null)
                    {
                        return At("a page is remembered without rights", "task", i);
                    }

                    continue;
                }

                int address = AddressSpace.Base + (page * pageSize);
                var rights = (Rights)(entry & AddressSpace.RightsMask);
                Error error = _kernel.Memory.Resolve(task.AddressSpaceIdentity, address, rights, _resolution);
                if (error != Error.None
                    || _resolution.Memory != task.AddressSpace.Frames[page]
                    || _resolution.Offset != (entry & ~AddressSpace.RightsMask)
                    || _resolution.Extent < pageSize)
                {
                    return At("a page table says other than its region map", "address", address);
                }
            }
        }

        return null;
    }
}
