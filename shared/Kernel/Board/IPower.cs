// Power management: a board announces that it will sleep, and sleeps when the kernel says that nobody needs it any longer, or
// when its time is over. Asleep it does not run; its memory stays.
namespace Tern.Kernel;

/// <summary>The board's power management. Like all devices it only queues; the kernel takes its news from its loop.</summary>
public interface IPower
{
    /// <summary>Nanoseconds until the board sleeps in any case; −1 while it does not intend to.</summary>
    long RemainingNanoseconds { get; }

    /// <summary>Takes the news, if there are any: the board intends to sleep, it no longer does, or it has slept and is awake again.</summary>
    /// <returns>Whether there were any since the last time.</returns>
    bool Take();

    /// <summary>Nobody needs the board to be awake: it may sleep as soon as the kernel's loop is done with this step.</summary>
    void Ready();
}
