// What RTCR learns of the co-processor that copies for it.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Who has its targets' memory copied.</summary>
internal interface ICopierOwner
{
    /// <summary>Whether there is a co-processor is known now: targets may be started.</summary>
    void OnSettled();

    /// <summary>A checkpoint that was left to the co-processor is complete, or is not.</summary>
    /// <param name="slot">The target's place.</param>
    /// <param name="error">Gone when the target or its memory is lost; otherwise, why the co-processor has not made the copies.</param>
    /// <param name="size">The image's size.</param>
    void OnCopied(int slot, Error error, int size);

    /// <summary>What a target had beside the co-processor is lost.</summary>
    void OnMemoryLost(int slot);
}
