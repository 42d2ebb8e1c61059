// The kinds of kernel object that a capability can name.
namespace Tern.Kernel;

/// <summary>A kind of kernel object.</summary>
public enum ObjectType : byte
{
    /// <summary>Nothing: an empty selector.</summary>
    None,

    /// <summary>A protection domain.</summary>
    Task,

    /// <summary>An activity in a task.</summary>
    Thread,

    /// <summary>An IPC gate: the way to an RPC object.</summary>
    Gate,

    /// <summary>A signal context or an interrupt.</summary>
    Irq,

    /// <summary>A piece of memory.</summary>
    Dataspace,

    /// <summary>A layout of an address space, or a managed dataspace.</summary>
    RegionMap,
}
