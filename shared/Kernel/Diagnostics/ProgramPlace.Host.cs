// Where a program is: its component, and the handler that runs.
using System;

namespace Tern.Kernel;

/// <summary>A handler under way.</summary>
/// <param name="Component">The component's place in the tree, such as <c>init -> manager</c>.</param>
/// <param name="Program">Its program; <c>null</c> when none is involved.</param>
/// <param name="Handler">See <see cref="TraceHandler"/>; −1 when no handler runs.</param>
/// <param name="Label">The label of the signal, RPC object or answer.</param>
/// <param name="Detail">The signal's count, the request's opcode or the answer's error.</param>
public readonly record struct ProgramPlace(string Component, Type? Program, int Handler, int Label, int Detail)
{
    /// <summary>What <see cref="Handler"/> is outside of handlers.</summary>
    public const int NoHandler = -1;

    /// <summary>Whether the program is one of the system's own, which try things and know what to do when they are refused.</summary>
    public bool IsPinned => typeof(PinnedProgram).IsAssignableFrom(Program);

    internal static ProgramPlace Of(Microkernel kernel, Task task)
    {
        Type? program = task.Program?.GetType();
        if (kernel.Ipc.IsIdle || kernel.Ipc.Current.Task != task)
        {
            return new ProgramPlace(task.Label, program, NoHandler, 0, 0);
        }

        Activation now = kernel.Ipc.Current;
        return new ProgramPlace(task.Label, program, now.Handler, now.Label, now.Detail);
    }
}
