// Irq objects: signal contexts and, bound to a line, interrupts. Triggering counts; a burst is delivered once with its count.
namespace Tern.Kernel;

/// <summary>The table of Irq objects, one array a column.</summary>
internal sealed class IrqTable
{
    private readonly Thread?[] _thread;
    private readonly int[] _label;
    private readonly int[] _pending;
    private readonly int[] _next;
    private readonly bool[] _queued;
    private readonly int[] _identity;
    private int _free;

    internal IrqTable(int capacity)
    {
        _thread = new Thread?[capacity + 1];
        _label = new int[capacity + 1];
        _pending = new int[capacity + 1];
        _next = new int[capacity + 1];
        _queued = new bool[capacity + 1];
        _identity = new int[capacity + 1];
        for (int irq = capacity; irq > 0; irq--)
        {
            _next[irq] = _free;
            _free = irq;
        }
    }

    internal int Capacity => _label.Length - 1;

    /// <summary>Makes an Irq object; 0 when the table is full.</summary>
    /// <param name="thread">Who is signalled; <c>null</c> for core.</param>
    /// <param name="label">What the thread is told.</param>
    internal int Create(Thread? thread, int label)
    {
        int irq = _free;
        if (irq != 0)
        {
            _free = _next[irq];
            _thread[irq] = thread;
            _label[irq] = label;
            _pending[irq] = 0;
            _queued[irq] = false;
        }

        return irq;
    }

    /// <summary>Frees a row, which must not be queued.</summary>
    internal void Destroy(int irq)
    {
        Invariant.That(!_queued[irq]);
        _thread[irq] = null;
        _next[irq] = _free;
        _free = irq;
    }

    /// <summary>The object identity.</summary>
    internal int Identity(int irq) => _identity[irq];

    internal void SetIdentity(int irq, int id) => _identity[irq] = id;

    internal Thread? Thread(int irq) => _thread[irq];

    internal int Label(int irq) => _label[irq];

    /// <summary>How often the object was triggered since its last delivery.</summary>
    internal int Pending(int irq) => _pending[irq];

    internal void SetPending(int irq, int count) => _pending[irq] = count;

    /// <summary>The link of the event queue that the object is in.</summary>
    internal int Next(int irq) => _next[irq];

    internal void SetNext(int irq, int link) => _next[irq] = link;

    internal bool IsQueued(int irq) => _queued[irq];

    internal void SetQueued(int irq, bool queued) => _queued[irq] = queued;

    /// <summary>Marks the free rows, for the audit.</summary>
    internal bool MarkFree(RowMarks marks) => marks.AddList(_next, _free);
}
