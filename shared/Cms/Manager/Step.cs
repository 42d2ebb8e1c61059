// The steps of a planned migration, in their order. docs/protocol.md has the picture with all failures.
namespace Tern.Cms;

/// <summary>Where a migration is.</summary>
internal enum Step
{
    /// <summary>Nothing is being migrated.</summary>
    Idle,

    /// <summary>All boards are asked how much room they have.</summary>
    Asking,

    /// <summary>The checkpoint is claimed at the NAS, and its image fetched.</summary>
    Claiming,

    /// <summary>The origin is told to end its copy.</summary>
    Stopping,

    /// <summary>The best board that has not refused yet is offered the checkpoint.</summary>
    Offering,

    /// <summary>It has accepted and gets the image.</summary>
    Sending,

    /// <summary>It has got the image, but whether it restored it is not known: it is asked until it says so.</summary>
    Settling,

    /// <summary>It runs there: the NAS is told.</summary>
    Confirming,

    /// <summary>Nothing was stopped, and nobody has room: the claim is given up.</summary>
    Aborting,
}
