// Modules of the boot image as dataspaces. They stay outside the RAM banks (flash, on a board) and cost no quota.
using System;

namespace Tern.Kernel;

/// <summary>The dataspaces of boot modules, made on first use.</summary>
internal sealed class BootModuleCache
{
    private const int MaxModules = 16;

    private readonly Core _core;
    private readonly string?[] _name = new string?[MaxModules];
    private readonly int[] _dataspace = new int[MaxModules];
    private readonly int[] _length = new int[MaxModules];
    private readonly int[] _crc = new int[MaxModules];
    private readonly bool[] _hasCrc = new bool[MaxModules];

    internal BootModuleCache(Core core)
    {
        _core = core;
    }

    /// <summary>The dataspace of a module and its length in bytes; 0 when there is none, with the reason.</summary>
    internal int Open(string name, out int length, out Error error)
    {
        for (int i = 0; i < MaxModules; i++)
        {
            // Not by a comparison of the name: nanoFramework's interpreter does not survive one with a string that is null.
            if (_dataspace[i] == 0)
            {
                return Load(i, name, out length, out error);
            }

            if (_name[i] == name)
            {
                length = _length[i];
                error = Error.None;
                return _dataspace[i];
            }
        }

        length = 0;
        error = Error.TableFull;
        return 0;
    }

    /// <summary>The CRC-32 of a module, by its dataspace; computed on first use.</summary>
    internal int Crc(int dataspace)
    {
        int row = 0;
        while (row < MaxModules - 1 && _dataspace[row] != dataspace)
        {
            row++;
        }

        byte[]? module = _hasCrc[row] ? null : _core.Board.Modules.Module(_name[row]!);
        if (module != null)
        {
            _crc[row] = _core.Board.Crypto.Crc32(0, module, 0, module.Length);
            _hasCrc[row] = true;
            _core.Kernel.Spend(Work.HashBytes, module.Length);
        }

        return _crc[row];
    }

    private int Load(int row, string name, out int length, out Error error)
    {
        length = 0;
        byte[]? module = _core.Board.Modules.Module(name);
        if (module == null || module.Length == 0)
        {
            error = Error.NotFound;
            return 0;
        }

        // A page-table entry maps a whole page, so the last one must be there in full.
        var padded = new byte[_core.Kernel.Memory.RoundUp(module.Length)];
        Array.Copy(module, 0, padded, 0, module.Length);
        int id = _core.Kernel.Memory.CreateModule(_core.Task, padded);
        error = id == 0 ? Error.TableFull : Error.None;
        if (id != 0)
        {
            _name[row] = name;
            _dataspace[row] = id;
            _length[row] = length = module.Length;
        }

        return id;
    }
}
