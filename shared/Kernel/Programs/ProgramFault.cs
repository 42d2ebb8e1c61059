// How the kernel ends a handler in the middle: thrown at a crossing or a failed access, caught where the handler was entered.
using System;

namespace Tern.Kernel;

/// <summary>Ends the running handler.</summary>
internal sealed class ProgramFault : Exception
{
    internal ProgramFault(Error error, int address)
    {
        Error = error;
        Address = address;
    }

    internal Error Error { get; }

    internal int Address { get; }
}
