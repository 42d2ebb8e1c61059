// The selectors that every component finds filled when it starts. Their places follow the capability-space dumps of
// the IRQ-session report: the task at 1, the initial environment from 8 on.
namespace Tern.Kernel;

/// <summary>Well-known selectors of a component's capability space.</summary>
public static class Selectors
{
    /// <summary>Names nothing, ever.</summary>
    public const int Invalid = 0;

    /// <summary>The component's own task.</summary>
    public const int Task = 1;

    /// <summary>The parent interface.</summary>
    public const int Parent = 8;

    /// <summary>The PD session.</summary>
    public const int Pd = 9;

    /// <summary>The CPU session.</summary>
    public const int Cpu = 10;

    /// <summary>The LOG session.</summary>
    public const int Log = 11;

    /// <summary>The initial thread.</summary>
    public const int Thread = 12;

    /// <summary>The region map of the component's address space.</summary>
    public const int AddressSpace = 13;

    /// <summary>The first selector that the kernel gives out for received capabilities.</summary>
    public const int FirstFree = 16;
}
