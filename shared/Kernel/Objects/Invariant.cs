// Assertions of what must hold inside the kernel. A broken one stops the board: going on could save a bad state.
using System;

namespace Tern.Kernel;

/// <summary>Consistency checks of the kernel and of its pinned programs, always on.</summary>
public static class Invariant
{
    /// <summary>Stops the board when a condition does not hold.</summary>
    public static void That(bool condition)
    {
        if (!condition)
        {
            Fail();
        }
    }

    private static void Fail() => throw new KernelPanicException();
}

/// <summary>The kernel found its own state inconsistent. Nothing catches it but the board.</summary>
public sealed class KernelPanicException : Exception
{
}
