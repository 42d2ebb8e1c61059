// The index: what its two copies on the disk are, and what follows from that (docs/nas-format.md).
// A copy is whole when its checksum is right and its records are such as a store can have written: the disk is believed nothing.
// Invariants: a new index is made only where no copy is whole and one is blank throughout, as on a disk that was never used and
// after a power cut in the first format, or where exactly these bytes were said to be given up; everything else is refused.
using Tern.Kernel;

namespace Tern.Cms;

internal sealed partial class NasIndex
{
    private const int EveryBit = -1;

    private bool _hasForeignSize;

    /// <summary>How <see cref="Open"/> came to its index, or why it refused.</summary>
    internal NasOpening Opening { get; private set; }

    /// <summary>Names the bytes of both copies that were refused, for whoever gives them up; empty when nothing was.</summary>
    internal string Fingerprint { get; private set; } = "";

    /// <summary>Reads the index, or makes an empty one.</summary>
    /// <param name="given">The fingerprint of what is to be given up for an empty index; empty for nothing.</param>
    /// <returns>BadData when it is refused (see <see cref="Opening"/>); Full when the disk is too small; DeviceFailed.</returns>
    internal Error Open(string given)
    {
        Opening = NasOpening.Failed;
        Fingerprint = "";
        Error error = Prepare();
        uint newest = 0;
        int marks = 0;
        error = error == Error.None ? ReadCopies(out newest, out marks) : error;
        if (error != Error.None)
        {
            return error;
        }

        _generation = (int)newest;
        bool isNew = newest == 0;
        string found = Hex.Format(marks, 8);
        if (isNew && !_blank[0] && !_blank[1] && given != found)
        {
            Opening = _hasForeignSize ? NasOpening.OtherSize : NasOpening.Damaged;
            Fingerprint = found;
            return Error.BadData;
        }

        _env.Memory.Copy(Durable, _address, AreaSize);
        Rows = Capacity;
        while (Rows > 0 && this[Rows - 1].State == NasState.Free)
        {
            Rows--;
        }

        if (isNew && given == found)
        {
            // So that no later state of this index has the same number.
            _env.Memory.WriteInt32(_address + NasFormat.GivenUpAt, marks);
        }

        bool isMirrored = IsMirrored;
        error = isMirrored ? Error.None : Commit();
        if (error == Error.None)
        {
            Opening = !isNew ? isMirrored ? NasOpening.Whole : NasOpening.Repaired
                : given == found ? NasOpening.GivenUp : NasOpening.Blank;
        }

        return error;
    }

    /// <summary>Judges both copies, and keeps the newest whole one.</summary>
    /// <param name="newest">Its generation; 0 when there is none.</param>
    /// <param name="marks">The CRC-32 of both copies' blocks.</param>
    private Error ReadCopies(out uint newest, out int marks)
    {
        newest = 0;
        marks = 0;
        _isDoubtful = _hasForeignSize = false;
        for (int copy = 0; copy < 2; copy++)
        {
            Error error = _disk.Read(copy * AreaBlocks, AreaBlocks, _dataspace, 0);
            marks = error == Error.None ? _crypto.Crc32(_dataspace, 0, _stride, marks, out error) : 0;
            if (error != Error.None)
            {
                return error;
            }

            _whole[copy] = IsWhole();
            _blank[copy] = !_whole[copy] && IsBlank();
            uint generation = (uint)_env.Memory.ReadInt32(_address + NasFormat.GenerationAt);
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

        return Error.None;
    }

    /// <summary>Whether a copy's blocks are as a disk that was never written has them: all bits 0, or all 1.</summary>
    private bool IsBlank()
    {
        Kernel.Memory memory = _env.Memory;
        int first = memory.ReadInt32(_address);
        bool blank = first is 0 or EveryBit;
        for (int at = 0; at < _stride && blank; at += sizeof(int))
        {
            blank = memory.ReadInt32(_address + at) == first;
        }

        return blank;
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
        bool sealedHere = memory.ReadInt32(_address) == Magic && memory.ReadInt32(_address + NasFormat.VersionAt) == Version
            && memory.ReadInt32(_address + NasFormat.GenerationAt) != 0 && memory.ReadInt32(_address + NasFormat.CapacityAt) == Capacity
            && memory.ReadInt32(_address + CrcAt) == Checksum();
        bool size = memory.ReadInt32(_address + NasFormat.BlockSizeAt) == BlockSize && memory.ReadInt32(_address + NasFormat.BlockCountAt) == BlockCount;
        _hasForeignSize |= sealedHere && !size;
        return sealedHere && size && HasPossibleRecords();
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
}
