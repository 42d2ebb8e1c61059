// What targets have of other targets' objects that are not there at the moment: the selectors that named them, and where
// they were attached. When the other target is restored here, all of it is put back.
// Invariant: a row is in use while its target lives and the object's owner is away.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>A fixed table of selectors and regions that wait for an object.</summary>
internal sealed class LateTable
{
    private readonly Target?[] _target;
    private readonly int[] _entry;
    private readonly int[] _domain;
    private readonly int[] _selector;
    private readonly int[] _map;
    private readonly Region[] _region;

    internal LateTable(int capacity)
    {
        _target = new Target?[capacity];
        _entry = new int[capacity];
        _domain = new int[capacity];
        _selector = new int[capacity];
        _map = new int[capacity];
        _region = new Region[capacity];
    }

    internal int Capacity => _target.Length;

    /// <summary>The target that waits; <c>null</c> for a free row.</summary>
    internal Target? TargetOf(int row) => _target[row];

    /// <summary>The entry of the object.</summary>
    internal int Entry(int row) => _entry[row];

    /// <summary>The domain whose selector named it.</summary>
    internal int Domain(int row) => _domain[row];

    /// <summary>The selector that named it; −1 when the row is a region.</summary>
    internal int Selector(int row) => _selector[row];

    /// <summary>The entry of the region map in which it was attached.</summary>
    internal int Map(int row) => _map[row];

    /// <summary>Where and how it was attached; the badge means nothing.</summary>
    internal Region RegionAt(int row) => _region[row];

    /// <summary>A selector of one of a target's domains waits.</summary>
    internal bool AddSelector(Target target, int domain, int entry, int selector)
    {
        int row = Add(target, entry, selector);
        if (row >= 0)
        {
            _domain[row] = domain;
        }

        return row >= 0;
    }

    /// <summary>A region waits.</summary>
    internal bool AddRegion(Target target, int entry, int map, Region region)
    {
        int row = Add(target, entry, -1);
        if (row >= 0)
        {
            _map[row] = map;
            _region[row] = region;
        }

        return row >= 0;
    }

    /// <summary>The entry that a selector of a target's domain waits for; −1 for none.</summary>
    internal int FindSelector(Target target, int domain, int selector)
    {
        for (int row = 0; row < _target.Length; row++)
        {
            if (_target[row] == target && _domain[row] == domain && _selector[row] == selector)
            {
                return _entry[row];
            }
        }

        return -1;
    }

    /// <summary>Whether anything waits for an entry's object.</summary>
    internal bool Awaits(Target target, int entry)
    {
        bool awaits = false;
        for (int row = 0; row < _target.Length; row++)
        {
            awaits |= _target[row] == target && _entry[row] == entry;
        }

        return awaits;
    }

    internal void Remove(int row) => _target[row] = null;

    /// <summary>A target goes: nothing of it waits any more.</summary>
    internal void RemoveAll(Target target)
    {
        for (int row = 0; row < _target.Length; row++)
        {
            _target[row] = _target[row] == target ? null : _target[row];
        }
    }

    private int Add(Target target, int entry, int selector)
    {
        for (int row = 0; row < _target.Length; row++)
        {
            if (_target[row] == null)
            {
                _target[row] = target;
                _entry[row] = entry;
                _selector[row] = selector;
                _map[row] = -1;
                return row;
            }
        }

        return -1;
    }
}
