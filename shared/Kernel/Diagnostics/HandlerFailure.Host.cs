// How a handler was ended in the middle.
using System;

namespace Tern.Kernel;

/// <summary>A handler that an exception, a failed access or its budget ended.</summary>
/// <param name="Place">The handler.</param>
/// <param name="Exception">What was thrown; the kernel's own when <paramref name="Error"/> is not Faulted.</param>
/// <param name="Error">Faulted for the program's own exception.</param>
/// <param name="Address">The address that was not to be reached; 0 also when the fault is about none.</param>
/// <param name="Access">What was wanted there; None when the fault is about no address.</param>
/// <param name="HandlerNanoseconds">How long the handler had run up to its last account.</param>
public readonly record struct HandlerFailure(
    ProgramPlace Place, Exception Exception, Error Error, int Address, Rights Access, long HandlerNanoseconds)
{
    /// <summary>Whether an access to memory failed.</summary>
    public bool IsAccess => Access != Rights.None || Address != 0;
}
