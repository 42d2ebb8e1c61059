// The index: a table of records in memory, and its two copies on the disk. Changing it is one atomic step for any number of
// records (docs/nas-format.md). This file: changing it; beside it: opening.
// Invariants: at least one copy is always whole and holds the last change that succeeded; a copy that may be torn is
// written first, a blank one last, and the other only after the first is durable; a change that fails leaves the table in
// memory as it was. What became of it on the disk is then in doubt, and no block is given out before that is settled.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>The NAS's index.</summary>
internal sealed partial class NasIndex
{
    internal const int Capacity = NasFormat.Capacity;

    private const int Magic = NasFormat.Magic;
    private const int Version = NasFormat.Version;
    private const int HeaderSize = NasFormat.HeaderSize;
    private const int AreaSize = NasFormat.AreaSize;
    private const int CrcAt = NasFormat.CrcAt;

    private readonly Env _env;
    private readonly BlockSession _disk;
    private readonly CryptoSession _crypto;
    private readonly bool[] _whole = new bool[2];
    private readonly bool[] _blank = new bool[2];
    private int _dataspace;
    private int _address;
    private int _stride;
    private int _generation;
    private bool _isDoubtful;

    internal NasIndex(Env env, BlockSession disk, CryptoSession crypto)
    {
        _env = env;
        _disk = disk;
        _crypto = crypto;
    }

    internal int BlockSize { get; private set; }

    internal int BlockCount { get; private set; }

    /// <summary>Blocks of one copy; the images begin after two.</summary>
    internal int AreaBlocks { get; private set; }

    /// <summary>Whether both copies are on the disk.</summary>
    internal bool IsMirrored => _whole[0] && _whole[1];

    /// <summary>One more than the last row that was ever in use: so far a search has to look.</summary>
    internal int Rows { get; private set; }

    internal NasRecord this[int row] => new NasRecord(_env.Memory, _address + HeaderSize + (row * NasRecord.Size));

    // Beside the table that is changed lies the one that is on the disk.
    private int Durable => _address + _stride;

    /// <summary>A row that has not been in use yet; −1 when all have.</summary>
    internal int TakeRow() => Rows < Capacity ? Rows++ : -1;

    /// <summary>Makes the changes of the table durable, all or none.</summary>
    internal Error Commit()
    {
        Kernel.Memory memory = _env.Memory;
        memory.WriteInt32(_address, Magic);
        memory.WriteInt32(_address + NasFormat.VersionAt, Version);
        memory.WriteInt32(_address + NasFormat.GenerationAt, ++_generation);
        memory.WriteInt32(_address + NasFormat.BlockSizeAt, BlockSize);
        memory.WriteInt32(_address + NasFormat.BlockCountAt, BlockCount);
        memory.WriteInt32(_address + NasFormat.CapacityAt, Capacity);
        memory.WriteInt32(_address + CrcAt, Checksum());
        int first = _whole[0] || (_blank[0] && !_blank[1] && !_whole[1]) ? 1 : 0;
        Error error = Write(first);
        if (error != Error.None)
        {
            memory.Copy(Durable, _address, AreaSize);
            _isDoubtful = true;
            return error;
        }

        _isDoubtful = false;

        // It is durable with one copy. Without the second the next change begins with that one.
        memory.Copy(_address, Durable, AreaSize);
        Write(1 - first);
        return Error.None;
    }

    /// <summary>
    /// Settles what a failed change left on the disk: it may be there after all, and would name blocks that are free here.
    /// The table as it is gets a later generation.
    /// </summary>
    internal Error Settle() => _isDoubtful ? Commit() : Error.None;

    private Error Write(int copy)
    {
        _whole[copy] = _blank[copy] = false;
        Error error = _disk.Write(copy * AreaBlocks, AreaBlocks, _dataspace, 0);
        error = error == Error.None ? _disk.Flush() : error;
        _whole[copy] = error == Error.None;
        return error;
    }

    /// <summary>Of everything but its own place.</summary>
    private int Checksum()
    {
        int crc = _crypto.Crc32(_dataspace, 0, CrcAt, 0, out Error _);
        return _crypto.Crc32(_dataspace, HeaderSize, AreaSize - HeaderSize, crc, out Error _);
    }
}
