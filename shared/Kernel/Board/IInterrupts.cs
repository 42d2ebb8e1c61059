// Interrupt lines. The device side only queues; the kernel takes the queue from its loop.
// Invariant: a line counts its pulses from Clear on, masked or not, until they are taken: none is lost for coming early.
namespace Tern.Kernel;

/// <summary>The board's interrupt controller, and the wiring between it and the devices.</summary>
public interface IInterrupts
{
    /// <summary>How many lines the board has; they are numbered from 0.</summary>
    int Lines { get; }

    /// <summary>The line that the board's wiring gives to an interrupt as components know it. Components name what they
    /// want, not where it is: another board may have it on another line.</summary>
    /// <param name="name">The interrupt's name; empty when it is asked for by its number.</param>
    /// <param name="number">Its number, when it has no name. A number that is not wired is the line of that number.</param>
    /// <returns>The line; −1 when the board has no such interrupt.</returns>
    int LineOf(string name, int number);

    /// <summary>Takes the next queued interrupt.</summary>
    /// <param name="count">How often the line has fired since it was taken last; a controller that only latches tells 1.</param>
    /// <returns>The line that fired, or −1 when none is queued.</returns>
    int Take(out int count);

    /// <summary>Masks or unmasks a line at the controller. A masked line that fires stays pending there. One that its device holds
    /// until it is answered fires again when it is unmasked and still held.</summary>
    void Mask(int line, bool masked);

    /// <summary>How often a line has fired and was not taken yet.</summary>
    int Pending(int line);

    /// <summary>Forgets how often a line has fired: it gets a new owner, who begins at nothing.</summary>
    void Clear(int line);
}
