// What is under way for one target between this board and the manager.
namespace Tern.Rtcr;

/// <summary>The step of a target's protection or migration.</summary>
internal enum PlanStep
{
    /// <summary>The target's image may be written.</summary>
    Idle,

    /// <summary>An image is on its way to the NAS; its bytes must not change.</summary>
    Committing,

    /// <summary>The target is held for its migration, and answers it is owed are awaited.</summary>
    Draining,

    /// <summary>The last image before a migration is on its way.</summary>
    CommittingLast,

    /// <summary>The manager has been asked to migrate.</summary>
    Calling,
}

/// <summary>One target's step, and its image in the DSM.</summary>
internal sealed class TargetPlan
{
    internal PlanStep Step;

    /// <summary>Bytes of the last image; 0 for none.</summary>
    internal int ImageBytes;

    /// <summary>A migration was asked for while an image was on its way.</summary>
    internal bool MigratesNext;

    /// <summary>Until when draining may take, in nanoseconds.</summary>
    internal long DrainUntil;

    /// <summary>How often the target was restored here after a fault.</summary>
    internal int Recoveries;

    internal void Clear()
    {
        Step = PlanStep.Idle;
        ImageBytes = 0;
        MigratesNext = false;
        Recoveries = 0;
    }
}
