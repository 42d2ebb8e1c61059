// All tasks of the board, core's first.
namespace Tern.Kernel;

/// <summary>The table of tasks.</summary>
internal sealed class TaskTable
{
    private readonly Task?[] _tasks;

    internal TaskTable(int capacity)
    {
        _tasks = new Task?[capacity];
    }

    internal int Capacity => _tasks.Length;

    internal Task? this[int index] => _tasks[index];

    /// <summary>The first free row; −1 when the table is full.</summary>
    internal int FindFree()
    {
        for (int i = 0; i < _tasks.Length; i++)
        {
            if (_tasks[i] == null)
            {
                return i;
            }
        }

        return -1;
    }

    internal void Set(int index, Task? task) => _tasks[index] = task;

    /// <summary>The capability space that a holders' link points into.</summary>
    internal CapabilitySpace SpaceOf(int link) => _tasks[link >> 16]!.Capabilities;
}
