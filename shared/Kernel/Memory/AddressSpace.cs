// The page table of one task: the soft MMU's answer to most accesses.
// Invariant: a filled entry says what the region maps say; whoever changes a region map flushes the entries it covers.
using System;

namespace Tern.Kernel;

/// <summary>Page number → bytes. An entry is the page's offset in its array, with access rights in the low bits that a page-aligned offset leaves free.</summary>
internal sealed class AddressSpace
{
    /// <summary>The lowest address that can be mapped: address 0 and its neighbours never can, and it suits every page size.</summary>
    internal const int Base = MemoryLayout.InitialMemory;

    /// <summary>The bits of an entry that hold rights.</summary>
    internal const int RightsMask = (int)Rights.ReadWrite;

    private readonly int _pageShift;

    internal AddressSpace(int pageSize)
    {
        while (1 << _pageShift < pageSize)
        {
            _pageShift++;
        }
    }

    internal int PageShift => _pageShift;

    /// <summary>How often pages were forgotten: whoever looked up several pages sees by it whether they still hold.</summary>
    internal int Flushes;

    internal int[] Entries = Array0;
    internal byte[]?[] Frames = Frames0;

    private static readonly int[] Array0 = new int[0];
    private static readonly byte[]?[] Frames0 = new byte[]?[0];

    /// <summary>Makes room for entries up to an address.</summary>
    internal void Cover(int end)
    {
        int pages = (end - Base) >> _pageShift;
        if (pages <= Entries.Length)
        {
            return;
        }

        // Some more than needed, so that attaching one region after another does not copy the table each time.
        pages += pages >> 2;

        var entries = new int[pages];
        var frames = new byte[]?[pages];
        Array.Copy(Entries, 0, entries, 0, Entries.Length);
        Array.Copy(Frames, 0, frames, 0, Frames.Length);
        Entries = entries;
        Frames = frames;
    }

    internal void Fill(int page, byte[] memory, int offset, Rights rights)
    {
        Frames[page] = memory;
        Entries[page] = offset | (int)rights;
    }

    /// <summary>Forgets the pages of a range.</summary>
    internal void Flush(int start, int size)
    {
        Flushes++;
        int first = (start - Base) >> _pageShift;
        int end = (start - Base + size) >> _pageShift;
        end = end < Entries.Length ? end : Entries.Length;
        if (first < end)
        {
            Array.Clear(Entries, first, end - first);
            Array.Clear(Frames, first, end - first);
        }
    }
}
