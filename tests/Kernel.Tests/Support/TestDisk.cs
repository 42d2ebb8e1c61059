// A storage device for tests, in an array.
using System;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A disk of 512-byte blocks that can be told to fail.</summary>
public sealed class TestDisk : IBlockDevice
{
    private readonly byte[] _bytes;

    public TestDisk(int blocks)
    {
        _bytes = new byte[blocks * BlockSize];
    }

    public int BlockSize => 512;

    public int BlockCount => _bytes.Length / BlockSize;

    public bool Fails { get; set; }

    public bool Read(int block, byte[] buffer, int offset, int count)
    {
        Array.Copy(_bytes, block * BlockSize, buffer, offset, count * BlockSize);
        return !Fails;
    }

    public bool Write(int block, byte[] buffer, int offset, int count)
    {
        Array.Copy(buffer, offset, _bytes, block * BlockSize, count * BlockSize);
        return !Fails;
    }

    public bool Flush() => !Fails;
}
