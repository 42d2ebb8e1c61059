// Attached regions of all region maps. Each row says: this part of that object appears here, with these rights.
// Invariant: the regions of one map are disjoint (kept by RegionMap); all regions of one object are chained.
namespace Tern.Kernel;

/// <summary>The table of regions, one array a column.</summary>
internal sealed class RegionTable
{
    private int _free;

    internal readonly int[] Map;
    internal readonly int[] Start;
    internal readonly int[] Size;
    internal readonly int[] Target;
    internal readonly int[] Offset;
    internal readonly Rights[] Access;

    /// <summary>The next region that shows the same object.</summary>
    internal readonly int[] NextOfTarget;

    internal RegionTable(int capacity)
    {
        Map = new int[capacity + 1];
        Start = new int[capacity + 1];
        Size = new int[capacity + 1];
        Target = new int[capacity + 1];
        Offset = new int[capacity + 1];
        Access = new Rights[capacity + 1];
        NextOfTarget = new int[capacity + 1];
        for (int row = capacity; row > 0; row--)
        {
            Start[row] = _free;
            _free = row;
        }
    }

    internal int Capacity => Start.Length - 1;

    internal bool IsFull => _free == 0;

    internal int Create()
    {
        int row = _free;
        if (row != 0)
        {
            _free = Start[row];
        }

        return row;
    }

    internal void Destroy(int row)
    {
        Target[row] = 0;
        Start[row] = _free;
        _free = row;
    }

    internal int End(int row) => Start[row] + Size[row];

    /// <summary>Marks the free rows, for the audit.</summary>
    internal bool MarkFree(RowMarks marks) => marks.AddList(Start, _free);
}
