// All tasks of the board, core's first.
namespace Tern.Kernel;

/// <summary>The table of tasks.</summary>
internal sealed class TaskTable
{
    private readonly Task?[] _tasks;

    // No row before this one is free.
    private int _lowestFree;

    internal TaskTable(int capacity)
    {
        _tasks = new Task?[capacity];
    }

    internal int Capacity => _tasks.Length;

    internal Task? this[int index] => _tasks[index];

    /// <summary>The first free row; −1 when the table is full.</summary>
    internal int FindFree()
    {
        while (_lowestFree < _tasks.Length && _tasks[_lowestFree] != null)
        {
            _lowestFree++;
        }

        return _lowestFree < _tasks.Length ? _lowestFree : -1;
    }

    internal void Set(int index, Task? task)
    {
        _tasks[index] = task;
        _lowestFree = task == null && index < _lowestFree ? index : _lowestFree;
    }

    /// <summary>Whether the search for a free row passes over none. For the audit.</summary>
    internal bool FindsEveryFree()
    {
        for (int i = 0; i < _lowestFree; i++)
        {
            if (_tasks[i] == null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The capability space that a holders' link points into.</summary>
    internal CapabilitySpace SpaceOf(int link) => _tasks[link >> 16]!.Capabilities;
}
