// Which allocation of a kernel resource fails, for drills: objects, dataspaces, regions, requests, room for capabilities. A test
// lets each of a run's allocations fail in turn, which no sizing of tables and quotas can do.
// Invariants: on a board that nobody drills nothing fails here; what fails does so once, and has changed nothing.
namespace Tern.Kernel;

/// <summary>Counts allocations and lets one of them fail.</summary>
public sealed class Failpoint
{
    private int _left;

    internal Failpoint()
    {
    }

    /// <summary>How many allocations were tried since boot.</summary>
    public int Allocations { get; private set; }

    /// <summary>Whether an armed failure is still to come.</summary>
    public bool IsArmed => _left > 0;

    /// <summary>Lets an allocation fail as if the resource were exhausted.</summary>
    /// <param name="number">Which one from now on: 1 for the next; 0 for none.</param>
    public void Arm(int number) => _left = number;

    /// <summary>An allocation is tried.</summary>
    /// <returns>Whether it fails.</returns>
    internal bool Strikes()
    {
        Allocations++;
        return _left > 0 && --_left == 0;
    }
}
