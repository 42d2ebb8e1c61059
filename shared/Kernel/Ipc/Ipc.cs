// Asking: Call nests and is answered within the dispatch, Send is answered by an event (rule "run to completion").
// Invariants: a call goes to core or up the component tree, so the call chain never meets itself; capabilities are
// selectors on either side and identities in between; whatever a handler received and did not keep is gone when it ends.
using System;

namespace Tern.Kernel;

/// <summary>Nested calls, requests and their answers.</summary>
internal sealed partial class Ipc
{
    private readonly Microkernel _kernel;
    private readonly RequestTable _requests;
    private readonly Activation[] _chain;
    private readonly Message _root = new Message();
    private int _depth = -1;

    internal Ipc(Microkernel kernel, RequestTable requests)
    {
        _kernel = kernel;
        _requests = requests;
        _chain = new Activation[kernel.Profile.MaxCallDepth];
        for (int i = 0; i < _chain.Length; i++)
        {
            _chain[i] = new Activation();
        }
    }

    /// <summary>The handler that runs now.</summary>
    internal Activation Current => _chain[_depth];

    internal bool IsIdle => _depth < 0;

    /// <summary>Whether a task's handler is somewhere on the call chain.</summary>
    internal bool IsActive(Task task)
    {
        for (int i = 0; i <= _depth; i++)
        {
            if (_chain[i].Task == task)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a thread's handler is somewhere on the call chain.</summary>
    internal bool IsActive(Thread thread)
    {
        for (int i = 0; i <= _depth; i++)
        {
            if (_chain[i].Thread == thread)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a handler of a task or of one below it is somewhere on the call chain.</summary>
    internal bool IsActiveBelow(Task task)
    {
        for (int i = 0; i <= _depth; i++)
        {
            Task active = _chain[i].Task!;
            if (active == task || task.IsAncestorOf(active))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks core or an ancestor, and returns with the answer in the same message.</summary>
    internal Error Call(Task caller, int selector, Message message)
    {
        _kernel.Cross(caller);
        if (message.Out.Overflow || (message != Current.Outgoing && message != Current.Internal))
        {
            return message.Out.Overflow ? Error.MessageTooLong : Error.BadArgument;
        }

        int id = caller.Capabilities.Lookup(selector, ObjectType.Gate);
        if (id == 0)
        {
            return caller.Capabilities.Reason(selector);
        }

        int gate = _kernel.Objects.Index(id);
        Thread? thread = _kernel.Gates.Thread(gate);
        if (_kernel.Tracer.IsOn)
        {
            return CallTraced(caller, selector, gate, message);
        }

        return thread == null
            ? CallCore(caller, gate, message)
            : CallAncestor(caller, thread, _kernel.Gates.Label(gate), message);
    }

    private Error CallTraced(Task caller, int selector, int gate, Message message)
    {
        Thread? thread = _kernel.Gates.Thread(gate);
        int server = _kernel.Tracer.SubjectOf(thread);
        _kernel.Tracer.Add(TraceKind.Call, Current.Thread, server, message.Out.Opcode, selector);
        Error error = thread == null
            ? CallCore(caller, gate, message)
            : CallAncestor(caller, thread, _kernel.Gates.Label(gate), message);
        _kernel.Tracer.Add(TraceKind.Return, Current.Thread, server, (int)error, 0);
        return error;
    }

    /// <summary>Calls the gate of a page-fault handler on behalf of whoever faulted.</summary>
    internal Error CallFaultHandler(int gateId, int address, Rights access)
    {
        int gate = _kernel.Objects.Index(gateId);
        Thread? thread = _kernel.Gates.Thread(gate);
        if (thread == null || thread.PauseCount > 0 || IsActive(thread.Task))
        {
            return Error.NotPermitted;
        }

        Message message = Current.Internal;
        message.Out.Clear(FaultOperation.Resolve);
        message.Add(address).Add((int)access);
        return Enter(Current.Task!, thread, _kernel.Gates.Label(gate), message);
    }

    private Error CallCore(Task caller, int gate, Message message)
    {
        Error error = AskCore(caller, gate, message);
        message.Exchange();
        return Install(caller, message.In, null, error);
    }

    /// <summary>Lets core answer. Core owns all objects, so in its messages capabilities are identities.</summary>
    private Error AskCore(Task caller, int gate, Message message)
    {
        ToIdentities(caller, message.Out);
        message.Exchange();
        message.Out.Clear(0);
        return _kernel.Core.Request(caller, _kernel.Gates.Label(gate), message);
    }

    private Error CallAncestor(Task caller, Thread thread, int label, Message message)
    {
        // A fault handler's calls may lead back to whoever faulted: handlers run to completion, so that has to wait.
        bool mayEnter = thread.Task.IsAncestorOf(caller) && thread.PauseCount == 0 && !IsActive(thread.Task);
        return mayEnter ? Enter(caller, thread, label, message) : Error.MustSend;
    }

    private Error Enter(Task caller, Thread thread, int label, Message message)
    {
        Task server = thread.Task;
        if (!thread.Running || _depth + 1 == _chain.Length)
        {
            return thread.Running ? Error.TooDeep : Error.Faulted;
        }

        ToIdentities(caller, message.Out);
        message.Exchange();
        message.Out.Clear(0);
        Activation activation = Push(thread, 0);
        Entered(TraceHandler.Call, label, message.Opcode);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Begin(thread, TraceHandler.Call, label, message.Opcode);
        }

        Error error = Install(server, message.In, activation, Error.None);
        if (error == Error.None)
        {
            error = Handle(server, label, message);
            error = error == Error.Deferred ? Error.MustSend : error;
            ToIdentities(server, message.Out);
        }

        Pop();
        message.Exchange();
        return Install(caller, message.In, null, error);
    }

    private Error Handle(Task server, int label, Message message)
    {
        try
        {
            Error error = server.Env.Request(label, message);
            if (message.Out.Overflow)
            {
                message.Out.Clear(0);
                return Error.MessageTooLong;
            }

            return error;
        }
        catch (Exception fault) when (!(fault is KernelPanicException))
        {
            _kernel.Fail(Current.Thread!, fault);
            message.Out.Clear(0);
            return Error.Faulted;
        }
    }

    private Activation Push(Thread thread, int request)
    {
        Invariant.That(_depth + 1 < _chain.Length);
        if (_depth >= 0)
        {
            _kernel.Account(Current);
        }

        _depth++;
        thread.Task.Entries++;
        Current.Begin(thread, request);
        return Current;
    }

    private void Pop()
    {
        _kernel.Account(Current);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.End, Current.Thread, _depth, (int)Current.Nanoseconds, 0);
        }

        Leaving();
        Current.End();
        _depth--;
    }

    // What the emulator notes, so that it can say where a program was.
    partial void Entered(int handler, int label, int detail);

    partial void Leaving();
}
