// What is under way for one target between this board and the manager, and when the next of it is due.
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

    /// <summary>The target is held until its board has slept; its last image is stored.</summary>
    Sleeping,
}

/// <summary>One target's step, its image in the DSM, and its triggers' state.</summary>
internal sealed class TargetPlan
{
    internal PlanStep Step;

    /// <summary>The co-processor makes the image's copies: nothing is on its way yet.</summary>
    internal bool IsCopying;

    /// <summary>What is to be done for the target.</summary>
    internal TargetRules Rules = new TargetRules();

    /// <summary>Bytes of the last image; 0 for none.</summary>
    internal int ImageBytes;

    /// <summary>The target was restored here from a checkpoint of another board's: it never begins anew.</summary>
    internal bool HasCome;

    /// <summary>The number of the last commit that is stored at the NAS; 0 for none.</summary>
    internal int StoredCommit;

    /// <summary>A checkpoint was asked for while an image was on its way.</summary>
    internal bool ChecksNext;

    /// <summary>A migration was asked for while an image was on its way.</summary>
    internal bool MigratesNext;

    /// <summary>Where the migration may go (see <see cref="Cms.ManagerOperation.Migrate"/>).</summary>
    internal int Destination;

    /// <summary>The target is to go, or to sleep with its board.</summary>
    internal bool Sleeps;

    /// <summary>The last image of this migration is stored.</summary>
    internal bool IsLastStored;

    /// <summary>Until when draining may take, in nanoseconds.</summary>
    internal long DrainUntil;

    /// <summary>How often the target was restored here after a fault.</summary>
    internal int Recoveries;

    /// <summary>The target that was stopped here for its migration, of which it is not known yet where it went; empty for none.</summary>
    internal string Leaving = "";

    /// <summary>When the last image was taken, or tried to be, in nanoseconds.</summary>
    internal long TakenAt;

    /// <summary>How often the target had been entered then.</summary>
    internal int TakenEntries;

    /// <summary>When the next checkpoint by time is due, and when to look for a change, in nanoseconds.</summary>
    internal long NextPeriod;
    internal long NextLook;

    /// <summary>Begins with another target.</summary>
    internal void Begin(TargetRules rules, long now)
    {
        Clear();
        Rules = rules;
        TakenAt = now;
        TakenEntries = 0;
        NextPeriod = now + (rules.PeriodMilliseconds * 1_000_000L);
        NextLook = now + (rules.MinMilliseconds * 1_000_000L);
    }

    /// <summary>Nobody is there, and nothing is under way.</summary>
    internal void Clear()
    {
        Step = PlanStep.Idle;
        ImageBytes = StoredCommit = 0;
        ChecksNext = MigratesNext = Sleeps = IsLastStored = IsCopying = HasCome = false;
        Recoveries = 0;
    }
}
