// When an RTCR calls for the migration of a target by itself: a while after the first checkpoint, when its board has too much
// to do for too long, and when its board announces that it will sleep.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>The rules for migrations.</summary>
internal sealed class MigrationRules
{
    private const int All = 100;

    /// <summary>When to call, in milliseconds after the first checkpoint was stored; 0 for never.</summary>
    internal int AfterMilliseconds;

    /// <summary>The target that is called for; empty for the first, or in an overload for the busiest.</summary>
    internal string Target = "";

    /// <summary>The longest time in milliseconds that a migration waits for answers the target is owed.</summary>
    internal int DrainMilliseconds = 500;

    /// <summary>From which load of the processor on the board has too much to do, in percent; 0 for never.</summary>
    internal int OverloadPercent;

    /// <summary>With less RAM than this left to RTCR its board is overloaded, in bytes; 0 for never.</summary>
    internal int MinFreeRam;

    /// <summary>For how many milliseconds it must have been too much.</summary>
    internal int ForMilliseconds = 1000;

    /// <summary>The highest load in percent that the board to go to may have with the target; below it an overload is over.</summary>
    internal int ReliefPercent;

    /// <summary>For how many milliseconds nobody is moved because of an overload after somebody has come or gone.</summary>
    internal int RestMilliseconds = 10_000;

    /// <summary>Whether the board sleeps only when the targets are safe.</summary>
    internal bool WatchesSleep;

    /// <summary>Whether targets move when the board will sleep; otherwise they are checkpointed and sleep with it.</summary>
    internal bool LeavesOnSleep;

    /// <summary>Whether an overload is watched for.</summary>
    internal bool WatchesLoad => OverloadPercent > 0 || MinFreeRam > 0;

    /// <summary>Reads the element <c>migrate</c>.</summary>
    internal void Read(XmlNode node, ConfigReader reader)
    {
        reader.Know(node, "after_ms target drain_ms overload_percent min_free_ram for_ms relief_percent rest_ms on_sleep", "");
        AfterMilliseconds = reader.Number(node, "after_ms", 0, TargetRules.LongestMilliseconds, AfterMilliseconds);
        Target = node.Attribute("target", Target);
        DrainMilliseconds = reader.Number(node, "drain_ms", 0, TargetRules.LongestMilliseconds, DrainMilliseconds);
        OverloadPercent = reader.Number(node, "overload_percent", 0, All, OverloadPercent);
        MinFreeRam = reader.Size(node, "min_free_ram", 0, int.MaxValue, MinFreeRam);
        ForMilliseconds = reader.Number(node, "for_ms", 1, TargetRules.LongestMilliseconds, ForMilliseconds);

        // The gap between the two is what keeps a target from going to and fro.
        int most = OverloadPercent > 0 ? OverloadPercent - 1 : All;
        ReliefPercent = reader.Number(node, "relief_percent", 0, most, OverloadPercent > 20 ? OverloadPercent - 20 : most);
        RestMilliseconds = reader.Number(node, "rest_ms", 0, TargetRules.LongestMilliseconds, RestMilliseconds);
        int sleep = reader.Choice(node, "on_sleep", "no checkpoint migrate", 0);
        WatchesSleep = sleep > 0;
        LeavesOnSleep = sleep > 1;
    }
}
