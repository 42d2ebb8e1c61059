// Asking: Call nests and is answered within the dispatch, Send is answered by an event (rule "run to completion").
// Invariants: a call goes to core or up the component tree, so the call chain never meets itself; capabilities are
// selectors on either side and identities in between; whatever a handler received and did not keep is gone when it ends.
using System;

namespace Tern.Kernel;

/// <summary>Nested calls, requests and their answers.</summary>
internal sealed class Ipc
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

    /// <summary>Posts a request; its answer comes as an event to one of the caller's threads.</summary>
    internal Error Send(Task caller, int selector, Message message, int replyLabel, Thread client)
    {
        _kernel.Cross(caller);
        if (message.Out.Overflow)
        {
            return Error.MessageTooLong;
        }

        int id = caller.Capabilities.Lookup(selector, ObjectType.Gate);
        if (id == 0)
        {
            return caller.Capabilities.Reason(selector);
        }

        Thread? server = _kernel.Gates.Thread(_kernel.Objects.Index(id));
        if (server != null && server.Task.Fault != Error.None)
        {
            return Error.Faulted;
        }

        int row = Create(caller);
        if (row == 0)
        {
            return Error.TableFull;
        }

        Claim(row, client, id, replyLabel);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Send, Current.Thread, _kernel.Tracer.SubjectOf(server), message.Out.Opcode, replyLabel);
        }

        if (server == null)
        {
            // What core left in the message is the answer's and names identities: none of that is the program's yet.
            Complete(row, AskCore(caller, _kernel.Objects.Index(id), message), null, message.Out);
            message.In.Clear(0);
            message.Out.Clear(0);
        }
        else
        {
            Store(row, caller, message.Out);
            Queue(row, server);
        }

        return Error.None;
    }

    /// <summary>Posts a request of, or to, a task that is being restored. Capabilities in the content are identities.</summary>
    /// <param name="client">The thread that gets the answer, of the task or of its parent; <c>null</c> when there is none.</param>
    /// <param name="task">The task.</param>
    /// <param name="gateId">Whom it asks; 0 when the gate of a request that is kept has ended.</param>
    /// <param name="replyLabel">What it knows the answer by.</param>
    /// <param name="content">What it asks.</param>
    /// <param name="server">The thread that the request waits for, or whose task keeps it.</param>
    /// <param name="token">The token under which that task keeps the request; 0 when it has not begun with it.</param>
    internal Error Post(Thread? client, Task task, int gateId, int replyLabel, MessageBuffer content, Thread? server, int token)
    {
        if (server == null || client == null || (client.Task != task && server.Task != task))
        {
            return Error.BadArgument;
        }

        int row = Create(client.Task);
        if (row == 0)
        {
            return Error.TableFull;
        }

        Claim(row, client, gateId, replyLabel);
        Store(row, null, content);
        if (token > 0)
        {
            _requests.SetServer(row, server);
            _requests.SetTaken(row, token);
        }
        else
        {
            Queue(row, server);
        }

        return Error.None;
    }

    /// <summary>Posts an answer that a task which is being restored waits for.</summary>
    internal Error PostAnswer(Thread? client, int replyLabel, Error outcome, MessageBuffer content)
    {
        if (client == null)
        {
            return Error.BadArgument;
        }

        int row = Create(client.Task);
        if (row == 0)
        {
            return Error.TableFull;
        }

        Claim(row, client, 0, replyLabel);
        Complete(row, outcome, null, content);
        return Error.None;
    }

    /// <summary>Keeps the request that is being handled; its token answers it later.</summary>
    internal int Defer()
    {
        Activation current = Current;
        if (current.Request == 0)
        {
            return 0;
        }

        current.Deferred = true;
        return _requests.Token[current.Request];
    }

    /// <summary>Answers a deferred request.</summary>
    internal Error Reply(Task server, int token, Error error, Message message)
    {
        _kernel.Cross(server);
        int row = _requests.FindTaken(server, token);
        if (row == 0 || error == Error.Deferred)
        {
            return row == 0 ? Error.NotFound : Error.BadArgument;
        }

        Complete(row, message.Out.Overflow ? Error.MessageTooLong : error, server, message.Out);
        return Error.None;
    }

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

    /// <summary>Ends all requests that a task sent or was to answer.</summary>
    /// <param name="task">The task.</param>
    /// <param name="only">The one of its threads that is meant; <c>null</c> for all.</param>
    internal void Abandon(Task task, Thread? only)
    {
        // First as the server: what it asked itself is then an answer, and ended as such.
        Refuse(task, only, Error.Gone);
        for (int row = 1; row <= _requests.Capacity && task.Requests > 0; row++)
        {
            if (_requests.State(row) != RequestState.Free && IsOf(_requests.Client[row], task, only))
            {
                AbandonByClient(row, _requests.Client[row]!);
            }
        }
    }

    /// <summary>Answers everybody who waits for a task with an error.</summary>
    internal void Refuse(Task task, Thread? only, Error error)
    {
        for (int row = 1; row <= _requests.Capacity && task.Asked > 0; row++)
        {
            RequestState state = _requests.State(row);
            if ((state == RequestState.Queued || state == RequestState.Taken) && IsOf(_requests.Server[row], task, only))
            {
                _kernel.Events.Remove(_requests.Server[row]!, row);
                Complete(row, error, task, null);
            }
        }
    }

    private static bool IsOf(Thread? thread, Task task, Thread? only) => thread != null && thread.Task == task && (only == null || thread == only);

    private void AbandonByClient(int row, Thread client)
    {
        switch (_requests.State(row))
        {
            case RequestState.Queued:
                _kernel.Events.Remove(_requests.Server[row]!, row);
                Free(row);
                break;
            case RequestState.Answered:
                _kernel.Events.Remove(client, row);
                Free(row);
                break;
            default:
                client.Task.Requests--;
                _requests.Client[row] = null;
                break;
        }
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

    private void Signal(Thread thread, int irq)
    {
        int count = _kernel.Irqs.Pending(irq);
        int label = _kernel.Irqs.Label(irq);
        _kernel.Irqs.SetPending(irq, 0);
        Push(thread, 0);
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

    /// <summary>Makes a request an answer and queues it at the client. Core (no server) answers with identities.</summary>
    private void Complete(int row, Error error, Task? server, MessageBuffer? answer)
    {
        Thread? client = _requests.Client[row];
        if (client == null)
        {
            _requests.Destroy(row);
            return;
        }

        if (answer == null)
        {
            _requests.Content(row).Clear(0);
        }
        else
        {
            Store(row, server, answer);
        }

        _requests.Outcome[row] = error;
        _requests.SetAnswered(row);
        _kernel.Events.AddRequest(client, row);
        _kernel.Ready.Add(client);
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Reply, client, server == null ? 0 : _kernel.Tracer.SubjectOf(_kernel.Tracer.Running), (int)error, _requests.ReplyLabel[row]);
        }
    }

    private void Free(int row)
    {
        Thread? client = _requests.Client[row];
        if (client != null)
        {
            client.Task.Requests--;
        }

        _requests.Destroy(row);
    }

    /// <summary>Takes a row of the request table for a task; 0 when it has as many as it may, or the table is full.</summary>
    private int Create(Task client) => client.Requests < _kernel.Profile.MaxRequestsPerTask ? _requests.Create() : 0;

    private void Claim(int row, Thread client, int gateId, int replyLabel)
    {
        client.Task.Requests++;
        _requests.Client[row] = client;
        _requests.ReplyLabel[row] = replyLabel;
        _requests.Gate[row] = gateId;
        _requests.GateBadge[row] = _kernel.Objects.Badge(gateId);
    }

    private void Queue(int row, Thread server)
    {
        _requests.SetServer(row, server);
        _kernel.Events.AddRequest(server, row);
        _kernel.Ready.Add(server);
    }

    /// <summary>Copies a message into a row. Its capabilities become identities with badges, so that a later end of an object is noticed.</summary>
    private void Store(int row, Task? sender, MessageBuffer from)
    {
        MessageBuffer content = _requests.Content(row);
        from.CopyTo(content);
        if (sender != null)
        {
            ToIdentities(sender, content);
        }

        for (int i = 0; i < content.CapabilityCount; i++)
        {
            _requests.CapabilityBadges[(row * Message.MaxCapabilities) + i] = _kernel.Objects.Badge(content.Capabilities[i]);
        }
    }

    private void Load(int row, Message message)
    {
        MessageBuffer content = _requests.Content(row);
        content.CopyTo(message.In);
        message.Out.Clear(0);
        for (int i = 0; i < content.CapabilityCount; i++)
        {
            int badge = _requests.CapabilityBadges[(row * Message.MaxCapabilities) + i];
            if (!_kernel.Objects.IsLive(content.Capabilities[i], badge))
            {
                message.In.Capabilities[i] = 0;
            }
        }
    }

    /// <summary>Turns the sender's selectors into identities; an invalid selector becomes no capability.</summary>
    private static void ToIdentities(Task sender, MessageBuffer buffer)
    {
        for (int i = 0; i < buffer.CapabilityCount; i++)
        {
            buffer.Capabilities[i] = sender.Capabilities.Lookup(buffer.Capabilities[i]);
        }
    }

    /// <summary>
    /// Delegates the identities in a buffer to its receiver. If the receiver cannot take them all, it gets none, and
    /// the reason is returned in place of the outcome.
    /// </summary>
    private static Error Install(Task receiver, MessageBuffer buffer, Activation? activation, Error outcome)
    {
        for (int i = 0; i < buffer.CapabilityCount; i++)
        {
            int id = buffer.Capabilities[i];
            int selector = Selectors.Invalid;
            if (id != 0)
            {
                selector = receiver.Capabilities.Insert(id, out Error error);
                if (selector == Selectors.Invalid)
                {
                    Uninstall(receiver, buffer, activation == null ? i : 0);
                    return error;
                }

                activation?.Received(selector);
            }

            buffer.Capabilities[i] = selector;
        }

        return outcome;
    }

    /// <summary>Takes back the first capabilities of a buffer, and gives the receiver none.</summary>
    private static void Uninstall(Task receiver, MessageBuffer buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            receiver.Capabilities.Remove(buffer.Capabilities[i]);
        }

        buffer.CapabilityCount = 0;
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

        Current.End();
        _depth--;
    }
}
