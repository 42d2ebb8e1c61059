// A region map: the layout of an address space, or of a managed dataspace.
// Invariant: the regions are sorted by address and do not overlap.
using System;

namespace Tern.Kernel;

/// <summary>Regions of one map, found by binary search.</summary>
internal sealed class RegionMap
{
    private readonly RegionTable _regions;
    private int[] _rows = new int[4];

    internal RegionMap(RegionTable regions, int start, int size, Task? space)
    {
        _regions = regions;
        Start = start;
        Size = size;
        Space = space;
    }

    /// <summary>The lowest address: 0 for a managed dataspace.</summary>
    internal int Start { get; }

    internal int Size { get; }

    /// <summary>The task whose address space this is, or <c>null</c>.</summary>
    internal Task? Space { get; }

    /// <summary>The RM session that made the map and with which it ends; <c>null</c> for an address space.</summary>
    internal CoreSession? Session;

    /// <summary>Identity and badge of the gate that is called on a fault; 0 for none.</summary>
    internal int FaultHandler;
    internal int FaultHandlerBadge;

    /// <summary>The last walk over nested maps that came by, and what it found here.</summary>
    internal int Walk;
    internal int Level;

    internal int Count { get; private set; }

    internal int Row(int index) => _rows[index];

    /// <summary>The region at an address; 0 for none.</summary>
    internal int Find(int address)
    {
        int index = IndexAbove(address);
        return index > 0 && address < _regions.End(_rows[index - 1]) ? _rows[index - 1] : 0;
    }

    internal bool IsFree(int start, int size)
    {
        if (size <= 0 || start < Start || start - Start > Size - size)
        {
            return false;
        }

        int index = IndexAbove(start);
        return (index == 0 || _regions.End(_rows[index - 1]) <= start)
            && (index == Count || start + size <= _regions.Start[_rows[index]]);
    }

    /// <summary>The lowest free range of a size; −1 for none.</summary>
    internal int FindFree(int size)
    {
        int start = Start;
        for (int i = 0; i <= Count; i++)
        {
            int end = i == Count ? Start + Size : _regions.Start[_rows[i]];
            if (end - start >= size)
            {
                return start;
            }

            start = i == Count ? start : _regions.End(_rows[i]);
        }

        return -1;
    }

    internal void Insert(int row)
    {
        int index = IndexAbove(_regions.Start[row]);
        if (Count == _rows.Length)
        {
            var larger = new int[Count * 2];
            Array.Copy(_rows, 0, larger, 0, Count);
            _rows = larger;
        }

        Array.Copy(_rows, index, _rows, index + 1, Count - index);
        _rows[index] = row;
        Count++;
    }

    internal void Remove(int row)
    {
        int index = IndexAbove(_regions.Start[row]) - 1;
        Invariant.That(index >= 0 && _rows[index] == row);
        Count--;
        Array.Copy(_rows, index + 1, _rows, index, Count - index);
    }

    /// <summary>The index of the first region that starts above an address.</summary>
    private int IndexAbove(int address)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_regions.Start[_rows[middle]] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
