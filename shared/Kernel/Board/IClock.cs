// Time. A physical or real-time board measures it; a virtual board advances it by a cost model.
namespace Tern.Kernel;

/// <summary>A board's monotonic clock.</summary>
public interface IClock
{
    /// <summary>Nanoseconds since the board was switched on; never goes back.</summary>
    long Nanoseconds { get; }

    /// <summary>
    /// Tells the clock what the kernel has just done. A modelled clock advances by what that costs on its kind of
    /// board; a measuring clock ignores it.
    /// </summary>
    /// <param name="work">The kind of work.</param>
    /// <param name="amount">How much of it: a count, or bytes.</param>
    void Spend(Work work, int amount);
}
