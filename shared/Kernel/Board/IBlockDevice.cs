// Storage: an SD card or flash on a board, a virtual disk or a file in the emulator.
namespace Tern.Kernel;

/// <summary>A device of equal blocks. A write is durable only after <see cref="Flush"/>; a torn one may leave any mix of old and new blocks.</summary>
public interface IBlockDevice
{
    /// <summary>Bytes a block; a power of two, at least 512.</summary>
    int BlockSize { get; }

    /// <summary>How many blocks there are.</summary>
    int BlockCount { get; }

    /// <summary>Reads whole blocks.</summary>
    /// <returns><c>false</c> when the device failed; the buffer's content is then undefined.</returns>
    bool Read(int block, byte[] buffer, int offset, int count);

    /// <summary>Writes whole blocks.</summary>
    /// <returns><c>false</c> when the device failed; the blocks' content is then undefined.</returns>
    bool Write(int block, byte[] buffer, int offset, int count);

    /// <summary>Makes all writes so far durable.</summary>
    /// <returns><c>false</c> when the device cannot promise that.</returns>
    bool Flush();
}
