// One attached region, as a region map's reader gets it.
namespace Tern.Kernel;

/// <summary>A region of a region map.</summary>
public struct Region
{
    /// <summary>Where it begins.</summary>
    public int Start;

    /// <summary>Its size in bytes.</summary>
    public int Size;

    /// <summary>The first byte of the object that it shows.</summary>
    public int Offset;

    /// <summary>What may be done through it.</summary>
    public Rights Rights;

    /// <summary>The badge of the object that it shows.</summary>
    public int Badge;
}
