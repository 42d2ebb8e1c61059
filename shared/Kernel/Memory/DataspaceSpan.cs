// A checked piece of a dataspace that a client of core wants worked on, found through managed dataspaces too.
namespace Tern.Kernel;

/// <summary>Walks the contiguous pieces of a range of a dataspace or managed dataspace.</summary>
internal sealed class DataspaceSpan
{
    private readonly Resolution _resolution = new Resolution();
    private readonly VirtualMemory _memory;
    private int _id;
    private int _at;
    private int _rest;
    private Rights _access;

    internal DataspaceSpan(VirtualMemory memory)
    {
        _memory = memory;
    }

    internal byte[] Memory => _resolution.Memory;

    internal int Offset => _resolution.Offset;

    /// <summary>How long the current piece is.</summary>
    internal int Length { get; private set; }

    /// <summary>Why there was no next piece.</summary>
    internal Error Error { get; private set; }

    /// <summary>Begins at a range; false when it leaves the object.</summary>
    internal bool Begin(ObjectTable objects, int id, int offset, int length, Rights access)
    {
        ObjectType type = objects.Type(id);
        bool isMemory = id != 0 && (type == ObjectType.Dataspace || type == ObjectType.RegionMap);
        if (!isMemory || offset < 0 || length < 0 || offset > _memory.SizeOf(id) - length)
        {
            return false;
        }

        _id = id;
        _at = offset;
        _rest = length;
        _access = access;
        return true;
    }

    /// <summary>Goes to the next piece, of at most a given length; false at the end or when nothing is attached there.</summary>
    internal bool Next(int most)
    {
        Error = _rest == 0 ? Error.BadRegion : _memory.Resolve(_id, _at, _access, _resolution);
        if (Error != Error.None)
        {
            return false;
        }

        Length = _resolution.Extent < _rest ? _resolution.Extent : _rest;
        Length = Length < most ? Length : most;
        _at += Length;
        _rest -= Length;
        return true;
    }

    /// <summary>Whether the whole range was walked.</summary>
    internal bool IsDone => _rest == 0;
}
