// Assertions of what must hold inside the kernel. A broken one stops the board: going on could save a bad state.
// Invariant: nobody but the kernel can do that, so neither class is public.
using System;

namespace Tern.Kernel;

/// <summary>Consistency checks of the kernel, always on.</summary>
internal static class Invariant
{
    /// <summary>Stops the board when a condition does not hold.</summary>
    internal static void That(bool condition)
    {
        if (!condition)
        {
            Fail();
        }
    }

    private static void Fail() => throw new KernelPanicException();
}

/// <summary>The kernel found its own state inconsistent. Nothing catches it but the board.</summary>
internal sealed class KernelPanicException : Exception
{
}
