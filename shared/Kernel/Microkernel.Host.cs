// What the emulator sees of a kernel from outside, and what it is told.
using System.Collections.Generic;

namespace Tern.Kernel;

public sealed partial class Microkernel
{
    internal IDiagnostics? Diagnostics => _board.Diagnostics;

    /// <summary>The innermost handler that runs; <c>null</c> while the kernel itself works.</summary>
    public ProgramPlace? Running => Ipc.IsIdle ? null : ProgramPlace.Of(this, Ipc.Current.Task!);

    /// <summary>The board's clock.</summary>
    internal long Now => _clock.Nanoseconds;

    /// <summary>The requests that wait for an answer, in the order of their table.</summary>
    public IReadOnlyList<Wait> Waits()
    {
        var waits = new List<Wait>();
        for (int row = 1; row <= Requests.Capacity; row++)
        {
            Thread? client = Requests.Client[row];
            if (client != null && Requests.State(row) is (RequestState.Queued or RequestState.Taken))
            {
                waits.Add(WaitOf(row, client));
            }
        }

        return waits;
    }

    private Wait WaitOf(int row, Thread client)
    {
        Thread? server = Requests.Server[row];
        MessageBuffer content = Requests.Content(row);
        bool toParent = server != null && server.Task == client.Task.Parent;
        return new Wait(
            client.Task.Label,
            client.Task.Program is PinnedProgram,
            server == null ? "" : server.Task.Label,
            Requests.State(row) == RequestState.Taken,
            client.PauseCount > 0 || server?.PauseCount > 0,
            content.Opcode,
            toParent && content.Opcode == ParentOperation.Session ? content.ServiceName() : "",
            Requests.ReplyLabel[row],
            Ipc.SentAt(row));
    }

    partial void HandlerFailed(Thread thread, System.Exception exception)
    {
        var fault = exception as ProgramFault;
        Diagnostics?.Failed(new HandlerFailure(
            ProgramPlace.Of(this, thread.Task),
            exception,
            fault == null ? Error.Faulted : fault.Error,
            fault == null ? 0 : fault.Address,
            fault == null ? Rights.None : fault.Access,
            Ipc.IsIdle ? 0 : Ipc.Current.Nanoseconds));
    }
}
