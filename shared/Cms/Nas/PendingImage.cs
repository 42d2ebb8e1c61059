// An image on its way to the disk: it has blocks, but no record names them yet, so a power cut just forgets it.
namespace Tern.Cms;

/// <summary>One store that is under way.</summary>
internal sealed class PendingImage
{
    internal bool IsUsed;
    internal Checkpoint Checkpoint;
    internal int Block;
    internal int Written;
    internal int Crc;
}
