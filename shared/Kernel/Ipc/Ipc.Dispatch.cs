// Dispatching: one event of a thread, from the entry of its handler to its end.
// Invariant: when a dispatch ends no handler is under way, and what it received and did not keep is given up.
using System;

namespace Tern.Kernel;

internal sealed partial class Ipc
{
    /// <summary>Runs one event of a thread.</summary>
    internal void Dispatch(Thread thread, int what)
    {
        if (what < 0)
        {
            Signal(thread, -what);
        }
        else if (_requests.State(what) == RequestState.Queued)
        {
            Serve(thread, what);
        }
        else
        {
            Answer(thread, what);
        }
    }

    /// <summary>Runs a component's first handler.</summary>
    internal void Start(Thread thread)
    {
        Push(thread, 0);
        Entered(TraceHandler.Start, 0, 0);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Begin(thread, TraceHandler.Start, 0, 0);
        }

        try
        {
            thread.Task.Env.Start();
        }
        catch (Exception fault) when (!(fault is KernelPanicException))
        {
            _kernel.Fail(thread, fault);
        }

        Pop();
    }

    private void Signal(Thread thread, int irq)
    {
        int count = _kernel.Irqs.Pending(irq);
        int label = _kernel.Irqs.Label(irq);
        _kernel.Irqs.SetPending(irq, 0);
        Push(thread, 0);
        Entered(TraceHandler.Signal, label, count);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Begin(thread, TraceHandler.Signal, label, count);
        }

        try
        {
            thread.Task.Program!.OnSignal(thread.Task.Env, label, count);
        }
        catch (Exception fault) when (!(fault is KernelPanicException))
        {
            _kernel.Fail(thread, fault);
        }

        Pop();
    }

    private void Serve(Thread thread, int row)
    {
        Task server = thread.Task;
        if (!_kernel.Objects.IsLive(_requests.Gate[row], _requests.GateBadge[row]))
        {
            Complete(row, Error.InvalidCapability, server, null);
            return;
        }

        _requests.SetTaken(row, server.NextToken++);
        Activation activation = Push(thread, row);
        Load(row, _root);
        Entered(TraceHandler.Request, _kernel.Gates.Label(_kernel.Objects.Index(_requests.Gate[row])), _root.Opcode);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Begin(thread, TraceHandler.Request, _kernel.Gates.Label(_kernel.Objects.Index(_requests.Gate[row])), _root.Opcode);
        }

        Error error = Install(server, _root.In, activation, Error.None);
        if (error == Error.None)
        {
            int label = _kernel.Gates.Label(_kernel.Objects.Index(_requests.Gate[row]));
            error = Handle(server, label, _root);
        }

        // The handler may have deferred and answered at once, or its task may have been ended by its fault.
        bool answered = _requests.State(row) != RequestState.Taken;
        if (!answered && !(activation.Deferred && error == Error.Deferred))
        {
            Complete(row, error == Error.Deferred ? Error.Faulted : error, server, _root.Out);
        }

        Pop();
    }

    private void Answer(Thread thread, int row)
    {
        int label = _requests.ReplyLabel[row];
        Error error = _requests.Outcome[row];
        Load(row, _root);
        Free(row);
        Push(thread, 0);
        Entered(TraceHandler.Answer, label, (int)error);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Begin(thread, TraceHandler.Answer, label, (int)error);
        }

        error = Install(thread.Task, _root.In, null, error);
        try
        {
            thread.Task.Env.Answer(label, error, _root);
        }
        catch (Exception fault) when (!(fault is KernelPanicException))
        {
            _kernel.Fail(thread, fault);
        }

        Pop();
    }
}
