// Access rights of an attached region, and the kinds of access that a fault reports.
using System;

namespace Tern.Kernel;

/// <summary>What may be done with memory.</summary>
[Flags]
public enum Rights : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Loads.</summary>
    Read = 1,

    /// <summary>Stores.</summary>
    Write = 2,

    /// <summary>Loads and stores.</summary>
    ReadWrite = 3,
}
