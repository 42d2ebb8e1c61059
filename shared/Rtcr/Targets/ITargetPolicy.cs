// What a configuration says of targets that a checkpoint has to heed.
namespace Tern.Rtcr;

/// <summary>Rules of targets, by their names.</summary>
public interface ITargetPolicy
{
    /// <summary>Whether a target is restored only where its modules are as they were. The answer goes with its images.</summary>
    bool RefusesOtherRoms(string target);

    /// <summary>Whether a target is not checkpointed while it has open flows.</summary>
    bool RefusesOpenFlows(string target);
}
