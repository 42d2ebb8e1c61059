// How a NAS came to the index that it uses, or why it uses none.
namespace Tern.Cms;

/// <summary>What opening a store came to.</summary>
public enum NasOpening
{
    /// <summary>The disk could not be read or written, or is too small.</summary>
    Failed,

    /// <summary>Both copies of the index were whole.</summary>
    Whole,

    /// <summary>One copy was torn or older, and was written anew from the other.</summary>
    Repaired,

    /// <summary>The disk was blank: it has a new index.</summary>
    Blank,

    /// <summary>What was there has been given up on request: the disk has a new index.</summary>
    GivenUp,

    /// <summary>Refused: neither copy is whole, and neither is blank.</summary>
    Damaged,

    /// <summary>Refused: the index is sound, but of a disk with another size.</summary>
    OtherSize,
}
