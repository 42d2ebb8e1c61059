// Where an image is or goes: a part of a dataspace that RTCR has attached.
namespace Tern.Rtcr;

/// <summary>A part of an attached dataspace.</summary>
internal readonly struct ImagePlace
{
    internal ImagePlace(int dataspace, int address, int offset, int capacity)
    {
        Dataspace = dataspace;
        Address = address + offset;
        Offset = offset;
        Capacity = capacity;
    }

    /// <summary>The dataspace.</summary>
    internal int Dataspace { get; }

    /// <summary>The address of the image's first byte in RTCR's address space.</summary>
    internal int Address { get; }

    /// <summary>The offset of the image's first byte in the dataspace.</summary>
    internal int Offset { get; }

    /// <summary>How many bytes there is room for; for an image that is there, its size.</summary>
    internal int Capacity { get; }
}
