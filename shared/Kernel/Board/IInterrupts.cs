// Interrupt lines. The device side only queues; the kernel takes the queue from its loop.
namespace Tern.Kernel;

/// <summary>The board's interrupt controller.</summary>
public interface IInterrupts
{
    /// <summary>How many lines the board has; they are numbered from 0.</summary>
    int Lines { get; }

    /// <summary>Takes the next queued interrupt.</summary>
    /// <returns>The line that fired, or −1 when none is queued.</returns>
    int Take();

    /// <summary>Masks or unmasks a line at the controller. A masked line that fires stays pending there.</summary>
    void Mask(int line, bool masked);
}
