// One checkpoint that this board was offered, from its acceptance until it runs or does not.
namespace Tern.Cms;

/// <summary>A restoration under way.</summary>
internal sealed class Restoration
{
    internal bool IsUsed;

    /// <summary>The owner has the image and will tell later how it went.</summary>
    internal bool IsWithOwner;

    internal Checkpoint Checkpoint;
    internal int Attempt;
    internal int Dataspace;

    /// <summary>Where the dataspace is attached while its image comes over a flow; 0 for a local one.</summary>
    internal int Address;

    /// <summary>Who waits for the outcome: a flow with its serial and sequence number, or a deferred request.</summary>
    internal Channel? Channel;
    internal int Serial;
    internal int Sequence;
    internal int Token;

    internal bool Is(in Checkpoint checkpoint, int attempt)
        => IsUsed && Attempt == attempt && Checkpoint.Claim == checkpoint.Claim && Checkpoint.Is(checkpoint.Mac, checkpoint.Offset);
}
