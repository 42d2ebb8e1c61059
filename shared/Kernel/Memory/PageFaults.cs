// The slow path of the soft MMU: fills page-table entries from the region maps, and asks fault handlers for the rest.
namespace Tern.Kernel;

/// <summary>Resolves page faults.</summary>
internal sealed class PageFaults
{
    // Neighbouring pages that are filled along, so that a walk through memory faults once for many.
    private const int FillAhead = 16;

    // A handler that answers and changes nothing must not keep the kernel busy forever.
    private const int MaxAttempts = 4;

    /// <summary>In place of a page-table entry: there are registers, never to be kept in a page table.</summary>
    internal const int Device = -1;

    private readonly Microkernel _kernel;
    private readonly Resolution _resolution = new Resolution { TakesDevices = true };

    internal PageFaults(Microkernel kernel)
    {
        _kernel = kernel;
    }

    /// <summary>Makes an address accessible, or ends the running handler.</summary>
    /// <returns>The page-table entry; <see cref="Device"/> when <see cref="ReadDevice"/> or <see cref="WriteDevice"/> has to follow.</returns>
    internal int Resolve(Task task, int address, Rights access)
    {
        _kernel.Spend(Work.PageFault, 1);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.PageFault, _kernel.Tracer.Running, address, (int)access, 0);
        }

        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Error error = _kernel.Memory.Resolve(task.AddressSpaceIdentity, address, access, _resolution);
            if (error == Error.None)
            {
                return _resolution.Device == 0 ? Fill(task.AddressSpace, address) : Device;
            }

            if (!AskHandler(_resolution, access))
            {
                break;
            }
        }

        throw new ProgramFault(Error.Faulted, address, access);
    }

    /// <summary>Reads the registers that were resolved last.</summary>
    internal int ReadDevice(int address, int width)
    {
        IIoMemory device = CheckDevice(address, width, Rights.Read);
        return device.Read(_kernel.Memory.Dataspaces.Window(_resolution.Device), _resolution.Offset, width);
    }

    /// <summary>Writes the registers that were resolved last.</summary>
    internal void WriteDevice(int address, int width, int value)
    {
        IIoMemory device = CheckDevice(address, width, Rights.Write);
        device.Write(_kernel.Memory.Dataspaces.Window(_resolution.Device), _resolution.Offset, width, value);
    }

    /// <summary>Asks the fault handler that was met where nothing was found; afterwards, all that was resolved may be otherwise.</summary>
    /// <returns>Whether it is worth to try again.</returns>
    internal bool AskHandler(Resolution missing, Rights access)
    {
        if (missing.HandlerMap == 0)
        {
            return false;
        }

        RegionMap map = _kernel.Memory.Map(missing.HandlerMap);
        return _kernel.Objects.IsLive(map.FaultHandler, map.FaultHandlerBadge)
            && _kernel.Ipc.CallFaultHandler(map.FaultHandler, missing.HandlerAddress, access) == Error.None;
    }

    /// <summary>An access to registers is whole and aligned, or ends the running handler.</summary>
    private IIoMemory CheckDevice(int address, int width, Rights access)
    {
        if (_resolution.Extent < width || (_resolution.Offset & (width - 1)) != 0)
        {
            throw new ProgramFault(Error.Faulted, address, access);
        }

        return _kernel.Core.Board.IoMemory!;
    }

    private int Fill(AddressSpace space, int address)
    {
        int shift = space.PageShift;
        int within = address & ((1 << shift) - 1);
        int page = (address - AddressSpace.Base) >> shift;
        int offset = _resolution.Offset - within;
        int pages = (_resolution.Extent - 1 + within >> shift) + 1;
        pages = pages < FillAhead ? pages : FillAhead;
        for (int i = 0; i < pages && page + i < space.Entries.Length; i++)
        {
            space.Fill(page + i, _resolution.Memory, offset + (i << shift), _resolution.Rights);
        }

        return space.Entries[page];
    }
}
