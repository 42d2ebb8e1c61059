// What an RTCR is to do for one target beside running it: when to checkpoint it, and what a restore does about modules that
// have changed and about open flows. The same elements in RTCR's own configuration are the defaults of all its targets.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>The rules of one target.</summary>
internal sealed class TargetRules
{
    /// <summary>The elements that it reads.</summary>
    internal const string Elements = "checkpoint rom flows serve";

    /// <summary>The longest time in milliseconds that a configuration may name: an hour.</summary>
    internal const int LongestMilliseconds = 3_600_000;

    /// <summary>Time between two checkpoints in milliseconds; 0 for none by time.</summary>
    internal int PeriodMilliseconds;

    /// <summary>Whether a checkpoint is due as soon as the target has done something since the last.</summary>
    internal bool OnChange;

    /// <summary>The shortest time in milliseconds between a checkpoint and one because of a change.</summary>
    internal int MinMilliseconds = 100;

    /// <summary>Whether clients may ask for a checkpoint.</summary>
    internal bool OnRequest;

    /// <summary>Whether the target is restored only where its modules are as they were.</summary>
    internal bool RefusesOtherRoms;

    /// <summary>Whether the target is not checkpointed while it has open flows.</summary>
    internal bool RefusesOpenFlows;

    /// <summary>Whether sessions that the target serves, and whose client is not there where it is restored, are closed.</summary>
    internal bool ClosesOrphans;

    /// <summary>Reads what an element says; the rest stays as it is.</summary>
    internal void Read(XmlNode node, ConfigReader reader)
    {
        XmlNode checkpoint = node.Child("checkpoint");
        reader.Know(checkpoint, "period_ms on_change min_ms on_request", "");
        PeriodMilliseconds = reader.Number(checkpoint, "period_ms", 0, LongestMilliseconds, PeriodMilliseconds);
        OnChange = reader.Truth(checkpoint, "on_change", OnChange);
        MinMilliseconds = reader.Number(checkpoint, "min_ms", 1, LongestMilliseconds, MinMilliseconds);
        OnRequest = reader.Truth(checkpoint, "on_request", OnRequest);
        XmlNode rom = node.Child("rom");
        reader.Know(rom, "changed", "");
        RefusesOtherRoms = reader.Choice(rom, "changed", "update refuse", RefusesOtherRoms ? 1 : 0) == 1;
        XmlNode flows = node.Child("flows");
        reader.Know(flows, "open", "");
        RefusesOpenFlows = reader.Choice(flows, "open", "reconnect refuse", RefusesOpenFlows ? 1 : 0) == 1;
        XmlNode serve = node.Child("serve");
        reader.Know(serve, "orphans", "");
        ClosesOrphans = reader.Choice(serve, "orphans", "keep close", ClosesOrphans ? 1 : 0) == 1;
    }

    /// <summary>The same rules once more, to be changed.</summary>
    internal TargetRules Copy()
    {
        var copy = new TargetRules();
        copy.PeriodMilliseconds = PeriodMilliseconds;
        copy.OnChange = OnChange;
        copy.MinMilliseconds = MinMilliseconds;
        copy.OnRequest = OnRequest;
        copy.RefusesOtherRoms = RefusesOtherRoms;
        copy.RefusesOpenFlows = RefusesOpenFlows;
        copy.ClosesOrphans = ClosesOrphans;
        return copy;
    }
}
