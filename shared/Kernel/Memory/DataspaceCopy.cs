// Copying between dataspaces with the processor: whole contiguous pieces with one native copy each. Where a managed dataspace
// has a hole or lacks the right, its fault handler is asked, as a memory access does.
// Invariants: a piece is copied before any handler is asked for the next, since a handler may take away what was found before;
// what is left of a copy stands in no field, since a handler may copy as well.
using System;

namespace Tern.Kernel;

/// <summary>Copies ranges of dataspaces and managed dataspaces.</summary>
internal sealed class DataspaceCopy
{
    // For both sides of a piece. Handlers that take each other's pages away must not keep the kernel busy forever.
    private const int MaxAttempts = 8;

    private readonly Microkernel _kernel;
    private readonly Resolution _from = new Resolution();
    private readonly Resolution _to = new Resolution();

    internal DataspaceCopy(Microkernel kernel)
    {
        _kernel = kernel;
    }

    /// <summary>Copies; where it fails, the pieces before have been copied.</summary>
    internal Error Run(int from, int fromOffset, int to, int toOffset, int length)
    {
        if (!Contains(from, fromOffset, length) || !Contains(to, toOffset, length))
        {
            return Error.BadArgument;
        }

        int fromBadge = _kernel.Objects.Badge(from);
        int toBadge = _kernel.Objects.Badge(to);
        int attempts = 0;
        while (length > 0)
        {
            Error error = _kernel.Memory.Resolve(from, fromOffset, Rights.Read, _from);
            bool isSourceMissing = error != Error.None;
            error = isSourceMissing ? error : _kernel.Memory.Resolve(to, toOffset, Rights.Write, _to);
            if (error != Error.None)
            {
                if (++attempts > MaxAttempts || !Ask(error, isSourceMissing))
                {
                    return error;
                }

                // The handler may have ended what is copied; what was found of the source may be another's by now.
                if (!_kernel.Objects.IsLive(from, fromBadge) || !_kernel.Objects.IsLive(to, toBadge))
                {
                    return Error.InvalidCapability;
                }

                continue;
            }

            int count = _from.Extent < _to.Extent ? _from.Extent : _to.Extent;
            count = count < length ? count : length;
            Array.Copy(_from.Memory, _from.Offset, _to.Memory, _to.Offset, count);
            _kernel.Spend(Work.CopyBytes, count);
            fromOffset += count;
            toOffset += count;
            length -= count;
            attempts = 0;
        }

        return Error.None;
    }

    private bool Contains(int id, int offset, int length)
        => offset >= 0 && length >= 0 && offset <= _kernel.Memory.SizeOf(id) - length;

    /// <summary>Asks for a side of a piece. Registers are no bytes: no handler makes them some.</summary>
    private bool Ask(Error error, bool isSourceMissing)
    {
        if (error == Error.WrongObject)
        {
            return false;
        }

        _kernel.Spend(Work.PageFault, 1);
        return isSourceMissing ? _kernel.Faults.AskHandler(_from, Rights.Read) : _kernel.Faults.AskHandler(_to, Rights.Write);
    }
}
