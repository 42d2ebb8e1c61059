// The board's memory banks and who has which piece of them.
// Invariants: free pieces of a bank are disjoint, sorted and never adjacent; memory that is handed out is zero.
using System;

namespace Tern.Kernel;

/// <summary>Page-granular first-fit allocation of contiguous memory in the banks.</summary>
internal sealed class PhysicalMemory
{
    private readonly byte[][] _banks;
    private readonly int[][] _start;
    private readonly int[][] _size;
    private readonly int[] _count;

    // Above this offset a bank has never been handed out, so it is still zero.
    private readonly int[] _clean;

    internal PhysicalMemory(int[] bankSizes, int maxPieces)
    {
        _banks = new byte[bankSizes.Length][];
        _start = new int[bankSizes.Length][];
        _size = new int[bankSizes.Length][];
        _count = new int[bankSizes.Length];
        _clean = new int[bankSizes.Length];
        for (int bank = 0; bank < bankSizes.Length; bank++)
        {
            _banks[bank] = new byte[bankSizes[bank]];
            _start[bank] = new int[maxPieces + 1];
            _size[bank] = new int[maxPieces + 1];
            _size[bank][0] = bankSizes[bank];
            _count[bank] = 1;
        }
    }

    internal byte[] Bank(int bank) => _banks[bank];

    internal int Banks => _banks.Length;

    /// <summary>How many free pieces a bank has.</summary>
    internal int Pieces(int bank) => _count[bank];

    internal int PieceStart(int bank, int piece) => _start[bank][piece];

    internal int PieceSize(int bank, int piece) => _size[bank][piece];

    /// <summary>Takes a zeroed piece. A size of whole pages is the caller's duty.</summary>
    /// <returns>The bank, or −1 when no bank has a hole of that size.</returns>
    internal int Allocate(int size, out int offset)
    {
        for (int bank = 0; bank < _banks.Length; bank++)
        {
            for (int i = 0; i < _count[bank]; i++)
            {
                if (_size[bank][i] >= size)
                {
                    offset = Cut(bank, i, size);
                    return bank;
                }
            }
        }

        offset = 0;
        return -1;
    }

    /// <summary>Gives a piece back.</summary>
    internal void Free(int bank, int offset, int size)
    {
        int[] start = _start[bank];
        int[] sizes = _size[bank];
        int i = 0;
        while (i < _count[bank] && start[i] < offset)
        {
            i++;
        }

        bool joinsBefore = i > 0 && start[i - 1] + sizes[i - 1] == offset;
        bool joinsAfter = i < _count[bank] && offset + size == start[i];
        if (joinsBefore)
        {
            sizes[i - 1] += size;
            if (joinsAfter)
            {
                sizes[i - 1] += sizes[i];
                Delete(bank, i);
            }
        }
        else if (joinsAfter)
        {
            start[i] = offset;
            sizes[i] += size;
        }
        else
        {
            Insert(bank, i, offset, size);
        }
    }

    private int Cut(int bank, int piece, int size)
    {
        int offset = _start[bank][piece];
        _start[bank][piece] += size;
        _size[bank][piece] -= size;
        if (_size[bank][piece] == 0)
        {
            Delete(bank, piece);
        }

        int used = _clean[bank] - offset;
        if (used > 0)
        {
            Array.Clear(_banks[bank], offset, used < size ? used : size);
        }

        if (offset + size > _clean[bank])
        {
            _clean[bank] = offset + size;
        }

        return offset;
    }

    private void Delete(int bank, int piece)
    {
        int rest = --_count[bank] - piece;
        Array.Copy(_start[bank], piece + 1, _start[bank], piece, rest);
        Array.Copy(_size[bank], piece + 1, _size[bank], piece, rest);
    }

    private void Insert(int bank, int piece, int offset, int size)
    {
        int rest = _count[bank]++ - piece;
        Array.Copy(_start[bank], piece, _start[bank], piece + 1, rest);
        Array.Copy(_size[bank], piece, _size[bank], piece + 1, rest);
        _start[bank][piece] = offset;
        _size[bank][piece] = size;
    }
}
