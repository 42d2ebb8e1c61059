// A component's view of its memory: every access goes through the page table of its address space (rule "every access
// goes through the address space"). Numbers are little-endian; they need no alignment.
// Invariants: an access to a number either happens whole or faults; a fault that nobody resolves ends the handler, not the board.
using System;

namespace Tern.Kernel;

/// <summary>Typed and bulk access to one address space.</summary>
public sealed partial class Memory
{
    // A fault handler that takes away what was just there must not keep the kernel busy forever.
    private const int MaxAttempts = 4;

    private readonly Microkernel _kernel;
    private readonly AddressSpace _space;
    private readonly Task _task;
    private readonly int _shift;
    private readonly int _mask;

    internal Memory(Microkernel kernel, Task task)
    {
        _kernel = kernel;
        _task = task;
        _space = task.AddressSpace;
        _shift = _space.PageShift;
        _mask = (1 << _shift) - 1;
    }

    /// <summary>Bytes a page.</summary>
    public int PageSize => _mask + 1;

    /// <summary>Reads a byte.</summary>
    public byte ReadByte(int address)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Read) == 0)
        {
            entry = Fault(address, Rights.Read);
            if (entry == PageFaults.Device)
            {
                return (byte)_kernel.Faults.ReadDevice(address, 1);
            }
        }

        return _space.Frames[page]![(entry & ~AddressSpace.RightsMask) + (address & _mask)];
    }

    /// <summary>Reads a 32-bit number.</summary>
    public int ReadInt32(int address)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int offset = address & _mask;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Read) == 0 || offset > _mask - 3)
        {
            return ReadSlowly(address, 4);
        }

        return BitConverter.ToInt32(_space.Frames[page]!, (entry & ~AddressSpace.RightsMask) + offset);
    }

    /// <summary>Reads an unsigned 16-bit number.</summary>
    public int ReadUInt16(int address)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int offset = address & _mask;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Read) == 0 || offset == _mask)
        {
            return ReadSlowly(address, 2);
        }

        return BitConverter.ToUInt16(_space.Frames[page]!, (entry & ~AddressSpace.RightsMask) + offset);
    }

    /// <summary>Reads a 64-bit number.</summary>
    public long ReadInt64(int address)
    {
        int page = (address - AddressSpace.Base) >> _shift;
        int offset = address & _mask;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Read) == 0 || offset > _mask - 7)
        {
            return (uint)ReadInt32(address) | ((long)ReadInt32(address + 4) << 32);
        }

        CountAccess();
        return BitConverter.ToInt64(_space.Frames[page]!, (entry & ~AddressSpace.RightsMask) + offset);
    }

    /// <summary>Writes a byte.</summary>
    public void WriteByte(int address, byte value)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Write) == 0)
        {
            entry = Fault(address, Rights.Write);
            if (entry == PageFaults.Device)
            {
                _kernel.Faults.WriteDevice(address, 1, value);
                return;
            }
        }

        _space.Frames[page]![(entry & ~AddressSpace.RightsMask) + (address & _mask)] = value;
    }

    /// <summary>Writes a 32-bit number.</summary>
    public void WriteInt32(int address, int value)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int offset = address & _mask;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Write) == 0 || offset > _mask - 3)
        {
            WriteSlowly(address, value, 4);
            return;
        }

        LittleEndian.Write(_space.Frames[page]!, (entry & ~AddressSpace.RightsMask) + offset, value);
    }

    /// <summary>Writes the low 16 bits of a number.</summary>
    public void WriteUInt16(int address, int value)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int offset = address & _mask;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Write) == 0 || offset == _mask)
        {
            WriteSlowly(address, value, 2);
            return;
        }

        byte[] memory = _space.Frames[page]!;
        int at = (entry & ~AddressSpace.RightsMask) + offset;
        memory[at] = (byte)value;
        memory[at + 1] = (byte)(value >> 8);
    }

    /// <summary>Writes a 64-bit number.</summary>
    public void WriteInt64(int address, long value)
    {
        CountAccess();
        int page = (address - AddressSpace.Base) >> _shift;
        int offset = address & _mask;
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        if ((entry & (int)Rights.Write) == 0 || offset > _mask - 7)
        {
            Prepare(address, 8);
            WriteInt32(address, (int)value);
            WriteInt32(address + 4, (int)(value >> 32));
            return;
        }

        byte[] memory = _space.Frames[page]!;
        int at = (entry & ~AddressSpace.RightsMask) + offset;
        LittleEndian.Write(memory, at, (int)value);
        LittleEndian.Write(memory, at + 4, (int)(value >> 32));
    }

    /// <summary>Copies bytes out of memory.</summary>
    public void Read(int address, byte[] target, int offset, int length)
    {
        while (length > 0)
        {
            int count = Run(address, length, Rights.Read, out byte[] memory, out int at);
            Array.Copy(memory, at, target, offset, count);
            address += count;
            offset += count;
            length -= count;
        }
    }

    /// <summary>Copies bytes into memory. Where that faults, some of the pages before may have been written.</summary>
    public void Write(int address, byte[] source, int offset, int length)
    {
        while (length > 0)
        {
            int count = Run(address, length, Rights.Write, out byte[] memory, out int at);
            Array.Copy(source, offset, memory, at, count);
            address += count;
            offset += count;
            length -= count;
        }
    }

    /// <summary>Copies bytes within the address space. Within one dataspace the ranges may overlap.</summary>
    public void Copy(int from, int to, int length)
    {
        while (length > 0)
        {
            int count = RunBoth(from, to, length, out byte[] source, out int sourceAt, out byte[] target, out int targetAt);
            Array.Copy(source, sourceAt, target, targetAt, count);
            from += count;
            to += count;
            length -= count;
        }
    }

    /// <summary>Sets bytes to zero.</summary>
    public void Clear(int address, int length)
    {
        while (length > 0)
        {
            int count = Run(address, length, Rights.Write, out byte[] memory, out int at);
            Array.Clear(memory, at, count);
            address += count;
            length -= count;
        }
    }

    /// <summary>How many bytes can be copied at once. A fault of the one side may have taken the other's page away: then anew.</summary>
    private int RunBoth(int from, int to, int length, out byte[] source, out int sourceAt, out byte[] target, out int targetAt)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            int readable = Run(from, length, Rights.Read, out source, out sourceAt);
            int flushes = _space.Flushes;
            int count = Run(to, readable, Rights.Write, out target, out targetAt);
            if (flushes == _space.Flushes)
            {
                return count;
            }

            // Asking for more than one page of each side could take away again what was found.
            int rest = _mask + 1 - ((from & _mask) > (to & _mask) ? from & _mask : to & _mask);
            length = length < rest ? length : rest;
        }

        throw new ProgramFault(Error.Faulted, to);
    }

    /// <summary>How many bytes from an address on lie together in one array, at most the wanted length.</summary>
    private int Run(int address, int length, Rights access, out byte[] memory, out int at)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            int flushes = _space.Flushes;
            int count = TryRun(address, length, access, out memory, out at);

            if (flushes == _space.Flushes)
            {
                _kernel.Spend(Work.CopyBytes, count);
                return count;
            }

            // A fault handler on the way may have taken an earlier page away, for want of room: then page by page.
            int rest = _mask + 1 - (address & _mask);
            length = length < rest ? length : rest;
        }

        throw new ProgramFault(Error.Faulted, address);
    }

    private int TryRun(int address, int length, Rights access, out byte[] memory, out int at)
    {
        int page = (address - AddressSpace.Base) >> _shift;
        int entry = Entry(page, address, access);
        if (entry == PageFaults.Device)
        {
            throw new ProgramFault(Error.Faulted, address, access);         // registers are not copied in bulk
        }

        memory = _space.Frames[page]!;
        at = (entry & ~AddressSpace.RightsMask) + (address & _mask);
        int count = _mask + 1 - (address & _mask);
        int next = (entry & ~AddressSpace.RightsMask) + _mask + 1;
        while (count < length)
        {
            page++;
            entry = Entry(page, address + count, access);
            if (_space.Frames[page] != memory || (entry & ~AddressSpace.RightsMask) != next)
            {
                break;
            }

            count += _mask + 1;
            next += _mask + 1;
        }

        return count < length ? count : length;
    }

    private int Entry(int page, int address, Rights access)
    {
        int[] entries = _space.Entries;
        int entry = (uint)page < (uint)entries.Length ? entries[page] : 0;
        return (entry & (int)access) != 0 ? entry : Fault(address, access);
    }

    private int ReadSlowly(int address, int length)
    {
        if (Entry((address - AddressSpace.Base) >> _shift, address, Rights.Read) == PageFaults.Device)
        {
            return _kernel.Faults.ReadDevice(address, length);
        }

        int value = 0;
        for (int i = 0; i < length; i++)
        {
            value |= ReadByte(address + i) << (8 * i);
        }

        return value;
    }

    private void WriteSlowly(int address, int value, int length)
    {
        if (Entry((address - AddressSpace.Base) >> _shift, address, Rights.Write) == PageFaults.Device)
        {
            _kernel.Faults.WriteDevice(address, length, value);
            return;
        }

        Prepare(address, length);
        for (int i = 0; i < length; i++)
        {
            WriteByte(address + i, (byte)(value >> (8 * i)));
        }
    }

    /// <summary>Makes both ends of a number writable before its first byte is written, so that a fault leaves no half.</summary>
    private void Prepare(int address, int length)
    {
        Entry((address - AddressSpace.Base) >> _shift, address, Rights.Write);
        int last = address + length - 1;
        Entry((last - AddressSpace.Base) >> _shift, last, Rights.Write);
    }

    private int Fault(int address, Rights access) => _kernel.Faults.Resolve(_task, address, access);

    /// <summary>Counts an access for a modelled clock; on a board there is nothing to count.</summary>
    partial void CountAccess();
}
