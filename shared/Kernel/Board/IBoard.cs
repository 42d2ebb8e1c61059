// The one door to the outside (rule "one door"): whatever shared code wants of the world, it gets from here.
// Invariants: nothing behind these interfaces calls back into the kernel. Devices queue events; the kernel polls
// them from its loop, so that a bench of boards runs deterministically in one thread.
namespace Tern.Kernel;

/// <summary>One ECU as the kernel sees it: its memory, its devices, and the programs and modules of its boot image.</summary>
public partial interface IBoard
{
    /// <summary>What kind of board this is, and the declared size of every kernel table.</summary>
    BoardProfile Profile { get; }

    /// <summary>The monotonic clock.</summary>
    IClock Clock { get; }

    /// <summary>Where core's LOG service writes.</summary>
    IConsole Console { get; }

    /// <summary>Where core's Report service delivers, or <c>null</c> when nobody listens.</summary>
    IReports? Reports { get; }

    /// <summary>Where the kernel's trace records go, or <c>null</c> when nobody listens.</summary>
    ITrace? Trace { get; }

    /// <summary>Random numbers; on a virtual board they come from the bench's seed.</summary>
    IRandom Random { get; }

    /// <summary>Checksums and message authentication. The board owns the keys.</summary>
    ICrypto Crypto { get; }

    /// <summary>Programs and data modules of the boot image.</summary>
    IBootModules Modules { get; }

    /// <summary>Interrupt lines, or <c>null</c> on a board that has none to give away.</summary>
    IInterrupts? Interrupts { get; }

    /// <summary>Register windows of devices, or <c>null</c> on a board that has none to give away.</summary>
    IIoMemory? IoMemory { get; }

    /// <summary>The board's SPI bus, or <c>null</c> on a board that has none to give away.</summary>
    ISpiBus? Spi { get; }

    /// <summary>The board's sockets, or <c>null</c> without a network.</summary>
    ISockets? Sockets { get; }

    /// <summary>The board's storage device, or <c>null</c> without one.</summary>
    IBlockDevice? Storage { get; }

    /// <summary>The board's power management, or <c>null</c> on a board that never sleeps.</summary>
    IPower? Power { get; }
}
