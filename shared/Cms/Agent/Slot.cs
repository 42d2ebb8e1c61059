// One checkpoint of this board: a place in the DSM, the lease of the component that it is of, and what is asked about it.
namespace Tern.Cms;

/// <summary>What is done with a slot's commit.</summary>
internal enum CommitPhase
{
    /// <summary>Nothing: its bytes are the owner's.</summary>
    None,

    /// <summary>It waits for the manager, or for another commit.</summary>
    Queued,

    /// <summary>The broker sends it.</summary>
    Sending,

    /// <summary>The manager has been told and has not answered yet.</summary>
    Told,
}

/// <summary>A checkpoint's place and state.</summary>
internal sealed class Slot
{
    internal bool IsUsed;

    /// <summary>Key, lease and the newest commit. Its epoch is 0 until the NAS has given one.</summary>
    internal Checkpoint Checkpoint;

    internal CommitPhase Phase;

    /// <summary>The owner has called for migration and has had no answer.</summary>
    internal bool IsMigrating;

    /// <summary>Where the migration may go: see <see cref="ManagerOperation.Migrate"/>.</summary>
    internal int Destination;

    /// <summary>The component was ended here.</summary>
    internal bool IsStopped;

    /// <summary>The numbers of the requests that are with the manager; 0 for none.</summary>
    internal int CommitRequest;
    internal int MigrationRequest;
}
