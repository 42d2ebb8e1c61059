// The banks: parts of the co-processor's memory, each with the region map that shows it and the gate of its faults.
// Invariants: banks whose content is there do not overlap, so an address of the memory is in one of them at most; what is broken
// stays broken until its bank is removed.
namespace Tern.Os;

/// <summary>The table of banks, one array a column.</summary>
internal sealed class BankTable
{
    private readonly int[] _address;
    private readonly int[] _size;
    private readonly int[] _map;
    private readonly bool[] _isBroken;

    internal BankTable(int count)
    {
        _address = new int[count];
        _size = new int[count];
        _map = new int[count];
        _isBroken = new bool[count];
    }

    internal int Count => _size.Length;

    internal int Address(int bank) => _address[bank];

    internal int Size(int bank) => _size[bank];

    /// <summary>The selector of the region map.</summary>
    internal int Map(int bank) => _map[bank];

    internal bool IsUsed(int bank) => _size[bank] != 0;

    /// <summary>Whether a bank is there, and its content too.</summary>
    internal bool IsWhole(int bank) => (uint)bank < (uint)Count && IsUsed(bank) && !_isBroken[bank];

    internal void Break(int bank) => _isBroken[bank] = true;

    /// <summary>A row for another bank; −1 when there are as many as there may be.</summary>
    internal int FindFree()
    {
        int bank = Count - 1;
        while (bank >= 0 && IsUsed(bank))
        {
            bank--;
        }

        return bank;
    }

    /// <summary>Whether a part of a range is in a bank whose content is there.</summary>
    internal bool IsTaken(int address, int length)
    {
        for (int bank = 0; bank < Count; bank++)
        {
            if (IsWhole(bank) && Overlaps(bank, address, length))
            {
                return true;
            }
        }

        return false;
    }

    internal bool Overlaps(int bank, int address, int length)
        => _address[bank] - address < length && address - _address[bank] < _size[bank];

    internal void Add(int bank, int address, int size, int map)
    {
        _address[bank] = address;
        _size[bank] = size;
        _map[bank] = map;
        _isBroken[bank] = false;
    }

    internal void Remove(int bank) => _size[bank] = 0;
}
