// One task's capability space: selector → object identity.
// Invariants: each filled selector is in its object's holders' list exactly once; the number of selectors in use is what
// is charged to the task's capability quota. A selector whose object has ended names nothing, but stays in use until it
// is given up: otherwise its number could come to name something else behind its holder's back.
using System;

namespace Tern.Kernel;

/// <summary>The capabilities of one task. A link in a holders' list is the task's number in the high half and the selector in the low half.</summary>
internal sealed class CapabilitySpace
{
    private const int InitialSize = 24;
    private const int Dead = -1;

    private readonly Task _task;
    private readonly Microkernel _kernel;
    private readonly int _limit;
    private int[] _object = new int[InitialSize];
    private int[] _next = new int[InitialSize];
    private int[] _previous = new int[InitialSize];
    private int _lowestFree = Selectors.FirstFree;

    /// <summary>Whose it is.</summary>
    internal Task Task => _task;

    internal CapabilitySpace(Microkernel kernel, Task task, int limit)
    {
        _kernel = kernel;
        _task = task;
        _limit = limit < 0xffff ? limit : 0xffff;
    }

    /// <summary>One more than the highest selector that can be filled without growing.</summary>
    internal int Size => _object.Length;

    internal int Count { get; private set; }

    /// <summary>The identity behind a selector; 0 for none.</summary>
    internal int Lookup(int selector)
    {
        int id = (uint)selector < (uint)_object.Length ? _object[selector] : 0;
        return id == Dead ? 0 : id;
    }

    /// <summary>Whether a selector is filled, be it that its object has ended.</summary>
    internal bool IsUsed(int selector) => (uint)selector < (uint)_object.Length && _object[selector] != 0;

    /// <summary>The identity behind a selector if it is of the wanted kind; 0 otherwise.</summary>
    internal int Lookup(int selector, ObjectType type)
    {
        int id = Lookup(selector);
        return id != 0 && _kernel.Objects.Type(id) == type ? id : 0;
    }

    /// <summary>Why <see cref="Lookup(int, ObjectType)"/> found nothing.</summary>
    internal Error Reason(int selector) => Lookup(selector) == 0 ? Error.InvalidCapability : Error.WrongObject;

    /// <summary>Whether some more capabilities would fit; asked before something is made that could not be named.</summary>
    internal Error Room(int count)
    {
        if (Count > _task.CapQuota - count || _kernel.Failpoint.Strikes())
        {
            return Error.OutOfCaps;
        }

        return Count > _limit + 1 - Selectors.FirstFree - count ? Error.TableFull : Error.None;
    }

    /// <summary>Installs a capability at the lowest free selector.</summary>
    /// <returns>The selector, or 0 with the reason.</returns>
    internal int Insert(int id, out Error error)
    {
        int selector = _lowestFree;
        while (selector < _object.Length && _object[selector] != 0)
        {
            selector++;
        }

        error = InsertAt(selector, id);
        if (error != Error.None)
        {
            return Selectors.Invalid;
        }

        _lowestFree = selector + 1;
        return selector;
    }

    /// <summary>Installs a capability at a selector that must be empty.</summary>
    internal Error InsertAt(int selector, int id)
    {
        if (selector <= 0 || selector > _limit)
        {
            return selector > _limit ? Error.TableFull : Error.BadArgument;
        }

        if (Count >= _task.CapQuota)
        {
            return Error.OutOfCaps;
        }

        Grow(selector);
        if (_object[selector] != 0)
        {
            return Error.Exists;
        }

        Link(selector, id);
        return Error.None;
    }

    /// <summary>Gives a selector up.</summary>
    internal void Remove(int selector)
    {
        if ((uint)selector >= (uint)_object.Length || _object[selector] == 0)
        {
            return;
        }

        if (_object[selector] != Dead)
        {
            Unlink(selector);
        }

        _object[selector] = 0;
        Count--;
        if (selector >= Selectors.FirstFree && selector < _lowestFree)
        {
            _lowestFree = selector;
        }
    }

    /// <summary>Makes a selector name nothing, because its object ends.</summary>
    internal void Revoke(int selector)
    {
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Revoke, _task.FirstThread, _kernel.Objects.Badge(_object[selector]), selector, 0);
        }

        Unlink(selector);
        _object[selector] = Dead;
    }

    /// <summary>Gives every selector up.</summary>
    internal void Clear()
    {
        for (int selector = 0; selector < _object.Length; selector++)
        {
            Remove(selector);
        }
    }

    /// <summary>Whether a holders' link leads to a selector of this space that names an object, and comes from where it should. For the audit.</summary>
    internal bool IsLinked(int selector, int id, int previous)
        => (uint)selector < (uint)_object.Length && _object[selector] == id && _previous[selector] == previous;

    /// <summary>The link after a selector in its object's holders' list.</summary>
    internal int NextHolder(int selector) => _next[selector];

    /// <summary>Counts the selectors that name something and those whose object has ended. For the audit.</summary>
    internal void CountSelectors(out int live, out int dead)
    {
        live = 0;
        dead = 0;
        for (int selector = 0; selector < _object.Length; selector++)
        {
            live += _object[selector] > 0 ? 1 : 0;
            dead += _object[selector] == Dead ? 1 : 0;
        }
    }

    private void Unlink(int selector)
    {
        int next = _next[selector];
        int previous = _previous[selector];
        if (previous == 0)
        {
            _kernel.Objects.SetHolders(_object[selector], next);
        }
        else
        {
            _kernel.Tasks.SpaceOf(previous)._next[previous & 0xffff] = next;
        }

        if (next != 0)
        {
            _kernel.Tasks.SpaceOf(next)._previous[next & 0xffff] = previous;
        }
    }

    private void Link(int selector, int id)
    {
        int link = (_task.Index << 16) | selector;
        int first = _kernel.Objects.Holders(id);
        _object[selector] = id;
        _next[selector] = first;
        _previous[selector] = 0;
        if (first != 0)
        {
            _kernel.Tasks.SpaceOf(first)._previous[first & 0xffff] = link;
        }

        _kernel.Objects.SetHolders(id, link);
        Count++;
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Delegate, _task.FirstThread, _kernel.Objects.Badge(id), selector, 0);
        }
    }

    private void Grow(int selector)
    {
        int size = _object.Length;
        if (selector < size)
        {
            return;
        }

        while (size <= selector)
        {
            size *= 2;
        }

        _object = Resized(_object, size);
        _next = Resized(_next, size);
        _previous = Resized(_previous, size);
    }

    private static int[] Resized(int[] column, int size)
    {
        var larger = new int[size];
        Array.Copy(column, 0, larger, 0, column.Length);
        return larger;
    }
}
