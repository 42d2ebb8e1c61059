// IPC gates: a gate leads to a thread and carries the label under which that thread knows the RPC object.
namespace Tern.Kernel;

/// <summary>The table of gates, one array a column.</summary>
internal sealed class GateTable
{
    private readonly Thread?[] _thread;
    private readonly int[] _label;
    private int _free;

    internal GateTable(int capacity)
    {
        _thread = new Thread?[capacity + 1];
        _label = new int[capacity + 1];
        for (int gate = capacity; gate > 0; gate--)
        {
            _label[gate] = _free;
            _free = gate;
        }
    }

    internal int Capacity => _label.Length - 1;

    /// <summary>Makes a gate; 0 when the table is full.</summary>
    /// <param name="thread">The serving thread; <c>null</c> for core.</param>
    /// <param name="label">What the thread is told with each request.</param>
    internal int Create(Thread? thread, int label)
    {
        int gate = _free;
        if (gate != 0)
        {
            _free = _label[gate];
            _thread[gate] = thread;
            _label[gate] = label;
        }

        return gate;
    }

    internal void Destroy(int gate)
    {
        _thread[gate] = null;
        _label[gate] = _free;
        _free = gate;
    }

    internal Thread? Thread(int gate) => _thread[gate];

    internal int Label(int gate) => _label[gate];

    /// <summary>Marks the free rows, for the audit.</summary>
    internal bool MarkFree(RowMarks marks) => marks.AddList(_label, _free);
}
