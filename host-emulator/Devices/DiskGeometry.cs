// What every disk of the emulator checks. A violation is a defect of the caller, not of the device: it throws.
using System.Numerics;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal static class DiskGeometry
{
    internal static void Check(int blockSize, int blockCount)
    {
        if (blockSize < 512 || !BitOperations.IsPow2(blockSize))
        {
            throw new ArgumentOutOfRangeException(nameof(blockSize), blockSize, "a power of two, at least 512");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(blockCount, 1);
    }

    internal static void Check(IBlockDevice disk, int block, byte[] buffer, int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, disk.BlockCount - block);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * disk.BlockSize, (long)buffer.Length - offset, nameof(buffer));
    }
}
