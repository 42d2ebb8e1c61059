// What ended a handler in the middle, as the CPU session tells whoever handles its threads' exceptions.
namespace Tern.Kernel;

/// <summary>A fault of a thread.</summary>
public struct ThreadFault
{
    /// <summary>Faulted for an exception or a failed access, OverBudget for a handler that took too long, or what else the kernel ended it for.</summary>
    public Error Error;

    /// <summary>The address that could not be accessed.</summary>
    public int Address;

    /// <summary>What was wanted of the address; None when the fault is about none, or about a range of them.</summary>
    public Rights Access;

    /// <summary>The label of the thread's entrypoint; 0 for the first.</summary>
    public int Label;

    /// <summary>The name of the program's own exception; empty when it is none.</summary>
    public string Exception;

    /// <summary>The selector of the thread.</summary>
    public int Thread;

    /// <summary>The fault in words, for logs.</summary>
    public readonly string Text => Exception.Length > 0 ? "exception " + Exception
        : Access != Rights.None ? "no " + (Access == Rights.Read ? "read" : "write") + " access to address 0x" + Hex.Format(Address, 1)
        : Address != 0 ? "no access to address 0x" + Hex.Format(Address, 1)
        : Errors.Name(Error);
}
