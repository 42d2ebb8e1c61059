// The yardstick of every copy: memcpy between two page-aligned blocks of the same size, touched before.
using System.Runtime.InteropServices;

namespace Tern.Benchmarks;

/// <summary>Two blocks outside of the managed heap, where the best alignment can be had.</summary>
internal sealed unsafe class PlainCopy : IDisposable
{
    private const int Alignment = 4096;

    private readonly int _bytes;
    private void* _from;
    private void* _to;

    internal PlainCopy(int bytes)
    {
        _bytes = bytes;
        _from = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        _to = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Fill(_from, (nuint)bytes, 1);
        NativeMemory.Fill(_to, (nuint)bytes, 1);
    }

    /// <summary>Bytes that a copy moves.</summary>
    internal int Bytes => _bytes;

    /// <summary>Nanoseconds of a number of copies.</summary>
    internal long Measure(int count) => Case.Timed(Run)(count);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_from);
        NativeMemory.AlignedFree(_to);
        _from = _to = null;
    }

    private void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Buffer.MemoryCopy(_from, _to, _bytes, _bytes);
        }
    }
}
