// How the kernel ends a handler in the middle: thrown at a crossing or a failed access, caught where the handler was entered.
using System;

namespace Tern.Kernel;

/// <summary>Ends the running handler.</summary>
internal sealed class ProgramFault : Exception
{
    internal ProgramFault(Error error, int address)
        : this(error, address, Rights.None)
    {
    }

    internal ProgramFault(Error error, int address, Rights access)
    {
        Error = error;
        Address = address;
        Access = access;
    }

    internal Error Error { get; }

    internal int Address { get; }

    /// <summary>What was wanted of the address; None when the fault is about none, or about a range of them.</summary>
    internal Rights Access { get; }
}
