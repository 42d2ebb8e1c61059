// The commits of a DSM that can be read: the newest of each checkpoint.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>A fixed table of commits, by offset.</summary>
internal sealed class CommitTable
{
    /// <summary>Most checkpoints in one DSM.</summary>
    internal const int Capacity = 16;

    private readonly bool[] _used = new bool[Capacity];
    private readonly int[] _offset = new int[Capacity];
    private readonly int[] _size = new int[Capacity];
    private readonly int[] _commit = new int[Capacity];
    private readonly int[] _crc = new int[Capacity];

    internal void Clear()
    {
        for (int i = 0; i < Capacity; i++)
        {
            _used[i] = false;
        }
    }

    /// <summary>Notes a commit. Whatever other checkpoint it overwrites can no longer be read.</summary>
    /// <returns>BadArgument when it has no bytes, for nothing would ever overwrite it; Full when there are too many checkpoints.</returns>
    internal Error Set(in Checkpoint checkpoint)
    {
        if (checkpoint.Size <= 0)
        {
            return Error.BadArgument;
        }

        int free = -1;
        for (int i = 0; i < Capacity; i++)
        {
            if (_used[i] && _offset[i] < checkpoint.Offset + checkpoint.Size && checkpoint.Offset < _offset[i] + _size[i])
            {
                _used[i] = false;
            }

            free = free < 0 && !_used[i] ? i : free;
        }

        if (free < 0)
        {
            return Error.Full;
        }

        _used[free] = true;
        _offset[free] = checkpoint.Offset;
        _size[free] = checkpoint.Size;
        _commit[free] = checkpoint.Commit;
        _crc[free] = checkpoint.Crc;
        return Error.None;
    }

    /// <summary>Whether exactly this commit can be read.</summary>
    internal bool Has(in Checkpoint checkpoint)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_used[i] && _offset[i] == checkpoint.Offset && _commit[i] == checkpoint.Commit)
            {
                return _size[i] == checkpoint.Size && _crc[i] == checkpoint.Crc;
            }
        }

        return false;
    }
}
