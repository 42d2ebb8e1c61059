// What an RTCR does for its agent. A checkpoint is known by its offset in the DSM.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>The RTCR behind a <see cref="CmsAgent"/>. No member may call back into the agent but where it says so.</summary>
public interface ICmsOwner
{
    /// <summary>The DSM is established: commits go to the manager from now on. Told once; what is lost later the agent makes good.</summary>
    void OnReady();

    /// <summary>A commit is stored at the NAS, or is not: its bytes in the DSM may be changed again. May commit again.</summary>
    /// <param name="offset">Which checkpoint.</param>
    /// <param name="commit">The commit's number.</param>
    /// <param name="error">Stale: somebody has claimed the checkpoint, and this board must not run the component any
    /// longer than until <see cref="OnStop"/>. Anything else: the commit before stays the one that counts.</param>
    void OnCommitted(int offset, int commit, Error error);

    /// <summary>The component goes elsewhere: ends it here. Asked again after Busy.</summary>
    /// <returns>None when nothing of it runs any longer.</returns>
    Error OnStop(int offset, int claim);

    /// <summary>A call for migration is over. None: the component runs elsewhere. May commit again or call again.</summary>
    void OnMigrated(int offset, Error error);

    /// <summary>Tells how much room there is.</summary>
    void ReadInformation(ref SystemInformation information);

    /// <summary>A checkpoint is offered.</summary>
    /// <param name="restore">The restoration's number until <see cref="OnRestoreEnd"/>.</param>
    /// <param name="checkpoint">What it is.</param>
    /// <param name="dataspace">Where its image goes: a dataspace of at least its size that stays the owner's.</param>
    /// <returns>None to accept.</returns>
    Error OnRestoreBegin(int restore, Checkpoint checkpoint, out int dataspace);

    /// <summary>The image is there, and its checksum is right: makes the component go on.</summary>
    /// <param name="restore">The restoration's number.</param>
    /// <param name="checkpoint">What it is.</param>
    /// <param name="offset">Where its checkpoints will be in this board's DSM; −1 when it will have none.</param>
    /// <returns>None when it runs; Deferred when that takes a while: <see cref="CmsAgent.CompleteRestore"/> follows.</returns>
    Error OnRestore(int restore, Checkpoint checkpoint, out int offset);

    /// <summary>A restoration is over, whether it came to anything or not: its dataspace is not used any longer.</summary>
    void OnRestoreEnd(int restore);
}
