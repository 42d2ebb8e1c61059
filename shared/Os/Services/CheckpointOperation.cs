// The service "Checkpoint" of an RTCR: whom its configuration permits may have targets checkpointed and migrated, and ask
// how they are. Here, and not in RTCR's layer, because its clients are ordinary components.
namespace Tern.Os;

/// <summary>Operations of a Checkpoint session. Text of each request: the target's name; empty for the first target.</summary>
public static class CheckpointOperation
{
    /// <summary>
    /// Has a target checkpointed. Answered when the checkpoint is stored at the NAS: word 0 its commit.
    /// NotFound: no such target here. NotPermitted: not for this client, or not for this target. Busy: it is about to leave.
    /// Unreachable: there is no manager, or it did not answer in time. Gone: it ended meanwhile. Anything else: why there is
    /// no checkpoint.
    /// </summary>
    public const int Checkpoint = 1;

    /// <summary>Has a target migrated. Answered when it runs elsewhere (None), or why it stays. Errors as for <see cref="Checkpoint"/>; Full: no board has room.</summary>
    public const int Migrate = 2;

    /// <summary>Answer: words 0 <see cref="CheckpointStatus"/>, 1 the last stored commit (0: none), 2 bytes of the last image, 3 nanoseconds it has run (2 words).</summary>
    public const int Status = 3;
}

/// <summary>What is done with a target.</summary>
public static class CheckpointStatus
{
    /// <summary>It runs, and nothing else is under way.</summary>
    public const int Running = 0;

    /// <summary>It runs, and a checkpoint of it is on its way to the NAS.</summary>
    public const int Committing = 1;

    /// <summary>It is held, because it is to leave.</summary>
    public const int Leaving = 2;

    /// <summary>It is held until its board has slept.</summary>
    public const int Sleeping = 3;
}
