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

    /// <summary>Key, lease and the newest commit. Its epoch is 0 until the NAS has given one, and then nothing can stop it.</summary>
    internal Checkpoint Checkpoint;

    /// <summary>The highest epoch that an earlier component had here, as far as is known: what is said of such a one is not about this one.</summary>
    internal int EarlierEpoch;

    internal CommitPhase Phase;

    /// <summary>The owner has called for migration and has had no answer.</summary>
    internal bool IsMigrating;

    /// <summary>Where the migration may go: see <see cref="ManagerOperation.Migrate"/>.</summary>
    internal int Destination;

    /// <summary>The component was ended here.</summary>
    internal bool IsStopped;

    /// <summary>The component that was here before has left on its own call, whose answer is still to come.</summary>
    internal bool HasDeparted;

    /// <summary>The numbers of the requests that are with the manager; 0 for none.</summary>
    internal int CommitRequest;
    internal int MigrationRequest;
    internal int DepartureRequest;

    /// <summary>Begins with another component in the same place; what is known of the one before stays.</summary>
    internal void Succeed()
    {
        EarlierEpoch = Checkpoint.Epoch > EarlierEpoch ? Checkpoint.Epoch : EarlierEpoch;
        if (IsMigrating)
        {
            HasDeparted = true;
            DepartureRequest = MigrationRequest;
        }

        Phase = CommitPhase.None;
        IsMigrating = IsStopped = false;
        CommitRequest = MigrationRequest = 0;
    }
}
