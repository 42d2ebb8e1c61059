// The states of a record in the NAS's index.
// Invariant: the numbers are part of the on-disk format; they are never reused.
namespace Tern.Cms;

/// <summary>What a record of the index is.</summary>
public enum NasState : byte
{
    /// <summary>Nothing.</summary>
    Free = 0,

    /// <summary>A committed checkpoint whose component runs, or did when it was last heard of.</summary>
    Stored = 1,

    /// <summary>A committed checkpoint that a manager is restoring.</summary>
    Claimed = 2,

    /// <summary>No image any longer: its component runs elsewhere. Kept so that whoever comes back late is refused.</summary>
    Forgotten = 3,
}
