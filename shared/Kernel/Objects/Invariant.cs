// Assertions of what must hold inside the kernel. A broken one stops the board: going on could save a bad state.
using System;

namespace Tern.Kernel;

/// <summary>Internal consistency checks, always on.</summary>
internal static class Invariant
{
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
public sealed class KernelPanicException : Exception
{
}
