// Who wants to know what became of checkpoints and migrations.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Is told of each target's progress. No member may begin a checkpoint or a migration.</summary>
internal interface IPlanWatcher
{
    /// <summary>An image is stored at the NAS, or is not.</summary>
    void OnStored(int slot, int commit, Error error);

    /// <summary>A checkpoint that had to wait for the one before has been taken now; its outcome follows.</summary>
    void OnNext(int slot);

    /// <summary>A migration is over. None: the target runs elsewhere.</summary>
    void OnMoved(int slot, Error error);

    /// <summary>The target has ended here by itself.</summary>
    void OnEnded(int slot);
}
