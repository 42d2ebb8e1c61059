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
    public static int Settle(Microkernel kernel)
    {
        int count = 0;
        kernel.Poll();
        while (count < Endless && kernel.Dispatch())
        {
            Expect.Sound(kernel);
            kernel.Poll();
            count++;
        }

        return count;
    }

    /// <summary>Lets a number of nanoseconds pass, timers firing on the way.</summary>
    public static void Run(Microkernel kernel, TestBoard board, long nanoseconds)
    {
        long end = board.Nanoseconds + nanoseconds;
        Settle(kernel);
        while (kernel.NextDeadlineNanoseconds <= end)
        {
            if (board.Nanoseconds < kernel.NextDeadlineNanoseconds)
            {
                board.Nanoseconds = kernel.NextDeadlineNanoseconds;
            }

            Settle(kernel);
        }

        if (board.Nanoseconds < end)
        {
            board.Nanoseconds = end;
        }
    }
}
