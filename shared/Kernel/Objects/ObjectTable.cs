// Object identities: every kernel object has one entry here and a badge that is unique on the board and never reused.
// Invariants: an identity is live exactly while its type is not None; the holders' list of an identity runs through
// every selector of every task that names it, so destroying it ends every capability to it; each live identity is in its
// owner's list, once.
namespace Tern.Kernel;

/// <summary>The table of object identities, one array a column.</summary>
internal sealed class ObjectTable
{
    private readonly byte[] _type;
    private readonly int[] _badge;
    private readonly int[] _index;
    private readonly int[] _holders;
    private readonly int[] _owner;
    private readonly int[] _nextOwned;
    private readonly int[] _previousOwned;
    private readonly int[] _firstOwned;
    private readonly int[] _ownedCount;
    private int _free;
    private int _nextBadge = 1;
    private readonly Failpoint _failpoint;

    internal ObjectTable(int capacity, int tasks, Failpoint failpoint)
    {
        _failpoint = failpoint;
        _type = new byte[capacity + 1];
        _badge = new int[capacity + 1];
        _index = new int[capacity + 1];
        _holders = new int[capacity + 1];
        _owner = new int[capacity + 1];
        _nextOwned = new int[capacity + 1];
        _previousOwned = new int[capacity + 1];
        _firstOwned = new int[tasks];
        _ownedCount = new int[tasks];
        for (int id = capacity; id > 0; id--)
        {
            _index[id] = _free;
            _free = id;
        }
    }

    internal int Capacity => _type.Length - 1;

    internal int Count { get; private set; }

    /// <summary>Makes an identity; 0 when the table is full.</summary>
    internal int Create(ObjectType type, int index, int ownerTask)
    {
        int id = _failpoint.Strikes() ? 0 : _free;
        if (id != 0)
        {
            _free = _index[id];
            _type[id] = (byte)type;
            _badge[id] = _nextBadge++;
            _index[id] = index;
            Own(id, ownerTask);
            _holders[id] = 0;
            Count++;
        }

        return id;
    }

    /// <summary>Frees an identity. Its holders must have been cleared before.</summary>
    internal void Destroy(int id)
    {
        Invariant.That(_type[id] != (byte)ObjectType.None);
        Invariant.That(_holders[id] == 0);
        Disown(id);
        _type[id] = (byte)ObjectType.None;
        _badge[id] = 0;
        _index[id] = _free;
        _free = id;
        Count--;
    }

    internal ObjectType Type(int id) => (ObjectType)_type[id];

    /// <summary>The board-wide unique number; 0 for no object.</summary>
    internal int Badge(int id) => _badge[id];

    /// <summary>The object's row in the table of its kind.</summary>
    internal int Index(int id) => _index[id];

    /// <summary>The task that made the object and whose end is the object's end.</summary>
    internal int Owner(int id) => _owner[id];

    /// <summary>The youngest object of a task; 0 for none.</summary>
    internal int FirstOwned(int task) => _firstOwned[task];

    /// <summary>How many objects a task has, whether it can still name them or not.</summary>
    internal int OwnedCount(int task) => _ownedCount[task];

    /// <summary>The object that its owner made before this one; 0 for none.</summary>
    internal int NextOwned(int id) => _nextOwned[id];

    /// <summary>Whether a reference that was taken as identity and badge still names the same object.</summary>
    internal bool IsLive(int id, int badge) => badge != 0 && _badge[id] == badge;

    internal int Holders(int id) => _holders[id];

    internal void SetHolders(int id, int link) => _holders[id] = link;

    /// <summary>Marks the free rows, for the audit.</summary>
    internal bool MarkFree(RowMarks marks) => marks.AddList(_index, _free);

    /// <summary>Marks what tasks own, for the audit; false when something is in two lists, or in another task's, or dead.</summary>
    internal bool MarkOwned(RowMarks marks)
    {
        for (int task = 0; task < _firstOwned.Length; task++)
        {
            int previous = 0;
            int count = _ownedCount[task];
            for (int id = _firstOwned[task]; id != 0; id = _nextOwned[id], count--)
            {
                if (!marks.Add(id) || _type[id] == (byte)ObjectType.None || _owner[id] != task || _previousOwned[id] != previous)
                {
                    return false;
                }

                previous = id;
            }

            if (count != 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Own(int id, int task)
    {
        int first = _firstOwned[task];
        _owner[id] = task;
        _nextOwned[id] = first;
        _previousOwned[id] = 0;
        _previousOwned[first] = id;
        _firstOwned[task] = id;
        _ownedCount[task]++;
    }

    private void Disown(int id)
    {
        int next = _nextOwned[id];
        int previous = _previousOwned[id];
        _ownedCount[_owner[id]]--;
        _previousOwned[next] = previous;
        if (previous == 0)
        {
            _firstOwned[_owner[id]] = next;
        }
        else
        {
            _nextOwned[previous] = next;
        }
    }
}
