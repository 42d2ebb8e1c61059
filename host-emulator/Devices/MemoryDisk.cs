// A virtual disk in memory, with what a power cut does to one: every block written since the last flush is, block by
// block, new or old, as the seed decides.
// Invariant: what was flushed survives any power cut.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A block device whose content lives as long as the emulator runs.</summary>
public sealed class MemoryDisk : IBlockDevice, IPowerCut
{
    private readonly byte[][] _blocks;
    private readonly SortedDictionary<int, byte[]> _flushed = [];

    /// <summary>Makes a disk of zeroes.</summary>
    public MemoryDisk(int blockSize, int blockCount)
    {
        DiskGeometry.Check(blockSize, blockCount);
        BlockSize = blockSize;
        _blocks = new byte[blockCount][];
    }

    /// <inheritdoc/>
    public int BlockSize { get; }

    /// <inheritdoc/>
    public int BlockCount => _blocks.Length;

    /// <inheritdoc/>
    public bool Read(int block, byte[] buffer, int offset, int count)
    {
        DiskGeometry.Check(this, block, buffer, offset, count);
        for (int i = 0; i < count; i++)
        {
            Content(block + i).CopyTo(buffer.AsSpan(offset + (i * BlockSize)));
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Write(int block, byte[] buffer, int offset, int count)
    {
        DiskGeometry.Check(this, block, buffer, offset, count);
        for (int i = 0; i < count; i++)
        {
            if (_flushed.TryAdd(block + i, Content(block + i)))
            {
                _blocks[block + i] = new byte[BlockSize];
            }

            buffer.AsSpan(offset + (i * BlockSize), BlockSize).CopyTo(_blocks[block + i]);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Flush()
    {
        _flushed.Clear();
        return true;
    }

    /// <inheritdoc/>
    public void CutPower(SeededRandom random)
    {
        foreach ((int block, byte[] old) in _flushed)
        {
            if (random.Below(2) == 0)
            {
                _blocks[block] = old;
            }
        }

        _flushed.Clear();
    }

    private byte[] Content(int block) => _blocks[block] ??= new byte[BlockSize];
}
