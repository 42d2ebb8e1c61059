// Copying between dataspaces with the processor: whole contiguous pieces with one native copy each.
using System;

namespace Tern.Kernel;

/// <summary>Copies ranges of dataspaces and managed dataspaces.</summary>
internal sealed class DataspaceCopy
{
    private readonly Microkernel _kernel;
    private readonly DataspaceSpan _from;
    private readonly DataspaceSpan _to;

    internal DataspaceCopy(Microkernel kernel)
    {
        _kernel = kernel;
        _from = new DataspaceSpan(kernel.Memory);
        _to = new DataspaceSpan(kernel.Memory);
    }

    internal Error Run(int from, int fromOffset, int to, int toOffset, int length)
    {
        if (!_from.Begin(_kernel.Objects, from, fromOffset, length, Rights.Read)
            || !_to.Begin(_kernel.Objects, to, toOffset, length, Rights.Write))
        {
            return Error.BadArgument;
        }

        int ahead = 0;
        while (!_to.IsDone || ahead > 0)
        {
            if (ahead == 0)
            {
                if (!_from.Next(int.MaxValue))
                {
                    return _from.Error;
                }

                ahead = _from.Length;
            }

            if (!_to.Next(ahead))
            {
                return _to.Error;
            }

            Array.Copy(_from.Memory, _from.Offset + _from.Length - ahead, _to.Memory, _to.Offset, _to.Length);
            _kernel.Spend(Work.CopyBytes, _to.Length);
            ahead -= _to.Length;
        }

        return Error.None;
    }
}
