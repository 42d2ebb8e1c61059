// The board's loop, as tests drive it.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Runs a kernel until nothing is left to do, or for a time.</summary>
public static class Drive
{
    /// <summary>More dispatches than any test needs; reaching it means that something goes in circles.</summary>
    public const int Endless = 1000000;

    /// <summary>Dispatches what is ready now, without moving the clock to any timer. The kernel audits itself after each dispatch.</summary>
    /// <returns>How many dispatches there were.</returns>
    public static int Settle(Microkernel kernel) => Settle(kernel, Endless);

    /// <summary>The same, with so many dispatches at most: a timer of a microsecond keeps a board busy for ever.</summary>
    public static int Settle(Microkernel kernel, int most)
    {
        int count = 0;
        kernel.Poll();
        while (count < most && count < Endless && kernel.Dispatch())
        {
            Expect.Sound(kernel);
            kernel.Poll();
            count++;
        }

        return count;
    }

    /// <summary>Lets a number of nanoseconds pass, timers firing on the way.</summary>
    public static void Run(Microkernel kernel, TestBoard board, long nanoseconds) => Run(kernel, board, nanoseconds, int.MaxValue);

    /// <summary>The same, with so many dispatches at most.</summary>
    public static void Run(Microkernel kernel, TestBoard board, long nanoseconds, int most)
    {
        long end = board.Nanoseconds + nanoseconds;
        most -= Settle(kernel, most);
        while (most > 0 && kernel.NextDeadlineNanoseconds <= end)
        {
            if (board.Nanoseconds < kernel.NextDeadlineNanoseconds)
            {
                board.Nanoseconds = kernel.NextDeadlineNanoseconds;
            }

            most -= Settle(kernel, most);
        }

        if (board.Nanoseconds < end)
        {
            board.Nanoseconds = end;
        }
    }
}
