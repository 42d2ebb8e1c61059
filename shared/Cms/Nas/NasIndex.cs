// The index: a table of records in memory, and its two copies on the disk. Changing it is one atomic step for any number of
// records (docs/nas-format.md).
// A copy is whole when its checksum is right and its records are such as a store can have written: the disk is believed nothing.
// Invariants: at least one copy is always whole and holds the last change that succeeded; a copy that may be torn is
// written first, the other only after it is durable; a change that fails leaves the table in memory as it was. What became
// of it on the disk is then in doubt, and no block is given out before that is settled.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>The NAS's index.</summary>
internal sealed class NasIndex
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

    /// <summary>Whether <see cref="Open"/> found nothing and made an empty index.</summary>
    internal bool WasFormatted { get; private set; }

    /// <summary>Whether <see cref="Open"/> found one copy torn or stale and wrote it anew.</summary>
    internal bool WasRepaired { get; private set; }

    /// <summary>One more than the last row that was ever in use: so far a search has to look.</summary>
    internal int Rows { get; private set; }

    internal NasRecord this[int row] => new NasRecord(_env.Memory, _address + HeaderSize + (row * NasRecord.Size));

    // Beside the table that is changed lies the one that is on the disk.
    private int Durable => _address + _stride;

    /// <summary>Reads the index.</summary>
    /// <param name="format">Whether to make an empty one where both copies are damaged.</param>
    /// <returns>BadData when both copies are damaged; Full when the disk is too small; DeviceFailed.</returns>
    internal Error Open(bool format)
    {
        Error error = Prepare();
        if (error != Error.None)
        {
            return error;
        }

        uint newest = 0;
        _isDoubtful = false;
        int damaged = 0;
        for (int copy = 0; copy < 2; copy++)
        {
            error = _disk.Read(copy * AreaBlocks, AreaBlocks, _dataspace, 0);
            if (error != Error.None)
            {
                return error;
            }

            _whole[copy] = IsWhole();
            uint generation = (uint)_env.Memory.ReadInt32(_address + NasFormat.GenerationAt);
            damaged += !_whole[copy] && _env.Memory.ReadInt32(_address) == Magic ? 1 : 0;
            if (_whole[copy] && generation > newest)
            {
                newest = generation;
                _whole[1 - copy] = false;
                _env.Memory.Copy(_address, Durable, AreaSize);
            }
            else if (generation < newest)
            {
                _whole[copy] = false;
            }
        }

        _generation = (int)newest;
        WasFormatted = newest == 0;
        if (newest == 0 && damaged == 2 && !format)
        {
            return Error.BadData;
        }

        _env.Memory.Copy(Durable, _address, AreaSize);
        Rows = Capacity;
        while (Rows > 0 && this[Rows - 1].State == NasState.Free)
        {
            Rows--;
        }

        WasRepaired = newest != 0 && !IsMirrored;
        return IsMirrored ? Error.None : Commit();
    }

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
        int first = _whole[0] ? 1 : 0;
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
        _whole[copy] = false;
        Error error = _disk.Write(copy * AreaBlocks, AreaBlocks, _dataspace, 0);
        error = error == Error.None ? _disk.Flush() : error;
        _whole[copy] = error == Error.None;
        return error;
    }

    private Error Prepare()
    {
        Error error = _disk.Info(out int blockSize, out int blockCount);
        if (error != Error.None)
        {
            return error;
        }

        BlockSize = blockSize;
        BlockCount = blockCount;
        AreaBlocks = (AreaSize + blockSize - 1) / blockSize;
        _stride = AreaBlocks * blockSize;
        if (blockCount <= 2 * AreaBlocks)
        {
            return Error.Full;
        }

        if (_address == 0)
        {
            _dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(2 * _stride, out error);
            _address = error == Error.None ? _env.Attach(_dataspace) : 0;
            return error != Error.None ? error : _address == 0 ? _env.LastError : Error.None;
        }

        _env.Memory.Clear(Durable, AreaSize);
        return Error.None;
    }

    private bool IsWhole()
    {
        Kernel.Memory memory = _env.Memory;
        return memory.ReadInt32(_address) == Magic && memory.ReadInt32(_address + NasFormat.VersionAt) == Version
            && memory.ReadInt32(_address + NasFormat.BlockSizeAt) == BlockSize && memory.ReadInt32(_address + NasFormat.BlockCountAt) == BlockCount
            && memory.ReadInt32(_address + NasFormat.CapacityAt) == Capacity && memory.ReadInt32(_address + CrcAt) == Checksum()
            && HasPossibleRecords();
    }

    /// <summary>Each for itself, and no block is two images'.</summary>
    private bool HasPossibleRecords()
    {
        for (int row = 0; row < Capacity; row++)
        {
            NasRecord record = this[row];
            if (!record.IsPossible(2 * AreaBlocks, BlockCount, BlockSize))
            {
                return false;
            }

            for (int other = 0; other < row && record.HasImage; other++)
            {
                if (this[other].HasImage && this[other].Block < End(record) && record.Block < End(this[other]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The block behind a record's image.</summary>
    private int End(NasRecord record) => record.Block + ((record.Length - 1) / BlockSize) + 1;

    /// <summary>Of everything but its own place.</summary>
    private int Checksum()
    {
        int crc = _crypto.Crc32(_dataspace, 0, CrcAt, 0, out Error _);
        return _crypto.Crc32(_dataspace, HeaderSize, AreaSize - HeaderSize, crc, out Error _);
    }
}
