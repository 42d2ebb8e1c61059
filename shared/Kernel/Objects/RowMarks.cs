// Which rows of a table the audit has met.
using System;

namespace Tern.Kernel;

/// <summary>Marks on the rows of one table after another; reused, so that an audit after every dispatch allocates nothing.</summary>
internal sealed class RowMarks
{
    private bool[] _marked = new bool[1];
    private int _capacity;

    /// <summary>How many rows are marked.</summary>
    internal int Count { get; private set; }

    /// <summary>Begins with a table whose rows are 1 to its capacity.</summary>
    internal void Begin(int capacity)
    {
        if (_marked.Length <= capacity)
        {
            _marked = new bool[capacity + 1];
        }

        Array.Clear(_marked, 0, capacity + 1);
        _capacity = capacity;
        Count = 0;
    }

    internal bool Has(int row) => row > 0 && row <= _capacity && _marked[row];

    /// <summary>Marks a row; false when there is no such row or it was marked before.</summary>
    internal bool Add(int row)
    {
        if (row <= 0 || row > _capacity || _marked[row])
        {
            return false;
        }

        _marked[row] = true;
        Count++;
        return true;
    }

    /// <summary>Marks a list that is linked through a column; false when it meets a marked row, as it does when it goes in circles.</summary>
    internal bool AddList(int[] next, int first)
    {
        for (int row = first; row != 0; row = next[row])
        {
            if (!Add(row))
            {
                return false;
            }
        }

        return true;
    }
}
