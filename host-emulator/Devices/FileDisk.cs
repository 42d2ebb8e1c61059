// A virtual disk kept in a file of the host, so that it outlives the run.
// Invariants: the file has the disk's full size from the start, so a file that is there and empty is a disk that was cut, and no
// new one; an I/O error of the host is a failure of the device, and the emulator is told, since it is nothing that the board did.
using Microsoft.Win32.SafeHandles;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>A block device in a file.</summary>
public sealed class FileDisk : IBlockDevice, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly Action<IOException>? _failed;

    /// <summary>Opens a disk, or makes one of zeroes.</summary>
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="blockSize">Bytes a block.</param>
    /// <param name="blockCount">How many blocks.</param>
    /// <param name="failed">Is told what the host could not do.</param>
    /// <exception cref="InvalidDataException">The file is a disk of another size, or empty.</exception>
    public FileDisk(string path, int blockSize, int blockCount, Action<IOException>? failed = null)
    {
        _path = path;
        _failed = failed;
        DiskGeometry.Check(blockSize, blockCount);
        BlockSize = blockSize;
        BlockCount = blockCount;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        bool isNew = !File.Exists(path);
        _file = File.OpenHandle(path, isNew ? FileMode.CreateNew : FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        long size = (long)blockSize * blockCount;
        long found = RandomAccess.GetLength(_file);
        if (isNew)
        {
            RandomAccess.SetLength(_file, size);
        }
        else if (found != size)
        {
            _file.Dispose();
            throw new InvalidDataException($"{path} has {found} bytes, but the board's disk has {size}: "
                + (found == 0 ? "it was cut; remove it for a blank disk, or bring it back" : "use another directory, or the bench that made it"));
        }
    }

    /// <inheritdoc/>
    public int BlockSize { get; }

    /// <inheritdoc/>
    public int BlockCount { get; }

    /// <inheritdoc/>
    public bool Read(int block, byte[] buffer, int offset, int count)
    {
        DiskGeometry.Check(this, block, buffer, offset, count);
        Span<byte> rest = buffer.AsSpan(offset, count * BlockSize);
        long position = (long)block * BlockSize;
        try
        {
            while (rest.Length > 0)
            {
                int got = RandomAccess.Read(_file, rest, position);
                if (got == 0)
                {
                    throw new IOException(_path + " was cut short");
                }

                rest = rest[got..];
                position += got;
            }

            return true;
        }
        catch (IOException e)
        {
            return Failed(e);
        }
    }

    /// <inheritdoc/>
    public bool Write(int block, byte[] buffer, int offset, int count)
    {
        DiskGeometry.Check(this, block, buffer, offset, count);
        try
        {
            RandomAccess.Write(_file, buffer.AsSpan(offset, count * BlockSize), (long)block * BlockSize);
            return true;
        }
        catch (IOException e)
        {
            return Failed(WholeFile.CannotWrite(_path, e));
        }
    }

    /// <inheritdoc/>
    public bool Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_file);
            return true;
        }
        catch (IOException e)
        {
            return Failed(WholeFile.CannotWrite(_path, e));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool Failed(IOException failure)
    {
        _failed?.Invoke(failure);
        return false;
    }
}
