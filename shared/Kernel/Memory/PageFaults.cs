// The slow path of the soft MMU: fills page-table entries from the region maps, and asks fault handlers for the rest.
namespace Tern.Kernel;

/// <summary>Resolves page faults.</summary>
internal sealed class PageFaults
{
    // Neighbouring pages that are filled along, so that a walk through memory faults once for many.
    private const int FillAhead = 16;

    // A handler that answers and changes nothing must not keep the kernel busy forever.
    private const int MaxAttempts = 4;

    private readonly Microkernel _kernel;
    private readonly Resolution _resolution = new Resolution();

    internal PageFaults(Microkernel kernel)
    {
        _kernel = kernel;
    }

    /// <summary>Makes an address accessible, or ends the running handler.</summary>
    /// <returns>The page-table entry.</returns>
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
                return Fill(task.AddressSpace, address);
            }

            if (_resolution.HandlerMap == 0 || !AskHandler(access))
            {
                break;
            }
        }

        throw new ProgramFault(Error.Faulted, address, access);
    }

    private bool AskHandler(Rights access)
    {
        RegionMap map = _kernel.Memory.Map(_resolution.HandlerMap);
        return _kernel.Objects.IsLive(map.FaultHandler, map.FaultHandlerBadge)
            && _kernel.Ipc.CallFaultHandler(map.FaultHandler, _resolution.HandlerAddress, access) == Error.None;
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
