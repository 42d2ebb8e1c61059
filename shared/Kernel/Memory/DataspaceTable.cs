// Dataspaces: pieces of physical memory, read-only modules of the boot image, register windows of devices, or views of what
// somebody else provides.
namespace Tern.Kernel;

/// <summary>The table of dataspaces, one array a column.</summary>
internal sealed class DataspaceTable
{
    /// <summary>In place of a bank: the bytes are a device's registers.</summary>
    internal const int Device = -2;

    /// <summary>In place of a bank: the bytes are what a part of a managed dataspace shows.</summary>
    internal const int Backed = -3;

    private static readonly byte[] NoMemory = new byte[0];

    private readonly byte[]?[] _memory;
    private readonly int[] _bank;
    private readonly int[] _offset;
    private readonly int[] _size;
    private readonly bool[] _writable;

    // Of a device: how many bytes are registers, and of which window. Made with the first device; most boards have none.
    private int[]? _registers;
    private int[]? _window;
    private int _free;

    internal DataspaceTable(int capacity)
    {
        _memory = new byte[]?[capacity + 1];
        _bank = new int[capacity + 1];
        _offset = new int[capacity + 1];
        _size = new int[capacity + 1];
        _writable = new bool[capacity + 1];
        for (int row = capacity; row > 0; row--)
        {
            _size[row] = _free;
            _free = row;
        }
    }

    internal int Capacity => _size.Length - 1;

    internal bool IsFull => _free == 0;

    /// <summary>Makes a row; 0 when the table is full.</summary>
    /// <param name="memory">The array that holds the bytes.</param>
    /// <param name="bank">The bank that the bytes are taken from; −1 for a module outside the banks.</param>
    /// <param name="offset">The first byte in the array, a multiple of the page size.</param>
    /// <param name="size">Bytes, a multiple of the page size.</param>
    /// <param name="writable">Whether anybody may write.</param>
    internal int Create(byte[] memory, int bank, int offset, int size, bool writable)
    {
        int row = _free;
        if (row != 0)
        {
            _free = _size[row];
            _memory[row] = memory;
            _bank[row] = bank;
            _offset[row] = offset;
            _size[row] = size;
            _writable[row] = writable;
        }

        return row;
    }

    /// <summary>Makes a row for registers of a device; 0 when the table is full.</summary>
    /// <param name="window">The window's number.</param>
    /// <param name="offset">The first register's offset in it.</param>
    /// <param name="registers">Bytes of registers.</param>
    /// <param name="size">The same in whole pages.</param>
    internal int CreateDevice(int window, int offset, int registers, int size)
    {
        _registers ??= new int[_size.Length];
        _window ??= new int[_size.Length];
        int row = Create(NoMemory, Device, offset, size, true);
        _registers[row] = registers;
        _window[row] = window;
        return row;
    }

    /// <summary>Whether a row is a device's registers.</summary>
    internal bool IsDevice(int row) => _bank[row] == Device;

    /// <summary>Whether a row's bytes come from a managed dataspace.</summary>
    internal bool IsBacked(int row) => _bank[row] == Backed;

    /// <summary>The region that tells where a row's bytes come from; 0 when that has ended, or for any other row.</summary>
    internal int Backing(int row) => _bank[row] == Backed ? _offset[row] : 0;

    /// <summary>From now on a row's bytes come from a managed dataspace.</summary>
    /// <param name="row">The row.</param>
    /// <param name="region">The region that tells from where; 0 when that has ended.</param>
    internal void Back(int row, int region)
    {
        _memory[row] = NoMemory;
        _bank[row] = Backed;
        _offset[row] = region;
    }

    /// <summary>The window of a device's row.</summary>
    internal int Window(int row) => _window![row];

    /// <summary>Bytes of a device's row that are registers.</summary>
    internal int Registers(int row) => _registers![row];

    internal void Destroy(int row)
    {
        _memory[row] = null;
        _size[row] = _free;
        _free = row;
    }

    internal bool IsUsed(int row) => _memory[row] != null;

    internal byte[] Memory(int row) => _memory[row]!;

    internal int Bank(int row) => _bank[row];

    internal int Offset(int row) => _offset[row];

    internal int Size(int row) => _size[row];

    internal bool IsWritable(int row) => _writable[row];

    /// <summary>Marks the free rows, for the audit.</summary>
    internal bool MarkFree(RowMarks marks) => marks.AddList(_size, _free);
}
