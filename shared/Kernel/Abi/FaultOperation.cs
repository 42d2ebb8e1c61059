// The upcall that a region map's fault handler gets.
namespace Tern.Kernel;

/// <summary>Operations of a page-fault handler (Genode's region-map fault handler).</summary>
public static class FaultOperation
{
    /// <summary>Word 0: the address in the region map; word 1: <see cref="Rights"/> that were wanted. Answered with
    /// <see cref="Error.None"/> once the access can be tried again.</summary>
    public const int Resolve = 0x7001;
}
